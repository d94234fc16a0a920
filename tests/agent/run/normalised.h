// Output with what differs from run to run replaced.
#pragma once

#include <regex>
#include <string>

namespace lifecycle::run {

/// Durations after "in" and "after" as T, directories of jobs as DIR.
inline std::string normalised(const std::string& text) {
  static const std::regex duration("\\b(in|after) ([0-9]+h)?([0-9]+m)?([0-9.]+(s|ms))?(?=[\\n,;)])");
  static const std::regex directory("/[^ \\n]*/lifecycle-job-[A-Za-z0-9]+");
  return std::regex_replace(std::regex_replace(text, duration, "$1 T"), directory, "DIR");
}

}  // namespace lifecycle::run
