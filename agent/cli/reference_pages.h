// The parts of the documentation that come from the tables in the code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/base/result.h"

namespace lifecycle::cli {

/// A whole page.
struct ReferencePage {
  std::string path;  // from the root of the project: docs/flags.md
  std::string text;
};
[[nodiscard]] std::vector<ReferencePage> reference_pages();

/// A part between `<!-- generated: NAME -->` and `<!-- end generated -->` of a page that people write.
struct GeneratedPart {
  std::string_view name;
  std::string text;  // ends in a newline
};
[[nodiscard]] std::vector<GeneratedPart> generated_parts();

/// The page with its generated parts as they should be. The error says which marker has no part or no end.
[[nodiscard]] tl::expected<std::string, std::string> fill_generated(std::string_view page,
                                                                    const std::vector<GeneratedPart>& parts);

}  // namespace lifecycle::cli
