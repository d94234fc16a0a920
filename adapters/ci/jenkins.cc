#include <algorithm>

#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/ci/forge_page.h"
#include "adapters/ci/jenkins_gitlab.h"
#include "adapters/ci/remote_url.h"
#include "adapters/forge/github_payload.h"

namespace lifecycle::ci {
namespace {

using event::Event;

/// jenkinsci/ghprb-plugin, GhprbTrigger: line ends and double quotes of a title are escaped.
std::string jenkins_unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    const bool escape = next == 'n' || next == 'r' || next == '"';
    if (escape) ++i;
    plain += !escape ? text[i] : next == 'n' ? '\n' : next == 'r' ? '\r' : '"';
  }
  return plain;
}

/// GitHub pull request builder. `sha1` is a symbolic name and GIT_COMMIT the merge with the target; the head is
/// ghprbActualCommit.
bool jenkins_read_ghprb(Event& event, const Environment& e) {
  if (!has(e, "ghprbPullId")) return false;
  event.origin = "github";
  set_repo(event, e.get("ghprbGhRepository"), "ghprbGhRepository");
  event.host = forge::host_of(e.get("ghprbPullLink"));
  event::Change& change = name_change(event, number_in(e.get("ghprbPullId")));
  change.title = jenkins_unescaped(e.get("ghprbPullTitle"));
  change.author = text(e, "ghprbPullAuthorLogin");
  change.url = text(e, "ghprbPullLink");
  change.fork = is_fork(parse_remote(e.get("ghprbAuthorRepoGitUrl"), "github").repo, event.repo);
  event.base = text(e, "ghprbTargetBranch");
  event.branch = event.head = text(e, "ghprbSourceBranch");
  event.commit = sha_in(e.get("ghprbActualCommit"));
  event.actor = first_text(e, {"ghprbTriggerAuthorLogin", "ghprbPullAuthorLogin"});
  return true;
}

/// The repository's address in that of a change's page: `https://github.com/acme/app/pull/7`, `/pulls/7`,
/// `/pull-requests/7`, `/-/merge_requests/7`; Bitbucket Data Center has `projects/PROJ/repos/app` there, and in its
/// clone addresses `scm/PROJ/app`.
std::string jenkins_repository_page(std::string page) {
  for (const std::string_view mark :
       {"/-/merge_requests/", "/merge_requests/", "/pull-requests/", "/pulls/", "/pull/"}) {
    const auto at = page.rfind(mark);
    if (at == std::string::npos) continue;
    page.resize(at);
    for (const auto& [owner, prefix] : {std::pair{"/projects/", "/scm/"}, std::pair{"/users/", "/scm/~"}}) {
      const auto start = page.find(owner);
      const auto repos = start == std::string::npos ? start : page.find("/repos/", start);
      if (mark != "/pull-requests/" || repos == std::string::npos) continue;
      page.replace(repos, std::string_view("/repos/").size(), "/");
      return page.replace(start, std::string_view(owner).size(), prefix);
    }
    return page;
  }
  return {};
}

/// Whose forge a host of one's own is, the plugin that made the job says, or the form of the change's page, which tells
/// the target's repository as well. Several remotes have GIT_URL_1 and further instead of GIT_URL.
void jenkins_repository(Event& event, const Environment& e) {
  const bool by_plugin = has(e, "BITBUCKET_REPOSITORY") && has(e, "BITBUCKET_SERVER_URL");
  if (event.origin.empty() && by_plugin) event.origin = "bitbucket";
  add_page(event, e.get("CHANGE_URL"));
  const std::string page = jenkins_repository_page(text(e, "CHANGE_URL"));
  const std::string git = first_text(e, {"GIT_URL", "GIT_URL_1"});
  const bool by_page = !page.empty() && (git.empty() || !parse_remote(page, event.origin).repo.empty());
  add_remote(event, by_page ? page : git);
  if (!by_plugin) return;
  if (event.host.empty()) event.host = forge::host_of(e.get("BITBUCKET_SERVER_URL"));
  if (!event.repo.empty() || !has(e, "BITBUCKET_OWNER")) return;
  set_repo(event, text(e, "BITBUCKET_OWNER") + "/" + text(e, "BITBUCKET_REPOSITORY"), "BITBUCKET_REPOSITORY");
}

/// jenkinsci/branch-api-plugin, BranchNameContributor: of a change BRANCH_NAME is `PR-7` and its number CHANGE_ID; of
/// a tag both names are the tag. Why the build runs (a push, indexing, the clock, a person) is in no variable.
bool jenkins_read_multibranch(Event& event, const Environment& e) {
  const std::string branch = text(e, "BRANCH_NAME");
  if (branch.empty()) return false;
  if (has(e, "CHANGE_ID")) {
    event::Change& change = name_change(event, number_in(e.get("CHANGE_ID")));
    change.title = text(e, "CHANGE_TITLE");
    change.author = text(e, "CHANGE_AUTHOR");
    change.url = text(e, "CHANGE_URL");
    change.fork = has(e, "CHANGE_FORK");
    event.base = text(e, "CHANGE_TARGET");
    event.branch = event.head = text(e, "CHANGE_BRANCH");
    if (event.actor.empty()) event.actor = change.author;
  } else if (has(e, "TAG_NAME")) {
    forge::set_ref(event, "refs/tags/" + text(e, "TAG_NAME"));
  } else {
    forge::set_ref(event, "refs/heads/" + branch);
  }
  return true;
}

/// The branch of the remote's `origin/main`: what GIT_LOCAL_BRANCH leaves in front is the remote's name.
std::string jenkins_branch(const Environment& e) {
  std::string remote = text(e, "GIT_BRANCH");
  std::string local = text(e, "GIT_LOCAL_BRANCH");
  if (remote == "detached" || remote == "HEAD" || remote.ends_with("/HEAD")) return {};
  if (remote.empty() || (!local.empty() && remote.ends_with("/" + local))) return local;
  for (const std::string_view start : {"refs/heads/", "refs/remotes/origin/", "remotes/origin/", "origin/"}) {
    if (remote.starts_with(start)) return remote.substr(start.size());
  }
  return remote;
}

/// jenkinsci/git-plugin, GitSCM: a job with plain git. A scripted pipeline has none of it in its environment.
void jenkins_read_git(Event& event, const Environment& e) {
  const std::string_view given = e.get("GIT_BRANCH");
  for (const std::string_view start : {"refs/tags/", "origin/tags/", "refs/remotes/origin/tags/", "tags/"}) {
    if (given.starts_with(start)) return forge::set_ref(event, "refs/tags/" + std::string(given.substr(start.size())));
  }
  if (const std::string branch = jenkins_branch(e); !branch.empty()) forge::set_ref(event, "refs/heads/" + branch);
}

/// BUILD_TAG is `jenkins-JOB-NUMBER`, with a dash for each slash. A stage is what others call a job.
event::Run jenkins_run(const Environment& e) {
  event::Run run;
  run.id = text(e, "BUILD_TAG");
  if (run.id.empty()) {
    run.id = "jenkins-" + text(e, "JOB_NAME") + "-" + text(e, "BUILD_NUMBER");
    std::ranges::replace(run.id, '/', '-');
  }
  run.job = first_text(e, {"STAGE_NAME", "JOB_NAME"});
  run.url = text(e, "BUILD_URL");
  run.workspace = text(e, "WORKSPACE");
  return run;
}

/// GIT_PREVIOUS_COMMIT is the commit that was built last, not the tip before a push.
Result<Event> read_jenkins(const CiInput& input) {
  const Environment& e = input.environment;
  Event event;
  const bool told = jenkins_read_ghprb(event, e) || read_gitlab_plugin(event, e) ||
                    read_gitlab_branch_source(event, e) || jenkins_read_multibranch(event, e);
  if (!told) jenkins_read_git(event, e);
  jenkins_repository(event, e);
  if (event.commit.empty()) event.commit = sha_in(e.get("GIT_COMMIT"));
  event.run = jenkins_run(e);
  return event;
}

/// Without a configured Jenkins URL there is no JENKINS_URL: JENKINS_HOME and BUILD_TAG serve.
bool is_jenkins(const Environment& e) {
  const bool marked = is_marked(e, "JENKINS_URL") || (has(e, "JENKINS_HOME") && has(e, "BUILD_TAG"));
  return marked && has(e, "BUILD_NUMBER") && has(e, "JOB_NAME");
}

}  // namespace

extern constinit const CiRow jenkins_row{
    .name = "jenkins",
    .title = "Jenkins",
    .sign = "JENKINS_URL (or JENKINS_HOME and BUILD_TAG), with BUILD_NUMBER and JOB_NAME",
    .is_here = is_jenkins,
    .read = read_jenkins,
    .grace = std::chrono::seconds(5),
    .family = "jenkins",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit,
              Fact::before, Fact::actor, Fact::number, Fact::title, Fact::labels, Fact::fork, Fact::run_id,
              Fact::run_url},
    .actions = "opened synchronize reopened merged closed",
    .forgeable_by = "whoever may start a build with parameters",
    .actions_note = "of GitLab, by its branch source or its plugin",
};

}  // namespace lifecycle::ci
