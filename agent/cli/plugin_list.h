// A list or map among a plugin's settings, as Drone and Woodpecker hand it over in one variable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lifecycle::cli {

/// Scalars of a list are joined by commas, everything else is JSON (Woodpecker docs, "Creating plugins": settings);
/// lines of a block text are its entries. `assignments`: a map becomes KEY=VALUE entries, and a comma belongs to the
/// value unless another KEY= follows it.
[[nodiscard]] std::vector<std::string> read_plugin_list(std::string_view text, bool assignments);

}  // namespace lifecycle::cli
