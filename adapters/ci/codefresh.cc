#include <algorithm>

#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/ci/event_name.h"
#include "adapters/ci/forge_page.h"
#include "adapters/ci/placeholder.h"
#include "adapters/forge/github_payload.h"
#include "adapters/forge/webhook_name.h"

namespace lifecycle::ci {
namespace {

using event::Event;

/// An owner of GitLab holds the subgroups. The page of the commit is all that names the forge.
void codefresh_add_repo(Event& event, const Environment& e) {
  const std::string owner = filled_text(e, "CF_REPO_OWNER", event);
  const std::string name = filled_text(e, "CF_REPO_NAME", event);
  if (!owner.empty() && !name.empty()) set_repo(event, owner + "/" + name, "CF_REPO_OWNER or CF_REPO_NAME");
  add_page(event, e.get("CF_COMMIT_URL"));
}

/// A branch, or the tag of a push; some builds have the name of a remote before it.
std::string codefresh_branch(const Environment& e, Event& event) {
  constexpr std::string_view remote = "origin/";
  const std::string branch = filled_ref_name(e, "CF_BRANCH", event);
  return branch.starts_with(remote) ? branch.substr(remote.size()) : branch;
}

/// The forge's own word (Codefresh docs, "Git triggers"): GitHub's as they are; GitLab's update is a push or an edit.
/// Those of Bitbucket and Azure are not documented, so none is taken.
std::string codefresh_change_name(const Event& event, const std::string& word, std::optional<bool> merged) {
  if (word.empty() || !forge::is_name_word(word)) return "pull_request";
  if (event.origin == "bitbucket" || event.origin == "azure") return "pull_request";
  if (event.origin == "gitlab") {
    const bool known = word == "open" || word == "reopen" || word == "close" || word == "merge";
    return known ? change_name(word, word == "merge") : "pull_request";
  }
  return change_name(word, merged);
}

/// CF_PULL_REQUEST_ID is an id among all of GitHub's, not the number that people see.
void codefresh_add_change(Event& event, const Environment& e) {
  event.change = event::Change{.number = number_in(filled_text(e, "CF_PULL_REQUEST_NUMBER", event)),
                               .title = text(e, "CF_PULL_REQUEST_TITLE"),
                               .labels = list_in(e.get("CF_PULL_REQUEST_LABELS"))};
  event.base = short_ref(filled_ref_name(e, "CF_PULL_REQUEST_TARGET", event));
  event.head = short_ref(filled_ref_name(e, "CF_PULL_REQUEST_HEAD_BRANCH", event));
  if (event.head.empty()) event.head = short_ref(codefresh_branch(e, event));
  event.branch = event.head;
}

void codefresh_name_change(Event& event, const Environment& e) {
  const std::string word = filled_text(e, "CF_PULL_REQUEST_ACTION", event);
  const std::string told = filled_text(e, "CF_PULL_REQUEST_MERGED", event);
  const std::optional<bool> merged = told == "true" || told == "false" ? std::optional(told == "true") : std::nullopt;
  name_change(event, std::nullopt);
  const std::string name = codefresh_change_name(event, word, merged);
  if (name != "pull_request") set_change_action(event, name, word);
  if (name == "pull_request" && word == "closed") event.action = word;  // merged or not is not told
  // Of a pull request that is closed without a merge GitHub's merge commit is the one it was tried with.
  const bool closed = event.name() == "pull_request.closed";
  if (event.name() == "pull_request.merged") event.commit = sha_in(e.get("CF_PULL_REQUEST_MERGED_COMMIT_SHA"));
  if (closed) event.commit = sha_in(e.get("CF_PULL_REQUEST_HEAD_COMMIT_SHA"));
}

/// CF_BASE_BRANCH is "the base branch used during creation of the tag" (docs, "Variables"); of a change it is the
/// target.
void codefresh_add_ref(Event& event, const Environment& e) {
  const std::string branch = codefresh_branch(e, event);
  if (branch.empty()) return;
  if (branch.starts_with("refs/")) return forge::set_ref(event, branch);
  const bool tag = !filled_ref_name(e, "CF_BASE_BRANCH", event).empty();
  forge::set_ref(event, (tag ? "refs/tags/" : "refs/heads/") + branch);
  if (!tag) return;
  event.warnings.emplace_back(
      "CF_BASE_BRANCH is set, so the event is taken for a tag's; if it is not, say so with --event and --branch");
}

void codefresh_add_release(Event& event, const Environment& e) {
  const std::string tag = filled_ref_name(e, "CF_RELEASE_TAG", event);
  if (!tag.empty()) forge::set_ref(event, "refs/tags/" + tag);
  name_event(event, "release");
  event.release = event::Release{.tag = tag, .prerelease = e.get("CF_PRERELEASE_FLAG") == "true"};
}

/// What the build is about: a pull request with the variables of a release is none.
void codefresh_add_place(Event& event, const Environment& e) {
  const bool change = !filled_text(e, "CF_PULL_REQUEST_NUMBER", event).empty() ||
                      !filled_ref_name(e, "CF_PULL_REQUEST_TARGET", event).empty() ||
                      !filled_text(e, "CF_PULL_REQUEST_ACTION", event).empty();
  const bool release = !filled_ref_name(e, "CF_RELEASE_TAG", event).empty() ||
                       !filled_ref_name(e, "CF_RELEASE_NAME", event).empty() ||
                       !filled_text(e, "CF_RELEASE_ID", event).empty();
  if (release) {
    codefresh_add_release(event, e);
  } else if (change) {
    codefresh_add_change(event, e);
    codefresh_name_change(event, e);
  } else {
    codefresh_add_ref(event, e);
  }
}

/// A cron trigger may simulate the variables of a git event ("Cron triggers"), which has not happened then.
/// CF_BUILD_TRIGGER is `webhook`, or `build` of a build that a person, the CLI or another build started.
void codefresh_name_start(Event& event, const Environment& e) {
  const bool timed = has(e, "EVENT_MESSAGE") && has(e, "EVENT_TIMESTAMP");
  const bool by_hand = e.get("CF_BUILD_TRIGGER") == "build";
  if (timed || by_hand) event.release.reset();
  if (timed) {
    event.change.reset();
    event.base.clear();
    event.head.clear();
    return name_event(event, "schedule");
  }
  if (by_hand) return name_event(event, "workflow_dispatch");
  if (event.names.empty() && e.get("CF_BUILD_TRIGGER") == "webhook") name_push(event);
}

Result<Event> read_codefresh(const CiInput& input) {
  const Environment& e = input.environment;
  Event event;
  codefresh_add_repo(event, e);
  codefresh_add_place(event, e);
  codefresh_name_start(event, e);
  if (event.commit.empty()) event.commit = sha_in(filled_text(e, "CF_REVISION", event));
  event.actor = filled_text(e, "CF_BUILD_INITIATOR", event);
  event.run.id = text(e, "CF_BUILD_ID");
  event.run.job = text(e, "CF_STEP_NAME");
  event.run.url = text(e, "CF_BUILD_URL");
  return event;
}

bool is_codefresh(const Environment& e) { return is_marked(e, "CF_BUILD_ID") && has(e, "CF_PIPELINE_NAME"); }

}  // namespace

extern constinit const CiRow codefresh_row{
    .name = "codefresh",
    .title = "Codefresh",
    .sign = "CF_BUILD_ID, with CF_PIPELINE_NAME",
    .is_here = is_codefresh,
    .read = read_codefresh,
    .grace = std::chrono::seconds(10),
    .family = "codefresh",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit,
              Fact::actor, Fact::number, Fact::title, Fact::labels, Fact::run_id, Fact::run_url},
    .actions = "opened synchronize reopened merged closed",
    .marker = "CF_BUILD_ID",
};

}  // namespace lifecycle::ci
