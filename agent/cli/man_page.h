// lifecycle-agent(1), from the flag table.
#pragma once

#include <string>

namespace lifecycle::cli {

/// The page as troff source with the man macros.
[[nodiscard]] std::string man_page();

}  // namespace lifecycle::cli
