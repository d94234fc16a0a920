#include "tests/agent/plan/plan_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "agent/plan/plan_words.h"

namespace lifecycle::plan {

std::optional<std::string> FixedSecrets::provider_of(std::string_view name) const {
  if (name.starts_with("MISSING")) return std::nullopt;
  return "environment";
}

std::size_t FixedSecrets::size_of(std::string_view name) const {
  const auto found = sizes.find(name);
  return found == sizes.end() ? 8 : found->second;
}

std::string FixedSecrets::trouble_with(std::string_view name) const {
  const auto found = troubles.find(name);
  return found == troubles.end() ? std::string{} : found->second;
}

event::Event push_to_main() {
  event::Event event;
  event.ci = "github-actions";
  event.origin = "github";
  event.host = "github.com";
  event.repo = "acme/app";
  event.names = {"push"};
  event.kind = "push";
  event.ref = "refs/heads/main";
  event.branch = "main";
  event.commit = "1111111111111111111111111111111111111111";
  event.actor = "alice";
  return event;
}

event::Event opened_change(std::optional<bool> fork) {
  event::Event event = push_to_main();
  event.names = {"pull_request.opened"};
  event.kind = "pull_request";
  event.action = "opened";
  event.ref = "refs/pull/7/merge";
  event.branch = "feature";
  event.base = "main";
  event.head = "feature";
  event.change.emplace();
  event.change->number = 7;
  event.change->title = "Add a thing";
  event.change->fork = fork;
  return event;
}

Setting::Setting() : event(push_to_main()) {
  options.workspace = "/src/app";
  host = Environment({{"PATH", "/usr/bin"}, {"HOME", "/root"}});
}

Setting& Setting::ops(std::string_view text) {
  files.emplace_back("ops.yml", text);
  return *this;
}

Plan Setting::make() const {
  std::vector<ops::OpsFile> read;
  for (const auto& [path, text] : files) {
    ops::OpsReading reading = ops::read_ops(text, path);
    if (!reading.file) {
      ADD_FAILURE() << path << ": " << reading.diagnostics.front().message;
      continue;
    }
    read.push_back(*std::move(reading.file));
  }
  return make_plan(event, read, host, options, secrets, packages);
}

const EnvEntry* find_variable(const PlannedJob& job, std::string_view name) {
  const auto found = std::ranges::find(job.env, name, &EnvEntry::name);
  return found == job.env.end() ? nullptr : &*found;
}

std::string shown(const PlannedJob& job, std::string_view name) {
  const EnvEntry* entry = find_variable(job, name);
  if (entry == nullptr) return "unset";
  const std::string source(print_source(entry->source));
  if (entry->kind == EnvValue::literal) return source + "=" + entry->value;
  return source + ":" + std::string(print_value_kind(entry->kind));
}

std::string codes(const Plan& plan) {
  std::string text;
  for (const Diagnostic& problem : plan.problems) text += (text.empty() ? "" : " ") + std::string(problem.code);
  return text;
}

}  // namespace lifecycle::plan
