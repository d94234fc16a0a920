// JSON as the program prints it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace lifecycle::cli {

/// Indented by two, ends in a newline. Bytes that are no UTF-8 become U+FFFD; never throws for them.
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& json);

}  // namespace lifecycle::cli
