#include <algorithm>

#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/ci/forge_page.h"
#include "adapters/forge/github_payload.h"

namespace lifecycle::ci {
namespace {

using event::Event;

struct DroneAction {
  std::string_view word;
  std::string_view name;
};

/// drone/drone, service/hook/parser: only open and sync start a build. Gitness (Harness Open Source) sets the same
/// variables with actions of its own (harness/gitness, types/enum/trigger_actions.go).
constexpr DroneAction drone_actions[] = {
    {"open", "pull_request.opened"},
    {"sync", "pull_request.synchronize"},
    {"pullreq_created", "pull_request.opened"},
    {"pullreq_branch_updated", "pull_request.synchronize"},
    {"pullreq_reopened", "pull_request.reopened"},
    {"pullreq_merged", "pull_request.merged"},
    {"pullreq_closed", "pull_request.closed"},
};

/// No variable names the forge. What its host or its addresses say for sure comes first, then forms that only one forge
/// has, and a guess from the host's name last.
void drone_add_forge(Event& event, const Environment& e) {
  const std::string link = first_text(e, {"DRONE_REPO_LINK", "DRONE_GIT_HTTP_URL", "DRONE_REMOTE_URL"});
  for (const std::string_view name : {"DRONE_REPO_LINK", "DRONE_GIT_HTTP_URL", "DRONE_REMOTE_URL"}) {
    const RemoteFacts remote = parse_remote(e.get(name));
    if (event.host.empty()) event.host = remote.host;
    if (event.origin.empty() && remote.certainty == RemoteFacts::Origin::certain) event.origin = remote.origin;
  }
  if (event.origin.empty()) event.origin = origin_of_change_ref(e.get("DRONE_COMMIT_REF"));
  if (event.origin.empty() && e.get("DRONE_COMMIT_LINK").find("/-/") != std::string_view::npos) event.origin = "gitlab";
  add_remote(event, link);
}

void drone_name(Event& event, const Environment& e) {
  const std::string_view kind = e.get("DRONE_BUILD_EVENT");
  if (kind == "push" || kind == "tag") name_push(event);
  if (kind == "cron") name_event(event, "schedule");
  if (kind == "custom" || kind == "manual") name_event(event, "workflow_dispatch");  // Gitness says manual
  if (kind == "pull_request") {
    name_change(event, number_in(e.get("DRONE_PULL_REQUEST")));
    const std::string_view word = e.get("DRONE_BUILD_ACTION");
    const auto* const action = std::ranges::find(drone_actions, word, &DroneAction::word);
    if (action != std::ranges::end(drone_actions)) set_change_action(event, action->name, word);
  }
}

/// A person promotes or rolls back a build; a webhook of a GitHub deployment comes as `promote` too, with its id. The
/// end of the run tells whether it succeeded (Drone docs, "Promotions").
void drone_name_deployment(Event& event, const Environment& e) {
  const std::string_view kind = e.get("DRONE_BUILD_EVENT");
  if (kind != "promote" && kind != "rollback") return;
  const bool by_webhook = e.get("DRONE_BUILD_TRIGGER") == "@hook";
  const std::string_view id = e.get("DRONE_DEPLOY_ID");
  const bool has_id = by_webhook && number_in(id).value_or(0) > 0;
  name_deployment(event, e.get("DRONE_DEPLOY_TO"), has_id ? std::string_view("created") : kind,
                  has_id ? id : std::string_view{});
  // The ref of a promoted pull request is no name of what is deployed.
  if (event.branch.empty() && event.tag.empty()) event.deployment->ref = text(e, "DRONE_SOURCE_BRANCH");
}

/// The target of a pull request is in three variables, which on a tag hold the branch that it was made from or nothing.
void drone_add_change(Event& event, const Environment& e) {
  event.ref = text(e, "DRONE_COMMIT_REF");
  event.base = first_text(e, {"DRONE_TARGET_BRANCH", "DRONE_COMMIT_BRANCH", "DRONE_BRANCH"});
  event.head = event.branch = text(e, "DRONE_SOURCE_BRANCH");
  event.change->title = text(e, "DRONE_PULL_REQUEST_TITLE");
  if (!event.change->number) event.change->number = number_of_change_ref(event.ref);
  const std::string page = text(e, "DRONE_COMMIT_LINK");
  if (number_of_change_page(page)) event.change->url = page;
}

void drone_add_ref(Event& event, const Environment& e) {
  const std::string ref = text(e, "DRONE_COMMIT_REF");
  const std::string tag = text(e, "DRONE_TAG");
  const std::string branch = first_text(e, {"DRONE_COMMIT_BRANCH", "DRONE_BRANCH"});
  if (ref.starts_with("refs/")) {
    forge::set_ref(event, ref);
  } else if (!tag.empty()) {
    forge::set_ref(event, "refs/tags/" + tag);
  } else if (!branch.empty() && e.get("DRONE_BUILD_EVENT") != "tag") {
    forge::set_ref(event, "refs/heads/" + branch);
  }
  // On a pull request it is the base's tip, on a custom build the commit itself, on a promotion it is copied.
  if (event.name() == "push") event.before = sha_in(e.get("DRONE_COMMIT_BEFORE"));
}

/// Who started the build by hand; else the author of the commit or pull request.
std::string drone_actor(const Environment& e) {
  const std::string_view trigger = e.get("DRONE_BUILD_TRIGGER");
  const bool person = !trigger.empty() && !trigger.starts_with('@') && !number_in(trigger);
  return person ? std::string(trigger) : text(e, "DRONE_COMMIT_AUTHOR");
}

/// Of several pipelines of one build each has its steps.
std::string drone_job(const Environment& e) {
  const std::string stage = text(e, "DRONE_STAGE_NAME");
  const std::string step = text(e, "DRONE_STEP_NAME");
  return stage.empty() || step.empty() ? stage + step : stage + "/" + step;
}

/// drone/runner-go, environ/environ.go; Drone docs, "Environment Reference".
Result<Event> read_drone(const CiInput& input) {
  const Environment& e = input.environment;
  Event event;
  set_repo(event, e.get("DRONE_REPO"), "DRONE_REPO");
  drone_add_forge(event, e);
  drone_name(event, e);
  if (event.change) {
    drone_add_change(event, e);
  } else {
    drone_add_ref(event, e);
  }
  drone_name_deployment(event, e);
  event.commit = sha_in(first_text(e, {"DRONE_COMMIT_SHA", "DRONE_COMMIT"}));
  event.actor = drone_actor(e);
  event.run.id = text(e, "DRONE_BUILD_NUMBER");
  event.run.job = drone_job(e);
  event.run.url = text(e, "DRONE_BUILD_LINK");
  event.run.workspace = text(e, "DRONE_WORKSPACE");
  return event;
}

bool is_drone(const Environment& e) { return is_marked(e, "DRONE") && has(e, "DRONE_BUILD_NUMBER"); }

}  // namespace

extern constinit const CiRow drone_row{
    .name = "drone",
    .title = "Drone",
    .sign = "DRONE, with DRONE_BUILD_NUMBER",
    .is_here = is_drone,
    .read = read_drone,
    .grace = std::chrono::seconds(10),
    .family = "drone",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit,
              Fact::before, Fact::actor, Fact::number, Fact::title, Fact::environment, Fact::run_id, Fact::run_url},
    .actions = "opened synchronize",
    .full_history = "no `depth` under `clone:` in .drone.yml",
    .marker = "DRONE",
};

}  // namespace lifecycle::ci
