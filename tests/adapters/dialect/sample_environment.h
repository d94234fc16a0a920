// Surroundings and answers that the tests of the dialects share.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "adapters/dialect/native_action.h"
#include "agent/base/environment.h"

namespace lifecycle::dialect {

using Variables = std::map<std::string, std::string, std::less<>>;

inline Environment variables(Variables values) { return Environment(std::move(values)); }

inline Variables bitbucket_build() {
  return {{"BITBUCKET_REPO_FULL_NAME", "acme/app"}, {"BITBUCKET_COMMIT", "abc123"}};
}

/// Every variable that a dialect asks for.
inline Environment ideal_environment() {
  Variables all = bitbucket_build();
  for (const char* name :
       {"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "AGENT_TEMPDIRECTORY", "BITBUCKET_PIPELINES_VARIABLES_PATH", "BASH_ENV",
        "CF_VOLUME_PATH", "BUILDER_OUTPUT", "LIFECYCLE_DOTENV", "BUILDKITE_AGENT_ACCESS_TOKEN"}) {
    all[name] = "/some/path";
  }
  all["APPVEYOR_API_URL"] = "http://localhost:1/";
  return variables(std::move(all));
}

/// The texts of lines, one after the other; anything else shows.
inline std::string lines_of(const std::vector<NativeAction>& actions) {
  std::string text;
  for (const NativeAction& action : actions) {
    const auto* line = std::get_if<PrintLine>(&action);
    text += line == nullptr ? "no line" : line->text;
  }
  return text;
}

}  // namespace lifecycle::dialect
