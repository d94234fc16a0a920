#include <algorithm>

#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/ci/event_name.h"
#include "adapters/ci/remote_url.h"
#include "adapters/forge/github_payload.h"
#include "adapters/forge/webhook_name.h"
#include "agent/base/ascii.h"
#include "agent/event/event_subject.h"

namespace lifecycle::ci {
namespace {

using event::Event;
using event::Subject;

/// Buildkite docs, "Environment variables" (BUILDKITE_PIPELINE_PROVIDER): github, github_enterprise, gitlab,
/// bitbucket …; empty: one that is no forge's.
std::string_view buildkite_origin(std::string_view provider) {
  for (const std::string_view origin : {"github", "gitlab", "bitbucket"}) {
    if (provider.starts_with(origin)) return origin;
  }
  return {};
}

std::string_view buildkite_host_name(std::string_view host) { return host.substr(0, host.rfind(':')); }

/// The repository of the pull request comes in other forms than the pipeline's own: https, git:// and another case.
std::optional<bool> buildkite_fork(const Environment& e, std::string_view origin) {
  const RemoteFacts ours = parse_remote(e.get("BUILDKITE_REPO"), origin);
  const RemoteFacts theirs = parse_remote(e.get("BUILDKITE_PULL_REQUEST_REPO"), origin);
  if (ours.repo.empty() || theirs.repo.empty()) return std::nullopt;
  return buildkite_host_name(ours.host) != buildkite_host_name(theirs.host) ||
         !same_without_case(ours.repo, theirs.repo);
}

/// BUILDKITE_PULL_REQUEST is the word `false` where there is none.
std::optional<std::int64_t> buildkite_number(const Environment& e) {
  return number_in(e.get("BUILDKITE_PULL_REQUEST"));
}

void buildkite_fill_change(Event& event, const Environment& e) {
  if (!event.change) event.change.emplace();
  event.change->number = buildkite_number(e);
  event.change->labels = list_in(e.get("BUILDKITE_PULL_REQUEST_LABELS"));
  event.change->fork = buildkite_fork(e, event.origin);
}

/// The webhook that made the build (Buildkite docs, "GitHub"), which its rebuilds keep. A closed pull request makes
/// none, so nothing tells a merge; a deployment has one action (GitHub docs, "Webhook events and payloads").
void buildkite_name_by_webhook(Event& event, const Environment& e) {
  const std::string webhook = text(e, "BUILDKITE_GITHUB_EVENT");
  const std::string given = text(e, "BUILDKITE_GITHUB_ACTION");
  const std::string action = forge::is_name_word(given) ? given : std::string{};
  if (forge::is_ping(webhook)) return name_nothing(event, webhook);
  if (webhook == "pull_request" || webhook == "pull_request_target") {
    name_change(event, buildkite_number(e));
    return set_change_action(event, change_name(action, std::nullopt), action);
  }
  if (webhook == "create" || webhook == "delete") {
    return name_event(event, webhook + (has(e, "BUILDKITE_TAG") ? ".tag" : ".branch"));
  }
  if (webhook == "deployment") return name_event(event, "deployment.created");
  const bool alone = action.empty() || forge::has_no_action(webhook);
  name_event(event, alone ? webhook : webhook + "." + action);
}

/// Buildkite docs, "Environment variables" (BUILDKITE_SOURCE): webhook, api, ui, trigger_job, schedule. Without
/// GitHub's words a webhook with a pull request is one of it, and another forge's without one is a push.
void buildkite_name(Event& event, const Environment& e) {
  const std::string_view source = e.get("BUILDKITE_SOURCE");
  if (forge::is_name_word(e.get("BUILDKITE_GITHUB_EVENT"))) return buildkite_name_by_webhook(event, e);
  if (source == "ui") return name_event(event, "workflow_dispatch");
  if (source == "api") return name_event(event, "repository_dispatch");
  if (source == "schedule") return name_event(event, "schedule");
  if (!source.empty() && source != "webhook") return name_nothing(event, source);
  if (buildkite_number(e)) {
    name_change(event, buildkite_number(e));
  } else if (!source.empty() && event.origin != "github") {
    name_push(event);
  }
}

/// BUILDKITE_BRANCH of a fork may be `user:branch`, which is no branch of the repository; of a tag it is the tag.
void buildkite_place(Event& event, const Environment& e) {
  const std::string branch = text(e, "BUILDKITE_BRANCH");
  const auto colon = branch.find(':');
  const Subject subject = event::subject(event);
  const bool of_change = subject == Subject::change || (subject == Subject::comment && buildkite_number(e));
  if (of_change) {
    buildkite_fill_change(event, e);
    event.base = text(e, "BUILDKITE_PULL_REQUEST_BASE_BRANCH");
    event.branch = event.head = colon == std::string::npos ? branch : branch.substr(colon + 1);
    return;
  }
  if (has(e, "BUILDKITE_TAG")) {
    forge::set_ref(event, "refs/tags/" + text(e, "BUILDKITE_TAG"));
  } else if (!branch.empty() && colon == std::string::npos) {
    forge::set_ref(event, "refs/heads/" + branch);
  }
  const bool by_hand = event.kind == "workflow_dispatch" || event.kind == "repository_dispatch";
  if (by_hand && buildkite_number(e)) buildkite_fill_change(event, e);
}

/// The state of a deployment status is not told, and of a release no more than its tag.
void buildkite_add_details(Event& event, const Environment& e) {
  const std::string environment = text(e, "BUILDKITE_GITHUB_DEPLOYMENT_ENVIRONMENT");
  const std::string id = text(e, "BUILDKITE_GITHUB_DEPLOYMENT_ID");
  event.environment = environment;
  if (event.kind == "release" && !event.tag.empty()) event.release = event::Release{.tag = event.tag};
  if (event.kind == "deployment") name_deployment(event, environment, "created", id);
  if (event.kind == "deployment_status") {
    event.deployment =
        event::Deployment{.environment = environment, .state = {}, .id = id, .ref = short_ref(event.ref)};
  }
}

Result<Event> read_buildkite(const CiInput& input) {
  const Environment& e = input.environment;
  Event event;
  event.origin = buildkite_origin(e.get("BUILDKITE_PIPELINE_PROVIDER"));
  add_remote(event, e.get("BUILDKITE_REPO"));
  event.commit = sha_in(e.get("BUILDKITE_COMMIT"));  // the word HEAD where nobody named a commit
  event.actor = first_text(e, {"BUILDKITE_BUILD_CREATOR", "BUILDKITE_BUILD_AUTHOR"});
  buildkite_name(event, e);
  buildkite_place(event, e);
  buildkite_add_details(event, e);
  event.run.id = text(e, "BUILDKITE_BUILD_ID");
  event.run.attempt = text(e, "BUILDKITE_RETRY_COUNT");
  event.run.job = text(e, "BUILDKITE_JOB_ID");
  event.run.url = text(e, "BUILDKITE_BUILD_URL");
  event.run.workspace = text(e, "BUILDKITE_BUILD_CHECKOUT_PATH");
  return event;
}

bool is_buildkite(const Environment& e) { return is_marked(e, "BUILDKITE") && has(e, "BUILDKITE_BUILD_ID"); }

}  // namespace

extern constinit const CiRow buildkite_row{
    .name = "buildkite",
    .title = "Buildkite",
    .sign = "BUILDKITE, with BUILDKITE_BUILD_ID",
    .is_here = is_buildkite,
    .read = read_buildkite,
    .grace = std::chrono::seconds(10),
    .family = "buildkite",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit,
              Fact::actor, Fact::number, Fact::labels, Fact::fork, Fact::environment, Fact::run_id, Fact::run_url},
    .actions = "opened synchronize reopened",
    .actions_note = "of GitHub",
    .marker = "BUILDKITE",
};

}  // namespace lifecycle::ci
