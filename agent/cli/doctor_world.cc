#include "agent/cli/doctor_world.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/ci/event_facts.h"
#include "agent/base/nearest_name.h"
#include "agent/cli/engine_probe.h"
#include "agent/cli/gather.h"
#include "agent/cli/installed_packages.h"
#include "agent/cli/ops_files.h"
#include "agent/cli/reporting_settings.h"
#include "agent/git/checkout.h"
#include "agent/http/url.h"
#include "agent/os/child_process.h"
#include "executors/process/cgroup.h"

namespace lifecycle::cli {
namespace {

using doctor::Answer;

std::string text_of(const char* path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// As a run does it: makes a group below our own and takes it away again.
bool may_make_control_groups() {
  const auto parent = process::cgroup_directory(text_of("/proc/self/mountinfo"), text_of("/proc/self/cgroup"));
  return parent && process::Cgroup::make(*parent, process::cgroup_name(::getpid(), 0)).has_value();
}

/// The rest of LIFECYCLE_* that has a meaning: facts and what a run tells its jobs.
bool is_known_variable(std::string_view name) {
  constexpr std::array<std::string_view, 9> of_runs{
      "LIFECYCLE_WORKFLOW",  "LIFECYCLE_JOB",          "LIFECYCLE_RUN_ID",      "LIFECYCLE_AGENT_RUN",
      "LIFECYCLE_EVENT_URL", "LIFECYCLE_EVENT_AUTHOR", "LIFECYCLE_EVENT_STATE", "LIFECYCLE_EVENT_RELEASE_TAG",
      "LIFECYCLE_CORPUS"};
  const auto is_flag = [&](const Flag& flag) { return flag.variable == name; };
  const auto is_fact = [&](const ci::FactRow& row) { return row.variable == name; };
  return std::ranges::any_of(flags(), is_flag) || std::ranges::any_of(ci::fact_rows(), is_fact) ||
         std::ranges::find(of_runs, name) != of_runs.end();
}

std::vector<doctor::StrayVariable> stray_variables(const Environment& environment) {
  std::vector<std::string_view> known;
  for (const Flag& flag : flags()) {
    if (!flag.variable.empty()) known.push_back(flag.variable);
  }
  for (const ci::FactRow& row : ci::fact_rows()) known.push_back(row.variable);
  std::vector<doctor::StrayVariable> strays;
  for (const auto& [name, value] : environment.all()) {
    if (!name.starts_with("LIFECYCLE_") || is_known_variable(name)) continue;
    const auto nearest = nearest_name(name, known);
    strays.push_back({.name = name, .nearest = nearest ? std::string(*nearest) : std::string{}});
  }
  return strays;
}

doctor::Checkout look_at_checkout(const Call& call, const std::string& directory) {
  doctor::Checkout checkout{.asked = true};
  const auto shallow = git::is_shallow(directory, call.environment);
  checkout.shallow = shallow.value_or(false);
  checkout.found = shallow.has_value();
  if (shallow) return checkout;
  const git::CheckoutFacts facts = git::read_checkout(directory, call.environment);
  checkout.found = facts.found;
  checkout.warnings = facts.warnings;
  return checkout;
}

std::string full_name(const ops::OpsFile& file, const auto& workflow) {
  return file.path + "#" + std::string(ops::print_kind(workflow.kind)) + "/" + workflow.name +
         (workflow.version.empty() ? "" : ":" + workflow.version);
}

void make_plans(const Call& call, const std::string& workspace, doctor::World& world) {
  const auto paths = ops_paths(call.settings.list("file"), workspace);
  if (!paths) {
    world.ops_errors = {paths.error()};
    return;
  }
  auto loaded = load_ops(*paths);
  if (!loaded) {
    world.ops_errors = std::move(loaded).error();
    return;
  }
  world.ops_found = true;
  world.ops_warnings = std::move(loaded->warnings);
  const auto secrets = open_secrets(call);
  if (!secrets) {
    world.ops_errors = {secrets.error()};
    return;
  }
  const InstalledPackages packages(call.environment);
  const event::Event& event = world.detected->event;
  world.by_event =
      plan::make_plan(event, loaded->files, call.environment, plan_options(call, workspace, {}), *secrets, packages);
  std::vector<std::string> names;
  for (const ops::OpsFile& file : loaded->files) {
    for (const auto& workflow : file.workflows) names.push_back(full_name(file, workflow));
  }
  if (names.empty()) return;
  plan::PlanOptions options = plan_options(call, workspace, names);
  options.arguments.clear();
  world.by_name = plan::make_plan(event, loaded->files, call.environment, options, *secrets, packages);
}

/// A HEAD with the token, as an event would be sent; whatever answers is there.
Answer ask_upstream(report::ReportSettings settings) {
  settings.transport.connect_limit = http::milliseconds(3000);
  settings.transport.total_limit = http::milliseconds(5000);
  http::HttpRequest request{.method = "HEAD", .url = settings.events_url};
  if (!settings.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + settings.token);
  const auto url = http::parse_http_url(settings.events_url);
  Answer answer{.where = url ? http::display_url(*url) : std::string("the endpoint")};
  http::HttpClient client(settings.transport);
  const auto response = client.send(request);
  if (!response) {
    answer.kind = Answer::Kind::unreachable;
    answer.detail = response.error().message;
    answer.hint = response.error().hint;
    return answer;
  }
  const bool refused = !settings.token.empty() && (response->status == 401 || response->status == 403);
  answer.kind = refused ? Answer::Kind::refused : Answer::Kind::reached;
  answer.detail = "status " + std::to_string(response->status);
  return answer;
}

void look_at_upstream(const Call& call, doctor::World& world) {
  report::ReportSettings settings = report_settings(call);
  world.token_place = settings.token.empty() ? std::string{} : settings.token_place;
  world.events_url = settings.events_url;
  world.team_given = call.settings.is_given("team-id");
  world.strict = call.settings.is_on("strict-insights");
  if (!report::is_configured(settings)) return;
  auto checked = report::checked_settings(std::move(settings));
  if (!checked) {
    world.token_problem = checked.error().message;
    return;
  }
  world.upstream = ask_upstream(*std::move(checked));
}

}  // namespace

doctor::World look_around(const Call& call) {
  doctor::World world;
  auto detected = gather_event(call, NoCause::claim_push);
  std::string workspace = workspace_of({});
  if (detected) {
    world.detected = *std::move(detected);
    workspace = workspace_of(world.detected->event.run.workspace);
    make_plans(call, workspace, world);
  } else {
    world.event_error = detected.error();
  }
  for (const std::string_view program : {"bash", "git"}) {
    if (os::find_program(program, call.environment).empty()) world.missing_programs.emplace_back(program);
  }
  world.checkout = look_at_checkout(call, workspace);
  world.has_control_groups = may_make_control_groups();
  world.engine = ask_engine(call.environment);
  look_at_upstream(call, world);
  world.strays = stray_variables(call.environment);
  return world;
}

}  // namespace lifecycle::cli
