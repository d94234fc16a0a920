#include "adapters/ci/ci_table.h"

#include <algorithm>
#include <iterator>

#include "adapters/ci/github_actions.h"
#include "adapters/ci/shown_value.h"
#include "agent/base/ascii.h"
#include "agent/base/nearest_name.h"

namespace lifecycle::ci {
namespace {

using std::chrono::seconds;

bool has(const Environment& environment, std::string_view name) { return !environment.get(name).empty(); }

bool is_forgejo(const Environment& e) {
  return is_marked(e, "FORGEJO_ACTIONS") && (has(e, "FORGEJO_REPOSITORY") || has(e, "GITHUB_REPOSITORY"));
}
bool is_gitea(const Environment& e) { return is_marked(e, "GITEA_ACTIONS") && has(e, "GITHUB_REPOSITORY"); }
bool is_github(const Environment& e) {
  return is_marked(e, "GITHUB_ACTIONS") && has(e, "GITHUB_RUN_ID") && has(e, "GITHUB_EVENT_NAME");
}
/// gitlab-ci-local sets GITLAB_CI=false on purpose.
bool is_gitlab(const Environment& e) {
  const bool local = e.get("GITLAB_CI") == "false" && e.get("CI") == "true";
  return (is_marked(e, "GITLAB_CI") || local) && has(e, "CI_PROJECT_PATH") && (local || has(e, "CI_PIPELINE_SOURCE"));
}
bool is_buildkite(const Environment& e) { return is_marked(e, "BUILDKITE") && has(e, "BUILDKITE_BUILD_ID"); }
bool is_circleci(const Environment& e) {
  return is_marked(e, "CIRCLECI") && has(e, "CIRCLE_SHA1") && has(e, "CIRCLE_WORKFLOW_ID");
}
bool is_azure(const Environment& e) {
  return is_marked(e, "TF_BUILD") && (has(e, "BUILD_BUILDID") || has(e, "RELEASE_RELEASEID"));
}
bool is_bitbucket(const Environment& e) {
  return is_marked(e, "BITBUCKET_BUILD_NUMBER") && has(e, "BITBUCKET_PIPELINE_UUID") &&
         has(e, "BITBUCKET_REPO_FULL_NAME");
}
bool is_woodpecker(const Environment& e) {
  return (e.get("CI") == "woodpecker" || e.get("CI_SYSTEM_NAME") == "woodpecker") && has(e, "CI_REPO");
}
bool is_drone(const Environment& e) { return is_marked(e, "DRONE") && has(e, "DRONE_BUILD_NUMBER"); }
bool is_travis(const Environment& e) { return is_marked(e, "TRAVIS") && has(e, "TRAVIS_BUILD_ID"); }
bool is_teamcity(const Environment& e) { return is_marked(e, "TEAMCITY_VERSION") && has(e, "BUILD_NUMBER"); }
bool is_semaphore(const Environment& e) { return is_marked(e, "SEMAPHORE") && has(e, "SEMAPHORE_JOB_ID"); }
bool is_appveyor(const Environment& e) { return is_marked(e, "APPVEYOR") && has(e, "APPVEYOR_BUILD_ID"); }
bool is_codefresh(const Environment& e) { return is_marked(e, "CF_BUILD_ID") && has(e, "CF_PIPELINE_NAME"); }
/// Without a configured Jenkins URL there is no JENKINS_URL: JENKINS_HOME and BUILD_TAG serve.
bool is_jenkins(const Environment& e) {
  const bool marked = is_marked(e, "JENKINS_URL") || (has(e, "JENKINS_HOME") && has(e, "BUILD_TAG"));
  return marked && has(e, "BUILD_NUMBER") && has(e, "JOB_NAME");
}
bool is_codebuild(const Environment& e) { return is_marked(e, "CODEBUILD_BUILD_ARN") && has(e, "CODEBUILD_BUILD_ID"); }
bool is_cloud_build(const Environment& e) { return is_marked(e, "BUILDER_OUTPUT"); }
bool is_generic(const Environment& /*any*/) { return true; }

// Inner before outer is what is wanted, and the variables cannot tell it, so the order is fixed: the Actions family
// first (it has an event and a payload of its own), Jenkins late (its jobs start the runners of others, which inherit
// its variables), CodeBuild and Cloud Build last (they host the runners of others).
constexpr CiRow ci_table_rows[] = {
    {"forgejo-actions", "Forgejo Actions", "FORGEJO_ACTIONS, with FORGEJO_REPOSITORY or GITHUB_REPOSITORY", is_forgejo,
     read_forgejo_actions, seconds(10), "actions"},
    {"gitea-actions", "Gitea Actions", "GITEA_ACTIONS, with GITHUB_REPOSITORY", is_gitea, read_gitea_actions,
     seconds(10), "actions"},
    {"github-actions", "GitHub Actions", "GITHUB_ACTIONS, with GITHUB_RUN_ID and GITHUB_EVENT_NAME", is_github,
     read_github_actions, seconds(10), "actions"},
    {"gitlab-ci", "GitLab CI", "GITLAB_CI, with CI_PROJECT_PATH and CI_PIPELINE_SOURCE", is_gitlab, nullptr,
     seconds(600), "gitlab"},
    {"buildkite", "Buildkite", "BUILDKITE, with BUILDKITE_BUILD_ID", is_buildkite, nullptr, seconds(10), "buildkite"},
    {"circleci", "CircleCI", "CIRCLECI, with CIRCLE_SHA1 and CIRCLE_WORKFLOW_ID", is_circleci, nullptr, seconds(10),
     "circleci"},
    {"azure-pipelines", "Azure Pipelines", "TF_BUILD, with BUILD_BUILDID or RELEASE_RELEASEID", is_azure, nullptr,
     seconds(10), "azure"},
    {"bitbucket-pipelines", "Bitbucket Pipelines",
     "BITBUCKET_BUILD_NUMBER, with BITBUCKET_PIPELINE_UUID and BITBUCKET_REPO_FULL_NAME", is_bitbucket, nullptr,
     seconds(10), "bitbucket"},
    {"woodpecker", "Woodpecker", "CI=woodpecker or CI_SYSTEM_NAME=woodpecker, with CI_REPO", is_woodpecker, nullptr,
     seconds(20), "drone"},
    {"drone", "Drone", "DRONE, with DRONE_BUILD_NUMBER", is_drone, nullptr, seconds(10), "drone"},
    {"travis-ci", "Travis CI", "TRAVIS, with TRAVIS_BUILD_ID", is_travis, nullptr, seconds(10), "travis"},
    {"teamcity", "TeamCity", "TEAMCITY_VERSION, with BUILD_NUMBER", is_teamcity, nullptr, seconds(10), "teamcity"},
    {"semaphore", "Semaphore", "SEMAPHORE, with SEMAPHORE_JOB_ID", is_semaphore, nullptr, seconds(10), "semaphore"},
    {"appveyor", "AppVeyor", "APPVEYOR, with APPVEYOR_BUILD_ID", is_appveyor, nullptr, seconds(10), "appveyor"},
    {"codefresh", "Codefresh", "CF_BUILD_ID, with CF_PIPELINE_NAME", is_codefresh, nullptr, seconds(10), "codefresh"},
    {"jenkins", "Jenkins", "JENKINS_URL (or JENKINS_HOME and BUILD_TAG), with BUILD_NUMBER and JOB_NAME", is_jenkins,
     nullptr, seconds(5), "jenkins"},
    {"codebuild", "AWS CodeBuild", "CODEBUILD_BUILD_ARN, with CODEBUILD_BUILD_ID", is_codebuild, nullptr, seconds(10),
     "codebuild"},
    {"cloud-build", "Google Cloud Build", "BUILDER_OUTPUT", is_cloud_build, nullptr, seconds(10), "cloud-build"},
    {"generic", "any other CI, or none", "no marker of a known CI", is_generic, nullptr, seconds(10), "generic"},
};

std::string name_list() {
  std::string text;
  for (const CiRow& row : ci_table_rows) text += (text.empty() ? "" : ", ") + std::string(row.name);
  return text;
}

Diagnostic unknown_ci(std::string_view name) {
  std::vector<std::string_view> names;
  for (const CiRow& row : ci_table_rows) names.push_back(row.name);
  const auto nearest = nearest_name(name, names);
  return {.code = "ci-unknown",
          .message = "--ci (LIFECYCLE_CI) is \"" + shown_value(name) + "\", expected one of " + name_list(),
          .hint = nearest ? "did you mean " + std::string(*nearest) + "?" : std::string{}};
}

std::vector<std::string> others_here(const Environment& environment, const CiRow& chosen) {
  std::vector<std::string> names;
  for (const CiRow& row : ci_table_rows) {
    if (row.is_here != is_generic && row.family != chosen.family && row.is_here(environment)) {
      names.emplace_back(row.name);
    }
  }
  return names;
}

}  // namespace

std::span<const CiRow> ci_rows() { return ci_table_rows; }

bool is_marked(const Environment& environment, std::string_view name) {
  const std::string value = lower_case(environment.get(name));
  return !value.empty() && value != "false" && value != "0";
}

Result<Recognised> recognise(const Environment& environment, std::string_view forced) {
  const auto fits = [&](const CiRow& row) { return forced.empty() ? row.is_here(environment) : row.name == forced; };
  const auto* row = std::ranges::find_if(ci_table_rows, fits);
  if (row == std::ranges::end(ci_table_rows)) return fail(unknown_ci(forced));
  Recognised recognised{.row = row,
                        .sign = std::string(forced.empty() ? row->sign : "--ci (LIFECYCLE_CI)"),
                        .others = others_here(environment, *row),
                        .in_ci = row->is_here != is_generic || !forced.empty()};
  if (!recognised.in_ci && is_marked(environment, "CI")) {
    recognised.in_ci = true;
    recognised.sign = "CI, and no marker of a known CI";
  }
  return recognised;
}

std::vector<DiagnosticCode> ci_diagnostic_codes() {
  return {
      {"ci-unknown", "--ci names a CI system that the agent does not know",
       "`--ci NAME` (LIFECYCLE_CI) overrides the recognition by variables. The names are those of `lifecycle-agent "
       "ci`; "
       "`generic` stands for any other CI, where flags, LIFECYCLE_EVENT_* and the checkout tell the event."},
      {"event-fact-invalid", "a fact of the event, given by flag or variable, is not of its form",
       "The single facts (--number, --fork, --event …, or LIFECYCLE_EVENT_*) stand above what the CI tells, so a wrong "
       "one would change which workflows run. Numbers are whole, --fork and --merged are true or false, an event's "
       "name and its origin hold letters, digits, `_`, `.` and `-`, and a whole trigger has no filters."},
      {"payload-unreadable", "the payload cannot be read and the environment alone does not tell the event",
       "A payload that is missing or broken costs the event its details, not its name: as long as the event's name "
       "and the repository are known, the run goes on with a warning. Here one of the two is not known. Mount the "
       "payload at the path that the variable names, or give --event and --repo."},
  };
}

}  // namespace lifecycle::ci
