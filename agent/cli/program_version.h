// What this program is, written when it was configured.
#pragma once

#include <string_view>

namespace lifecycle::cli {

struct ProgramVersion {
  std::string_view version;   // 0.1.0
  std::string_view commit;    // "unknown" in a source archive
  std::string_view compiler;  // "Clang 19.1.7"
};

[[nodiscard]] const ProgramVersion& program_version();

}  // namespace lifecycle::cli
