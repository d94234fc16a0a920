#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "adapters/ci/ci_table.h"
#include "adapters/ci/fact_names.h"
#include "agent/base/visible_text.h"
#include "agent/cli/commands.h"
#include "agent/cli/json_text.h"
#include "agent/cli/native_output.h"

namespace lifecycle::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string line(std::string_view label, std::string_view text) {
  if (text.empty()) return {};
  std::string result = "  " + std::string(label);
  result.append(12 - result.size(), ' ');
  return result + std::string(text) + "\n";
}

/// Of a change; `generic` tells what it is told.
std::string actions_text(const ci::CiRow& row) {
  if (row.facts == ci::FactSet{}) return {};
  std::string text(row.actions);
  if (!row.actions_note.empty()) text += (text.empty() ? "" : " ") + std::string(row.actions_note);
  return text.empty() ? "none of a change" : text;
}

std::string list_text() {
  std::string text;
  for (const ci::CiRow* row : ci::ci_rows()) {
    text += (text.empty() ? "" : "\n") + std::string(row->name) + " (" + std::string(row->title) + ")\n";
    text += line("sign", row->sign) + line("tells", ci::names_of(row->facts, row->facts));
    text += line("actions", actions_text(*row));
    text += line("output", native_form_names(row->name));
    text += line("grace", std::to_string(row->grace.count()) + " s from its first signal to the kill");
  }
  return text;
}

Json words_json(std::string_view words) {
  Json list = Json::array();
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    list.push_back(words.substr(0, end));
    words.remove_prefix(std::min(words.size(), end + 1));
  }
  return list;
}

Json list_json() {
  Json document;
  document["schema"] = "lifecycle-agent/ci-list/1";
  document["cis"] = Json::array();
  for (const ci::CiRow* row : ci::ci_rows()) {
    Json entry;
    entry["name"] = row->name;
    entry["title"] = row->title;
    entry["sign"] = row->sign;
    entry["facts"] = Json::array();
    for (const ci::FactName& fact : ci::fact_names()) {
      if (row->facts.has(fact.fact)) entry["facts"].push_back(fact.name);
    }
    entry["actions"] = words_json(row->actions);
    entry["actions_note"] = row->actions_note.empty() ? Json() : Json(row->actions_note);
    entry["native_output"] = Json::object();
    for (const NativeForm& form : native_forms(row->name)) entry["native_output"][std::string(form.what)] = form.form;
    entry["grace_s"] = row->grace.count();
    document["cis"].push_back(std::move(entry));
  }
  return document;
}

std::string recognised_text(const ci::Recognised& recognised) {
  std::string text = std::string(recognised.row->name) + " (" + std::string(recognised.row->title) + ")\n";
  text += "by " + visible(recognised.sign) + "\n";
  for (const std::string& other : recognised.others) text += "the variables of " + other + " are there too\n";
  return text;
}

Json recognised_json(const ci::Recognised& recognised) {
  Json document;
  document["schema"] = "lifecycle-agent/ci/1";
  document["ci"] = recognised.row->name;
  document["title"] = recognised.row->title;
  document["sign"] = recognised.sign;
  document["others"] = recognised.others;
  document["in_ci"] = recognised.in_ci;
  document["grace_s"] = recognised.row->grace.count();
  return document;
}

}  // namespace

ExitCode ci_command(const Call& call) {
  const bool json = call.settings.is_on("json");
  if (call.settings.is_on("list")) {
    call.output.print(json ? json_text(list_json()) : list_text());
    return ExitCode::success;
  }
  const auto recognised = ci::recognise(call.environment, call.settings.text("ci"));
  if (!recognised) return call.fail_with(recognised.error());
  if (json) {
    call.output.print(json_text(recognised_json(*recognised)));
  } else {
    call.output.print_words(recognised_text(*recognised));
  }
  return ExitCode::success;
}

}  // namespace lifecycle::cli
