// The doctor's findings and the settings for people and for programs.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "agent/cli/render_diagnostic.h"
#include "agent/cli/settings.h"
#include "agent/doctor/finding.h"
#include "agent/doctor/world.h"

namespace lifecycle::cli {

[[nodiscard]] std::string findings_text(const std::vector<doctor::Finding>& findings, Paint paint);

/// Every setting with its effective value and its source. Tokens and the values of --env are not shown.
[[nodiscard]] std::string settings_text(const Settings& settings);

/// lifecycle-agent/doctor/1
[[nodiscard]] nlohmann::ordered_json doctor_json(const doctor::World& world,
                                                 const std::vector<doctor::Finding>& findings,
                                                 const Settings& settings);

}  // namespace lifecycle::cli
