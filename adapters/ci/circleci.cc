#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/ci/forge_page.h"
#include "adapters/ci/remote_url.h"
#include "adapters/forge/github_payload.h"

namespace lifecycle::ci {
namespace {

using event::Event;

struct CircleForge {
  std::string_view word;  // in the address of a build
  std::string_view origin;
  std::string_view host;  // of projects on circleci.com
};

constexpr CircleForge circle_forges[] = {{"gh", "github", "github.com"},
                                         {"github", "github", "github.com"},
                                         {"bb", "bitbucket", "bitbucket.org"},
                                         {"bitbucket", "bitbucket", "bitbucket.org"}};

/// The forge that stands in CIRCLE_BUILD_URL: `https://circleci.com/gh/acme/app/1234`. Projects of the GitHub App have
/// `circleci` and opaque ids there.
const CircleForge* circle_forge_of(std::string_view build_url) {
  const auto host = build_url.find("://");
  const auto path = host == std::string_view::npos ? host : build_url.find('/', host + 3);
  if (path == std::string_view::npos) return nullptr;
  std::string_view rest = build_url.substr(path + 1);
  if (rest.starts_with("pipelines/")) rest.remove_prefix(10);
  const std::string_view word = rest.substr(0, rest.find('/'));
  for (const CircleForge& forge : circle_forges) {
    if (forge.word == word) return &forge;
  }
  return nullptr;
}

bool is_circle_cloud(std::string_view build_url) {
  const std::string host = forge::host_of(build_url);
  return host == "circleci.com" || host.ends_with(".circleci.com");
}

/// CircleCI docs, "Project values and variables": CIRCLE_REPOSITORY_URL is there for GitHub OAuth and Bitbucket Cloud
/// alone. Where its host is no public forge's (a CircleCI server), the address of the build tells which forge it is.
void circle_repository(Event& event, const Environment& e) {
  const std::string address = text(e, "CIRCLE_REPOSITORY_URL");
  const std::string build_url = text(e, "CIRCLE_BUILD_URL");
  const bool both = has(e, "CIRCLE_PROJECT_USERNAME") && has(e, "CIRCLE_PROJECT_REPONAME");
  const std::string full = text(e, "CIRCLE_PROJECT_USERNAME") + "/" + text(e, "CIRCLE_PROJECT_REPONAME");
  if (both) set_repo(event, full, "CIRCLE_PROJECT_USERNAME or CIRCLE_PROJECT_REPONAME");
  const CircleForge* forge = circle_forge_of(build_url);
  if (parse_remote(address).certainty != RemoteFacts::Origin::certain && forge != nullptr) {
    event.origin = forge->origin;
    if (address.empty() && is_circle_cloud(build_url)) event.host = forge->host;
  }
  add_remote(event, address);
  // `https://github.com/acme/app/pull/7` of an associated pull request.
  const std::string change = text(e, "CIRCLE_PULL_REQUEST");
  const auto page = change.rfind("/pull");
  if (event.host.empty() && page != std::string::npos) add_remote(event, change.substr(0, page));
}

/// `pull/7` → 7
std::optional<std::int64_t> circle_fork_number(std::string_view branch) {
  constexpr std::string_view start = "pull/";
  return branch.starts_with(start) ? number_in(branch.substr(start.size())) : std::nullopt;
}

/// CircleCI docs, "Build open source projects": a fork's change comes as the branch `pull/7`, which no forge has, and
/// only then there are CIRCLE_PR_*. Any other branch or tag is only placed: a pull request of CIRCLE_PULL_REQUEST is
/// one of several of its branch, and what started the run is told by pipeline values, never by variables.
void circle_place(Event& event, const Environment& e) {
  const std::string branch = text(e, "CIRCLE_BRANCH");
  auto number = number_in(e.get("CIRCLE_PR_NUMBER"));
  if (!number) number = circle_fork_number(branch);
  if (number) {
    event::Change& change = name_change(event, number);
    if (has(e, "CIRCLE_PR_USERNAME")) change.fork = true;
    if (number_of_change_page(e.get("CIRCLE_PULL_REQUEST")) == number) change.url = text(e, "CIRCLE_PULL_REQUEST");
    event.ref = "refs/pull/" + std::to_string(*number) + "/head";
  } else if (has(e, "CIRCLE_TAG")) {
    forge::set_ref(event, "refs/tags/" + text(e, "CIRCLE_TAG"));
  } else if (!branch.empty()) {
    forge::set_ref(event, "refs/heads/" + branch);
  }
}

/// CIRCLE_WORKING_DIRECTORY is `~/project`, written as in the configuration.
std::string circle_workspace(const Environment& e) {
  std::string folder = text(e, "CIRCLE_WORKING_DIRECTORY");
  const bool in_home = folder == "~" || folder.starts_with("~/");
  if (in_home && has(e, "HOME")) folder.replace(0, 1, e.get("HOME"));
  return folder;
}

Result<Event> read_circleci(const CiInput& input) {
  const Environment& e = input.environment;
  Event event;
  circle_repository(event, e);
  circle_place(event, e);
  event.commit = sha_in(e.get("CIRCLE_SHA1"));
  event.actor = text(e, "CIRCLE_USERNAME");
  event.run.id = text(e, "CIRCLE_WORKFLOW_ID");
  event.run.job = first_text(e, {"CIRCLE_WORKFLOW_JOB_ID", "CIRCLE_JOB"});
  event.run.url = text(e, "CIRCLE_BUILD_URL");
  event.run.workspace = circle_workspace(e);
  return event;
}

bool is_circleci(const Environment& e) {
  return is_marked(e, "CIRCLECI") && has(e, "CIRCLE_SHA1") && has(e, "CIRCLE_WORKFLOW_ID");
}

}  // namespace

extern constinit const CiRow circleci_row{
    .name = "circleci",
    .title = "CircleCI",
    .sign = "CIRCLECI, with CIRCLE_SHA1 and CIRCLE_WORKFLOW_ID",
    .is_here = is_circleci,
    .read = read_circleci,
    .grace = std::chrono::seconds(10),
    .family = "circleci",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::commit, Fact::actor, Fact::number,
              Fact::fork, Fact::run_id, Fact::run_url},
    .actions_note = "by the orb, which hands the pipeline's values over",
    .marker = "CIRCLECI",
};

}  // namespace lifecycle::ci
