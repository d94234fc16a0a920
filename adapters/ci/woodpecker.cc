#include <algorithm>
#include <span>

#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/ci/forge_page.h"
#include "adapters/forge/github_payload.h"
#include "agent/base/ascii.h"

namespace lifecycle::ci {
namespace {

using event::Event;

struct WoodpeckerWord {
  std::string_view word;
  std::string_view meaning;
};

/// woodpecker-ci/woodpecker, server/forge; forges that are added on have names of their own.
constexpr WoodpeckerWord woodpecker_forges[] = {
    {"github", "github"},   {"gitlab", "gitlab"},       {"gitea", "gitea"},
    {"forgejo", "forgejo"}, {"bitbucket", "bitbucket"}, {"bitbucket_dc", "bitbucket"},
};

/// Reasons of a pull_request_metadata (docs, "Environment variables"). label_updated stands for labeled and unlabeled,
/// label_cleared for several of the latter: neither says what happened.
constexpr WoodpeckerWord woodpecker_reasons[] = {
    {"edited", "pull_request.edited"},
    {"title_edited", "pull_request.edited"},
    {"description_edited", "pull_request.edited"},
    {"assigned", "pull_request.assigned"},
    {"unassigned", "pull_request.unassigned"},
    {"milestoned", "pull_request.milestoned"},
    {"demilestoned", "pull_request.demilestoned"},
    {"review_requested", "pull_request.review_requested"},
    {"label_added", "pull_request.labeled"},
};

std::string_view woodpecker_meaning(std::span<const WoodpeckerWord> words, std::string_view word) {
  const auto found = std::ranges::find(words, word, &WoodpeckerWord::word);
  return found == words.end() ? std::string_view{} : found->meaning;
}

/// Before version 1.0 a pipeline was a build.
std::string woodpecker_text(const Environment& e, std::string_view name) {
  const std::string now = text(e, "CI_PIPELINE_" + std::string(name));
  return now.empty() ? text(e, "CI_BUILD_" + std::string(name)) : now;
}

void woodpecker_add_forge(Event& event, const Environment& e) {
  set_repo(event, e.get("CI_REPO"), "CI_REPO");
  event.origin = woodpecker_meaning(woodpecker_forges, lower_case(e.get("CI_FORGE_TYPE")));
  event.host = forge::host_of(e.get("CI_FORGE_URL"));
  for (const std::string_view name : {"CI_REPO_URL", "CI_REPO_LINK", "CI_REPO_CLONE_URL"}) {
    if (event.origin.empty() || event.host.empty()) add_page(event, e.get(name));
  }
}

/// The number in CI_COMMIT_PULL_REQUEST is the first one in the ref, whatever that is: of a merged pull request of
/// Bitbucket Cloud it is a branch (release-2).
std::optional<std::int64_t> woodpecker_number(const Environment& e) {
  const std::string_view ref = e.get("CI_COMMIT_REF");
  if (const auto number = number_of_change_ref(ref)) return number;
  const auto number = number_of_change_page(e.get("CI_PIPELINE_FORGE_URL"));
  if (number || ref.starts_with("refs/heads/")) return number;
  return number_in(e.get("CI_COMMIT_PULL_REQUEST"));
}

/// Bitbucket Cloud alone tells merged from declined, by the ref that the pipeline runs on (server/forge/bitbucket/
/// convert.go): the target's branch, with the merge commit, or still the pull request's.
void woodpecker_name_closed(Event& event, const Environment& e) {
  const std::string_view ref = e.get("CI_COMMIT_REF");
  const bool tells = lower_case(e.get("CI_FORGE_TYPE")) == "bitbucket";
  event.action = "closed";
  if (tells && ref.starts_with("refs/heads/")) set_change_action(event, "pull_request.merged", "closed");
  if (tells && number_of_change_ref(ref)) set_change_action(event, "pull_request.closed", "closed");
}

/// Several things at once are one pipeline: all of them are names, the first is the primary one.
void woodpecker_name_metadata(Event& event, const Environment& e) {
  std::vector<std::string> names;
  for (const std::string& reason : list_in(e.get("CI_PIPELINE_EVENT_REASON"))) {
    const std::string name(woodpecker_meaning(woodpecker_reasons, reason));
    if (name.empty() || std::ranges::find(names, name) != names.end()) continue;
    if (names.empty()) set_change_action(event, name, reason);
    names.push_back(name);
  }
  if (!names.empty()) event.names = names;
}

/// CI_COMMIT_BRANCH is the target on GitHub, Gitea and Forgejo and the source on GitLab and Bitbucket, so it is not
/// read here. CI_COMMIT_MESSAGE is the title, but for GitLab, where it is the last commit's.
void woodpecker_add_change(Event& event, const Environment& e) {
  const std::string ref = text(e, "CI_COMMIT_REF");
  if (!ref.starts_with("refs/heads/")) event.ref = ref;
  event.base = text(e, "CI_COMMIT_TARGET_BRANCH");
  event.head = event.branch = text(e, "CI_COMMIT_SOURCE_BRANCH");
  if (event.origin != "gitlab") event.change->title = text(e, "CI_COMMIT_MESSAGE");
  const std::string page = text(e, "CI_PIPELINE_FORGE_URL");
  if (number_of_change_page(page)) event.change->url = page;
  event.change->labels = list_in(e.get("CI_COMMIT_PULL_REQUEST_LABELS"));
}

void woodpecker_add_ref(Event& event, const Environment& e) {
  const std::string ref = text(e, "CI_COMMIT_REF");
  const std::string tag = text(e, "CI_COMMIT_TAG");
  const std::string branch = text(e, "CI_COMMIT_BRANCH");
  if (!tag.empty()) {
    forge::set_ref(event, "refs/tags/" + tag);
  } else if (ref.starts_with("refs/")) {
    forge::set_ref(event, ref);
  } else if (!branch.empty()) {
    forge::set_ref(event, "refs/heads/" + short_ref(branch));
  }
}

/// GitHub's webhooks start a pipeline for the action `released` only (server/forge/github/parse.go).
void woodpecker_name_release(Event& event, const Environment& e) {
  name_event(event, event.origin == "github" ? "release.released" : "release");
  const std::string prerelease = first_text(e, {"CI_PIPELINE_RELEASE_PRE", "CI_COMMIT_PRERELEASE"});
  event.release = event::Release{.tag = event.tag, .prerelease = prerelease == "true"};
}

/// GitHub's webhook of a deployment, or a pipeline that somebody runs again with a target. The former's page ends in
/// the deployment's id.
void woodpecker_name_deployment(Event& event, const Environment& e) {
  constexpr std::string_view before_id = "/deployments/";
  const std::string_view page = e.get("CI_PIPELINE_FORGE_URL");
  const auto at = page.rfind(before_id);
  const std::string_view id = at == std::string_view::npos ? std::string_view{} : page.substr(at + before_id.size());
  name_deployment(event, woodpecker_text(e, "DEPLOY_TARGET"), "created", number_in(id) ? id : std::string_view{});
}

void woodpecker_read_change(Event& event, const Environment& e, std::string_view kind) {
  name_change(event, woodpecker_number(e));
  if (kind == "pull_request_closed") woodpecker_name_closed(event, e);
  if (kind == "pull_request_metadata") woodpecker_name_metadata(event, e);
  woodpecker_add_change(event, e);
}

void woodpecker_read_event(Event& event, const Environment& e) {
  const std::string kind = woodpecker_text(e, "EVENT");
  if (kind.starts_with("pull_request")) return woodpecker_read_change(event, e, kind);
  woodpecker_add_ref(event, e);
  if (kind == "push" || kind == "tag") name_push(event);
  if (kind == "cron") name_event(event, "schedule");
  if (kind == "manual") name_event(event, "workflow_dispatch");
  if (kind == "release") woodpecker_name_release(event, e);
  if (kind == "deployment") woodpecker_name_deployment(event, e);
}

/// The run of this step: steps of several workflows may have one name, and a restart counts up.
event::Run woodpecker_run(const Environment& e) {
  const std::string workflow = text(e, "CI_WORKFLOW_NAME");
  const std::string step = text(e, "CI_STEP_NAME");
  event::Run run;
  run.id = woodpecker_text(e, "NUMBER");
  if (const auto reruns = number_in(e.get("CI_PIPELINE_RERUNS"))) run.attempt = std::to_string(*reruns + 1);
  run.job = workflow.empty() || step.empty() ? workflow + step : workflow + "/" + step;
  run.url = first_text(e, {"CI_PIPELINE_URL", "CI_PIPELINE_LINK", "CI_BUILD_LINK"});
  run.workspace = text(e, "CI_WORKSPACE");
  return run;
}

/// Woodpecker docs, "Environment variables"; pipeline/frontend/metadata/environment.go. CI_PREV_COMMIT_SHA is the
/// previous pipeline's of a branch of that name, so `before` stays unknown.
Result<Event> read_woodpecker(const CiInput& input) {
  const Environment& e = input.environment;
  Event event;
  woodpecker_add_forge(event, e);
  woodpecker_read_event(event, e);
  event.commit = sha_in(e.get("CI_COMMIT_SHA"));
  event.actor = text(e, "CI_PIPELINE_AUTHOR");
  if (event.actor.empty() && has(e, "CI_BUILD_EVENT")) event.actor = text(e, "CI_COMMIT_AUTHOR");
  event.run = woodpecker_run(e);
  return event;
}

bool is_woodpecker(const Environment& e) {
  return (e.get("CI") == "woodpecker" || e.get("CI_SYSTEM_NAME") == "woodpecker") && has(e, "CI_REPO");
}

}  // namespace

extern constinit const CiRow woodpecker_row{
    .name = "woodpecker",
    .title = "Woodpecker",
    .sign = "CI=woodpecker or CI_SYSTEM_NAME=woodpecker, with CI_REPO",
    .is_here = is_woodpecker,
    .read = read_woodpecker,
    .grace = std::chrono::seconds(20),
    .family = "drone",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit,
              Fact::actor, Fact::number, Fact::title, Fact::labels, Fact::environment, Fact::run_id, Fact::run_url},
    .actions = "merged closed",
    .actions_note = "of Bitbucket Cloud",
};

}  // namespace lifecycle::ci
