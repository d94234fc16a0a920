// The environment of a job as exec wants it: what the plan left open is filled in when the job starts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/result.h"
#include "agent/plan/plan.h"

namespace lifecycle::run {

/// Values of secrets and configs by name, read once before anything starts.
using KnownValues = std::map<std::string, std::string, std::less<>>;

struct JobPlace {
  std::string directory;  // where the job starts
  std::string run_id;
};

/// `NAME=value` for each entry, and the marker LIFECYCLE_AGENT_RUN by which strays of a run are found.
/// Errors: secret-gone, naming the variable.
[[nodiscard]] Result<std::vector<std::string>> fill_environment(const std::vector<plan::EnvEntry>& entries,
                                                                const KnownValues& values, const JobPlace& place);

/// The value of a variable in such a list; empty when it is not there.
[[nodiscard]] std::string_view find_variable(const std::vector<std::string>& environment, std::string_view name);

}  // namespace lifecycle::run
