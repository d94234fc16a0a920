#include <algorithm>

#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/ci/remote_url.h"
#include "adapters/forge/github_payload.h"

namespace lifecycle::ci {
namespace {

using event::Event;

/// GitLab docs, "Predefined CI/CD variables reference": CI_SERVER_FQDN has the port, and came with 16.10.
std::string gitlab_ci_host(const Environment& e) {
  std::string scheme = text(e, "CI_SERVER_PROTOCOL");
  if (scheme.empty()) scheme = "https";
  std::string server = text(e, "CI_SERVER_FQDN");
  if (server.empty() && has(e, "CI_SERVER_HOST")) {
    server = text(e, "CI_SERVER_HOST") + (has(e, "CI_SERVER_PORT") ? ":" + text(e, "CI_SERVER_PORT") : "");
  }
  return server.empty() ? forge::host_of(e.get("CI_SERVER_URL")) : forge::host_of(scheme + "://" + server);
}

event::Run gitlab_ci_run(const Environment& e) {
  event::Run run;
  run.id = text(e, "CI_PIPELINE_ID");
  run.job = text(e, "CI_JOB_ID");
  run.url = text(e, "CI_PIPELINE_URL");
  run.workspace = text(e, "CI_PROJECT_DIR");
  return run;
}

/// A tag's pipeline has no CI_COMMIT_BRANCH, and neither had servers before 12.6; CI_COMMIT_REF_NAME is either.
void gitlab_ci_place(Event& event, const Environment& e) {
  if (has(e, "CI_COMMIT_TAG")) return forge::set_ref(event, "refs/tags/" + text(e, "CI_COMMIT_TAG"));
  const std::string branch = first_text(e, {"CI_COMMIT_BRANCH", "CI_COMMIT_REF_NAME"});
  if (!branch.empty()) forge::set_ref(event, "refs/heads/" + branch);
}

/// The pipeline of a fork's merge request runs in the fork, the repository of the event is the target's. In
/// merged-results pipelines CI_COMMIT_SHA is a commit of this pipeline alone; in the others the sha of the source
/// branch is empty and CI_COMMIT_SHA is the head. CI_MERGE_REQUEST_EVENT_TYPE is a kind of pipeline, no action.
void gitlab_ci_merge_request(Event& event, const Environment& e) {
  event::Change& change = name_change(event, number_in(e.get("CI_MERGE_REQUEST_IID")));
  change.title = text(e, "CI_MERGE_REQUEST_TITLE");
  change.labels = list_in(e.get("CI_MERGE_REQUEST_LABELS"));
  change.fork = is_fork(e.get("CI_MERGE_REQUEST_SOURCE_PROJECT_PATH"), e.get("CI_MERGE_REQUEST_PROJECT_PATH"));
  const bool paged = change.number && has(e, "CI_MERGE_REQUEST_PROJECT_URL");
  if (paged)
    change.url = text(e, "CI_MERGE_REQUEST_PROJECT_URL") + "/-/merge_requests/" + text(e, "CI_MERGE_REQUEST_IID");
  set_repo(event, e.get("CI_MERGE_REQUEST_PROJECT_PATH"), "CI_MERGE_REQUEST_PROJECT_PATH");
  event.base = text(e, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME");
  event.branch = event.head = text(e, "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME");
  event.ref = text(e, "CI_MERGE_REQUEST_REF_PATH");
  if (const std::string head = sha_in(e.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA")); !head.empty()) event.commit = head;
}

/// GitLab builds a pull request of a GitHub repository that it mirrors ("Use GitLab CI/CD with a GitHub repository"):
/// the variables name the repositories there, and no host.
void gitlab_ci_external_change(Event& event, const Environment& e) {
  event.origin = "github";
  event.host.clear();
  event.repo.clear();
  constexpr std::string_view target = "CI_EXTERNAL_PULL_REQUEST_TARGET_REPOSITORY";
  set_repo(event, e.get(target), target);
  event::Change& change = name_change(event, number_in(e.get("CI_EXTERNAL_PULL_REQUEST_IID")));
  change.fork = is_fork(e.get("CI_EXTERNAL_PULL_REQUEST_SOURCE_REPOSITORY"), e.get(target));
  event.base = text(e, "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME");
  event.branch = event.head = text(e, "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME");
  if (const auto head = sha_in(e.get("CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA")); !head.empty()) event.commit = head;
}

struct GitlabSource {
  std::string_view source;
  std::string_view event;
};

/// GitLab docs, "Specify when jobs run with rules" (CI_PIPELINE_SOURCE): the causes that are an event.
constexpr GitlabSource gitlab_ci_sources[] = {
    {"push", "push"},         {"web", "workflow_dispatch"},   {"chat", "workflow_dispatch"},
    {"schedule", "schedule"}, {"api", "repository_dispatch"}, {"trigger", "repository_dispatch"}};

/// Pipelines that another one started: the cause is that one's. They keep the variables of its merge request.
bool gitlab_ci_is_downstream(std::string_view source) { return source == "parent_pipeline" || source == "pipeline"; }

void gitlab_ci_name(Event& event, const Environment& e) {
  const std::string_view source = e.get("CI_PIPELINE_SOURCE");
  if (source == "external_pull_request_event") return gitlab_ci_external_change(event, e);
  const bool inherited = gitlab_ci_is_downstream(source) && has(e, "CI_MERGE_REQUEST_IID");
  if (source == "merge_request_event" || inherited) return gitlab_ci_merge_request(event, e);
  gitlab_ci_place(event, e);
  const auto* row = std::ranges::find(gitlab_ci_sources, source, &GitlabSource::source);
  if (row != std::ranges::end(gitlab_ci_sources)) {
    name_event(event, row->event);
  } else if (!source.empty()) {
    name_nothing(event, source);
  }
  if (event.name() == "push") event.before = sha_in(e.get("CI_COMMIT_BEFORE_SHA"));
}

Event gitlab_ci_by_variables(const Environment& e) {
  Event event;
  event.origin = "gitlab";
  event.host = gitlab_ci_host(e);
  set_repo(event, e.get("CI_PROJECT_PATH"), "CI_PROJECT_PATH");
  event.commit = sha_in(e.get("CI_COMMIT_SHA"));
  event.actor = text(e, "GITLAB_USER_LOGIN");
  gitlab_ci_name(event, e);
  return event;
}

/// GitLab docs, "Trigger pipelines by using the API": a webhook that calls the trigger's address leaves its body in a
/// file. Any forge may have sent it. It is the event; a body that is none leaves the event of the variables.
Result<Event> gitlab_ci_by_payload(const CiInput& input, Event by_variables) {
  auto event = read_forge_payload(text(input.environment, "TRIGGER_PAYLOAD"), "", "");
  if (!event) return event;
  if (event->names.empty()) {
    std::ranges::move(event->warnings, std::back_inserter(by_variables.warnings));
    by_variables.payload = event->payload;
    return by_variables;
  }
  // A body of GitHub's form is that of several forges; the host tells which.
  if (event->origin.empty() && !event->host.empty()) add_server(*event, parse_remote("https://" + event->host + "/"));
  if (event->host.empty() && event->origin == by_variables.origin) event->host = by_variables.host;
  return event;
}

Result<Event> read_gitlab_ci(const CiInput& input) {
  const Environment& e = input.environment;
  Event event = gitlab_ci_by_variables(e);
  const std::string_view source = e.get("CI_PIPELINE_SOURCE");
  const bool relayed = !event.change && (source == "trigger" || gitlab_ci_is_downstream(source));
  if (relayed && has(e, "TRIGGER_PAYLOAD") && input.facts.payload.empty()) {
    auto by_payload = gitlab_ci_by_payload(input, std::move(event));
    if (!by_payload) return by_payload;
    event = *std::move(by_payload);
  }
  if (event.environment.empty()) event.environment = text(e, "CI_ENVIRONMENT_NAME");
  event.run = gitlab_ci_run(e);
  return event;
}

/// gitlab-ci-local sets GITLAB_CI=false on purpose.
bool is_gitlab_ci(const Environment& e) {
  const bool local = e.get("GITLAB_CI") == "false" && e.get("CI") == "true";
  return (is_marked(e, "GITLAB_CI") || local) && has(e, "CI_PROJECT_PATH") && (local || has(e, "CI_PIPELINE_SOURCE"));
}

}  // namespace

extern constinit const CiRow gitlab_ci_row{
    .name = "gitlab-ci",
    .title = "GitLab CI",
    .sign = "GITLAB_CI, with CI_PROJECT_PATH and CI_PIPELINE_SOURCE",
    .is_here = is_gitlab_ci,
    .read = read_gitlab_ci,
    .grace = std::chrono::seconds(600),
    .family = "gitlab",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit,
              Fact::before, Fact::actor, Fact::number, Fact::title, Fact::labels, Fact::fork, Fact::environment,
              Fact::run_id, Fact::run_url},
    .actions = "opened synchronize reopened merged closed",
    .checkout = Checkout::never,
    .full_history = "GIT_DEPTH: 0 among the job's variables",
    .forgeable_by = "whoever may start a pipeline with variables, which win over GitLab's own",
    .actions_note = "of a pipeline that a webhook triggered (TRIGGER_PAYLOAD)",
    .marker = "GITLAB_CI",
};

}  // namespace lifecycle::ci
