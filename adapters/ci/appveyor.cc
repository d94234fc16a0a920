#include <algorithm>

#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/forge/github_payload.h"
#include "agent/base/ascii.h"

namespace lifecycle::ci {
namespace {

using event::Event;

struct AppveyorProvider {
  std::string_view word;  // in lower case
  std::string_view origin;
  std::string_view host;  // of the public forge; of a server of one's own only the checkout knows it
};

/// AppVeyor docs, "Environment variables", APPVEYOR_REPO_PROVIDER. git, kiln, mercurial and subversion are no forges.
constexpr AppveyorProvider appveyor_providers[] = {
    {"github", "github", "github.com"},
    {"githubenterprise", "github", ""},
    {"gitlab", "gitlab", "gitlab.com"},
    {"gitlabenterprise", "gitlab", ""},
    {"bitbucket", "bitbucket", "bitbucket.org"},
    {"stash", "bitbucket", ""},  // Bitbucket Server
    {"vso", "azure", ""},        // Azure DevOps, formerly Visual Studio Online
    {"gitea", "gitea", ""},
};

/// A name that is no full path (`app`; of Azure one without the organization) leaves the repository to the checkout.
void appveyor_add_repo(Event& event, const Environment& e) {
  const std::string provider = lower_case(e.get("APPVEYOR_REPO_PROVIDER"));
  const auto* const found = std::ranges::find(appveyor_providers, provider, &AppveyorProvider::word);
  if (found != std::ranges::end(appveyor_providers)) {
    event.origin = found->origin;
    event.host = found->host;
  }
  const std::string_view name = e.get("APPVEYOR_REPO_NAME");
  const auto slashes = std::ranges::count(name, '/');
  if (slashes >= (event.origin == "azure" ? 2 : 1)) set_repo(event, name, "APPVEYOR_REPO_NAME");
}

/// A build again (APPVEYOR_RE_BUILD, APPVEYOR_RE_RUN_INCOMPLETE) repeats the event of the earlier one.
void appveyor_name(Event& event, const Environment& e) {
  if (is_marked(e, "APPVEYOR_SCHEDULED_BUILD")) return name_event(event, "schedule");
  if (is_marked(e, "APPVEYOR_FORCED_BUILD")) return name_event(event, "workflow_dispatch");
  if (event.change) {
    name_change(event, std::nullopt);
  } else if (!event.branch.empty() || !event.tag.empty()) {
    name_push(event);
  }
}

/// On pull requests APPVEYOR_REPO_BRANCH is the base and APPVEYOR_REPO_COMMIT the test merge.
void appveyor_add_change(Event& event, const Environment& e) {
  event.base = text(e, "APPVEYOR_REPO_BRANCH");
  event.head = event.branch = text(e, "APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH");
  event.commit = sha_in(e.get("APPVEYOR_PULL_REQUEST_HEAD_COMMIT"));
  event.change =
      event::Change{.number = number_in(e.get("APPVEYOR_PULL_REQUEST_NUMBER")),
                    .title = text(e, "APPVEYOR_PULL_REQUEST_TITLE"),
                    .fork = is_fork(e.get("APPVEYOR_PULL_REQUEST_HEAD_REPO_NAME"), e.get("APPVEYOR_REPO_NAME"))};
}

/// Of a tag APPVEYOR_REPO_BRANCH is the branch that it was made from, or the tag again.
void appveyor_add_ref(Event& event, const Environment& e) {
  const std::string tag = text(e, "APPVEYOR_REPO_TAG_NAME");
  const std::string branch = text(e, "APPVEYOR_REPO_BRANCH");
  if (is_marked(e, "APPVEYOR_REPO_TAG")) {
    if (!tag.empty()) forge::set_ref(event, "refs/tags/" + tag);
  } else if (!branch.empty()) {
    forge::set_ref(event, "refs/heads/" + branch);
  }
}

/// The build's page, whichever of its jobs this is.
std::string appveyor_page(const Environment& e) {
  std::string page = text(e, "APPVEYOR_URL");
  while (page.ends_with('/')) page.pop_back();
  if (page.empty() || !has(e, "APPVEYOR_ACCOUNT_NAME") || !has(e, "APPVEYOR_PROJECT_SLUG")) return {};
  return page + "/project/" + text(e, "APPVEYOR_ACCOUNT_NAME") + "/" + text(e, "APPVEYOR_PROJECT_SLUG") + "/builds/" +
         text(e, "APPVEYOR_BUILD_ID");
}

/// AppVeyor docs, "Environment variables". The author of the commit is told by name only; APPVEYOR_ACCOUNT_NAME is the
/// account of the CI.
Result<Event> read_appveyor(const CiInput& input) {
  const Environment& e = input.environment;
  Event event;
  appveyor_add_repo(event, e);
  if (number_in(e.get("APPVEYOR_PULL_REQUEST_NUMBER"))) {
    appveyor_add_change(event, e);
  } else {
    appveyor_add_ref(event, e);
  }
  if (event.commit.empty()) event.commit = sha_in(e.get("APPVEYOR_REPO_COMMIT"));
  appveyor_name(event, e);
  event.actor = text(e, "APPVEYOR_REPO_COMMIT_AUTHOR");
  event.run.id = text(e, "APPVEYOR_BUILD_ID");
  event.run.job = text(e, "APPVEYOR_JOB_ID");
  event.run.url = appveyor_page(e);
  event.run.workspace = text(e, "APPVEYOR_BUILD_FOLDER");
  return event;
}

bool is_appveyor(const Environment& e) { return is_marked(e, "APPVEYOR") && has(e, "APPVEYOR_BUILD_ID"); }

}  // namespace

extern constinit const CiRow appveyor_row{
    .name = "appveyor",
    .title = "AppVeyor",
    .sign = "APPVEYOR, with APPVEYOR_BUILD_ID",
    .is_here = is_appveyor,
    .read = read_appveyor,
    .grace = std::chrono::seconds(10),
    .family = "appveyor",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit,
              Fact::actor, Fact::number, Fact::title, Fact::fork, Fact::run_id, Fact::run_url},
    .full_history = "no clone_depth and no shallow_clone in appveyor.yml",
    .marker = "APPVEYOR",
};

}  // namespace lifecycle::ci
