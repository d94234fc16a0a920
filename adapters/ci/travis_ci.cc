#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/forge/github_payload.h"

namespace lifecycle::ci {
namespace {

using event::Event;

/// Travis CI docs, "Environment Variables": TRAVIS_PULL_REQUEST is the number, or "false".
std::optional<std::int64_t> travis_number(const Environment& e) { return number_in(e.get("TRAVIS_PULL_REQUEST")); }

void travis_name(Event& event, const Environment& e) {
  const std::string_view type = e.get("TRAVIS_EVENT_TYPE");
  if (type == "push") name_push(event);
  if (type == "cron") name_event(event, "schedule");
  if (type == "api") name_event(event, "repository_dispatch");  // the web page's button as well
  if (type == "pull_request" || (type.empty() && travis_number(e))) name_change(event, travis_number(e));
}

/// On pull requests TRAVIS_BRANCH is the target and TRAVIS_COMMIT the test merge.
void travis_add_change(Event& event, const Environment& e) {
  if (!event.change) event.change.emplace();
  event.change->number = travis_number(e);
  event.change->fork = is_fork(e.get("TRAVIS_PULL_REQUEST_SLUG"), event.repo);
  event.base = text(e, "TRAVIS_BRANCH");
  event.head = event.branch = text(e, "TRAVIS_PULL_REQUEST_BRANCH");
  event.commit = sha_in(e.get("TRAVIS_PULL_REQUEST_SHA"));
  if (event.commit.empty()) event.commit = sha_in(e.get("TRAVIS_COMMIT"));
  // "Pull Requests and Security Restrictions": builds of forks get no encrypted variables.
  if (event.change->fork == true && e.get("TRAVIS_SECURE_ENV_VARS") == "false") {
    event.warnings.emplace_back("the pull request comes from a fork, so Travis CI gives this build no secrets");
  }
}

/// Of a tag TRAVIS_BRANCH repeats the tag's name.
void travis_add_ref(Event& event, const Environment& e) {
  const std::string tag = text(e, "TRAVIS_TAG");
  const std::string branch = text(e, "TRAVIS_BRANCH");
  if (!tag.empty()) {
    forge::set_ref(event, "refs/tags/" + tag);
  } else if (!branch.empty()) {
    forge::set_ref(event, "refs/heads/" + branch);
  }
  event.commit = sha_in(e.get("TRAVIS_COMMIT"));
  // Mostly abbreviated shas, which are none.
  if (event.name() == "push" && tag.empty()) event.before = sha_before(e.get("TRAVIS_COMMIT_RANGE"));
}

/// Nothing names the forge: repositories of GitHub, Bitbucket, GitLab and Assembla share all variables, so it comes
/// from the checkout. Travis CI docs, "Environment Variables", "Building Pull Requests".
Result<Event> read_travis_ci(const CiInput& input) {
  const Environment& e = input.environment;
  Event event;
  set_repo(event, e.get("TRAVIS_REPO_SLUG"), "TRAVIS_REPO_SLUG");
  travis_name(event, e);
  if (event.change || travis_number(e)) {
    travis_add_change(event, e);
  } else {
    travis_add_ref(event, e);
  }
  event.run.id = text(e, "TRAVIS_BUILD_ID");
  event.run.job = text(e, "TRAVIS_JOB_NUMBER");
  event.run.url = text(e, "TRAVIS_BUILD_WEB_URL");
  event.run.workspace = text(e, "TRAVIS_BUILD_DIR");
  return event;
}

bool is_travis_ci(const Environment& e) { return is_marked(e, "TRAVIS") && has(e, "TRAVIS_BUILD_ID"); }

}  // namespace

extern constinit const CiRow travis_ci_row{
    .name = "travis-ci",
    .title = "Travis CI",
    .sign = "TRAVIS, with TRAVIS_BUILD_ID",
    .is_here = is_travis_ci,
    .read = read_travis_ci,
    .grace = std::chrono::seconds(10),
    .family = "travis",
    .facts = {Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit, Fact::before, Fact::number,
              Fact::fork, Fact::run_id, Fact::run_url},
    .full_history = "`git: {depth: false}` in .travis.yml",
    .marker = "TRAVIS",
};

}  // namespace lifecycle::ci
