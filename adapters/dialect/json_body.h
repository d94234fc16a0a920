// Bodies of requests and input of programs, as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace lifecycle::dialect {

using Json = nlohmann::ordered_json;

/// On one line; bytes that are no UTF-8 as U+FFFD.
[[nodiscard]] inline std::string json_body(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace lifecycle::dialect
