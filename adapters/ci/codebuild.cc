#include <algorithm>

#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/forge/github_payload.h"

namespace lifecycle::ci {
namespace {

using event::Event;

struct CodebuildAction {
  std::string_view word;
  std::string_view action;
};

/// AWS CodeBuild User Guide, "GitHub webhook events", "GitLab webhook events", "Bitbucket webhook events". Merged and
/// closed are told apart.
constexpr CodebuildAction codebuild_actions[] = {
    {"PULL_REQUEST_CREATED", "opened"},
    {"PULL_REQUEST_REOPENED", "reopened"},
    {"PULL_REQUEST_MERGED", "merged"},
    {"PULL_REQUEST_CLOSED", "closed"},
};

/// `branch/x`, `tag/x`, `pr/7`: what stands behind the word.
std::string codebuild_part(std::string_view text, std::string_view word) {
  return text.starts_with(word) ? std::string(text.substr(word.size())) : std::string{};
}

/// An updated merge request of GitLab or pull request of Bitbucket may have got new commits or another title.
std::string_view codebuild_action(const Event& event, std::string_view word) {
  if (word == "PULL_REQUEST_UPDATED" && event.origin == "github") return "synchronize";
  const auto* const found = std::ranges::find(codebuild_actions, word, &CodebuildAction::word);
  return found == std::ranges::end(codebuild_actions) ? std::string_view{} : found->action;
}

void codebuild_name_change(Event& event, const Environment& e, std::string_view word) {
  name_change(event, number_in(codebuild_part(e.get("CODEBUILD_WEBHOOK_TRIGGER"), "pr/")));
  const std::string action(codebuild_action(event, word));
  if (!action.empty()) set_change_action(event, "pull_request." + action, action);
}

/// GitLab's webhook of a release comes for a new and for an edited one.
void codebuild_name_release(Event& event, std::string_view word) {
  const bool prerelease = word == "PRERELEASED";
  const bool github = event.origin == "github";
  name_event(event, !github ? "release" : prerelease ? "release.prereleased" : "release.released");
  event.release = event::Release{.tag = event.tag, .prerelease = prerelease};
}

/// CODEBUILD_WEBHOOK_HEAD_REF is a full ref, of a pull request that of its branch.
void codebuild_add_change(Event& event, const Environment& e) {
  event.base = short_ref(e.get("CODEBUILD_WEBHOOK_BASE_REF"));
  event.head = event.branch = short_ref(e.get("CODEBUILD_WEBHOOK_HEAD_REF"));
  const std::string merge = sha_in(e.get("CODEBUILD_WEBHOOK_MERGE_COMMIT"));
  if (event.name() == "pull_request.merged" && !merge.empty()) event.commit = merge;
}

/// CODEBUILD_SOURCE_VERSION is a branch, a tag, a sha or `pr/7`, and only a full ref says which
/// (`refs/heads/main^{sha}`).
void codebuild_add_ref(Event& event, const Environment& e) {
  const std::string_view trigger = e.get("CODEBUILD_WEBHOOK_TRIGGER");
  const std::string branch = codebuild_part(trigger, "branch/");
  const std::string tag = codebuild_part(trigger, "tag/");
  const std::string_view version = e.get("CODEBUILD_SOURCE_VERSION");
  std::string ref = text(e, "CODEBUILD_WEBHOOK_HEAD_REF");
  if (ref.empty() && !branch.empty()) ref = "refs/heads/" + branch;
  if (ref.empty() && !tag.empty()) ref = "refs/tags/" + tag;
  if (ref.empty() && version.starts_with("refs/")) ref = version.substr(0, version.find("^{"));
  if (!ref.empty()) forge::set_ref(event, ref);
  if (event.name() == "push") event.before = sha_in(e.get("CODEBUILD_WEBHOOK_PREV_COMMIT"));
}

void codebuild_name_webhook(Event& event, const Environment& e, const std::string& word) {
  if (word.starts_with("PULL_REQUEST_")) {
    codebuild_name_change(event, e, word);
    return codebuild_add_change(event, e);
  }
  if (word == "PUSH") {
    name_push(event);
  } else if (word != "RELEASED" && word != "PRERELEASED") {
    name_nothing(event, word);  // WORKFLOW_JOB_QUEUED: a runner of another CI, whose variables are not here
  }
  codebuild_add_ref(event, e);
  if (word == "RELEASED" || word == "PRERELEASED") codebuild_name_release(event, word);
}

/// Who started a build that no webhook did: the name of an IAM user, or a service (`codepipeline/x`, `rule/x`, the
/// Jenkins plugin). A name with a part before it is a service's, or a role that anything may have taken.
bool codebuild_started_by_user(std::string_view initiator) {
  return !initiator.empty() && initiator.find('/') == std::string_view::npos && initiator != "CodeBuild-Jenkins-Plugin";
}

void codebuild_name_start(Event& event, const Environment& e) {
  const std::string_view initiator = e.get("CODEBUILD_INITIATOR");
  codebuild_add_ref(event, e);
  if (initiator.starts_with("codepipeline/") && event.repo.empty()) {
    event.warnings.emplace_back(
        "CodePipeline does not tell its builds the repository: pass its variables on as LIFECYCLE_EVENT_REPO_URL, "
        "LIFECYCLE_EVENT_BRANCH and LIFECYCLE_EVENT_COMMIT, or say --repo and --branch");
  }
  if (codebuild_started_by_user(initiator)) {
    name_event(event, "workflow_dispatch");
  } else if (!event.commit.empty() && !event.repo.empty() && event.branch.empty() && event.tag.empty()) {
    name_push(event);
    event.warnings.emplace_back("nothing tells the event: push is the least that is claimed; say it with --event");
  }
  const auto number = number_in(codebuild_part(e.get("CODEBUILD_SOURCE_VERSION"), "pr/"));
  if (number && event.name() == "workflow_dispatch") event.change = event::Change{.number = number};
}

/// The project's page of the build, by the parts of arn:aws:codebuild:REGION:ACCOUNT:build/PROJECT:ID. Other partitions
/// (China, GovCloud) have consoles of their own.
std::string codebuild_page(const Environment& e) {
  std::string page = text(e, "CODEBUILD_PUBLIC_BUILD_URL");
  const std::vector<std::string> parts = list_in(e.get("CODEBUILD_BUILD_ARN"), ':');
  const bool whole = parts.size() == 7 && parts[1] == "aws" && parts[5].starts_with("build/");
  if (!page.empty() || !whole) return page;
  const std::string project = parts[5].substr(std::string_view("build/").size());
  return "https://" + parts[3] + ".console.aws.amazon.com/codesuite/codebuild/" + parts[4] + "/projects/" + project +
         "/build/" + project + "%3A" + parts[6];
}

/// AWS CodeBuild User Guide, "Environment variables in build environments". Who pushed is told as an account's number
/// only, which is no login.
Result<Event> read_codebuild(const CiInput& input) {
  const Environment& e = input.environment;
  Event event;
  add_remote(event, e.get("CODEBUILD_SOURCE_REPO_URL"));
  event.commit = sha_in(e.get("CODEBUILD_RESOLVED_SOURCE_VERSION"));
  if (event.commit.empty()) event.commit = sha_in(e.get("CODEBUILD_SOURCE_VERSION"));
  const std::string word = text(e, "CODEBUILD_WEBHOOK_EVENT");
  if (word.empty()) {
    codebuild_name_start(event, e);
  } else {
    codebuild_name_webhook(event, e, word);
  }
  event.run.id = text(e, "CODEBUILD_BUILD_ID");
  event.run.job = text(e, "CODEBUILD_BATCH_BUILD_IDENTIFIER");
  event.run.url = codebuild_page(e);
  event.run.workspace = text(e, "CODEBUILD_SRC_DIR");
  return event;
}

bool is_codebuild(const Environment& e) { return is_marked(e, "CODEBUILD_BUILD_ARN") && has(e, "CODEBUILD_BUILD_ID"); }

}  // namespace

extern constinit const CiRow codebuild_row{
    .name = "codebuild",
    .title = "AWS CodeBuild",
    .sign = "CODEBUILD_BUILD_ARN, with CODEBUILD_BUILD_ID",
    .is_here = is_codebuild,
    .read = read_codebuild,
    .grace = std::chrono::seconds(10),
    .family = "codebuild",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit,
              Fact::before, Fact::number, Fact::run_id, Fact::run_url},
    .actions = "opened synchronize reopened merged closed",
    .full_history = "the git clone depth Full (gitCloneDepth 0) in the project's source",
    .marker = "CODEBUILD_BUILD_ARN",
};

}  // namespace lifecycle::ci
