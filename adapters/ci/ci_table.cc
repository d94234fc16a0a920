#include "adapters/ci/ci_table.h"

#include <algorithm>
#include <iterator>

#include "adapters/ci/ci_values.h"
#include "adapters/ci/shown_value.h"
#include "agent/base/nearest_name.h"

// One line a CI, in the order of recognition. Inner before outer is what is wanted, and the variables cannot tell it,
// so the order is fixed: the Actions family first (it has an event and a payload of its own), Jenkins late (its jobs
// start the runners of others, which inherit its variables), CodeBuild and Cloud Build last (they host the runners of
// others), and what is none of them.
#define LIFECYCLE_CIS(CI) \
  CI(forgejo_actions)     \
  CI(gitea_actions)       \
  CI(github_actions)      \
  CI(gitlab_ci)           \
  CI(buildkite)           \
  CI(circleci)            \
  CI(azure_pipelines)     \
  CI(bitbucket_pipelines) \
  CI(woodpecker)          \
  CI(drone)               \
  CI(travis_ci)           \
  CI(teamcity)            \
  CI(semaphore)           \
  CI(appveyor)            \
  CI(codefresh)           \
  CI(jenkins)             \
  CI(codebuild)           \
  CI(cloud_build)         \
  CI(generic)

namespace lifecycle::ci {

#define LIFECYCLE_DECLARE(CI) extern constinit const CiRow CI##_row;
LIFECYCLE_CIS(LIFECYCLE_DECLARE)
#undef LIFECYCLE_DECLARE

namespace {

#define LIFECYCLE_ADDRESS(CI) &CI##_row,
constexpr const CiRow* ci_table_rows[] = {LIFECYCLE_CIS(LIFECYCLE_ADDRESS)};
#undef LIFECYCLE_ADDRESS

std::string name_list() {
  std::string text;
  for (const CiRow* row : ci_table_rows) text += (text.empty() ? "" : ", ") + std::string(row->name);
  return text;
}

Diagnostic unknown_ci(std::string_view name) {
  std::vector<std::string_view> names;
  for (const CiRow* row : ci_table_rows) names.push_back(row->name);
  const auto nearest = nearest_name(name, names);
  return {.code = "ci-unknown",
          .message = "--ci (LIFECYCLE_CI) is \"" + shown_value(name) + "\", expected one of " + name_list(),
          .hint = nearest ? "did you mean " + std::string(*nearest) + "?" : std::string{}};
}

std::vector<std::string> others_here(const Environment& environment, const CiRow& chosen) {
  std::vector<std::string> names;
  for (const CiRow* row : ci_table_rows) {
    if (row != &generic_row && row->family != chosen.family && row->is_here(environment)) {
      names.emplace_back(row->name);
    }
  }
  return names;
}

/// Most likely a container that got some of its CI's variables only.
const CiRow* half_here(const Environment& environment) {
  const auto hints = [&](const CiRow* row) { return !row->marker.empty() && is_marked(environment, row->marker); };
  const auto* found = std::ranges::find_if(ci_table_rows, hints);
  return found == std::ranges::end(ci_table_rows) ? nullptr : *found;
}

}  // namespace

std::span<const CiRow* const> ci_rows() { return ci_table_rows; }

Result<Recognised> recognise(const Environment& environment, std::string_view forced) {
  const auto fits = [&](const CiRow* row) { return forced.empty() ? row->is_here(environment) : row->name == forced; };
  const auto* found = std::ranges::find_if(ci_table_rows, fits);
  if (found == std::ranges::end(ci_table_rows)) return fail(unknown_ci(forced));
  const CiRow* row = *found;
  Recognised recognised{.row = row,
                        .sign = std::string(forced.empty() ? row->sign : "--ci (LIFECYCLE_CI)"),
                        .others = others_here(environment, *row),
                        .in_ci = row != &generic_row || !forced.empty()};
  if (recognised.in_ci) return recognised;
  recognised.half = half_here(environment);
  recognised.in_ci = is_marked(environment, "CI");
  if (recognised.half != nullptr) {
    recognised.sign = std::string(recognised.half->marker) + " alone, which is not enough for " +
                      std::string(recognised.half->name) + " (" + std::string(recognised.half->sign) + ")";
  } else if (recognised.in_ci) {
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
