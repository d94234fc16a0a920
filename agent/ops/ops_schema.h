// The JSON Schema (draft 2020-12) of an ops.yml, made from the table of keys: completion, hover text and
// red lines in editors, and any other validator.
#pragma once

#include <string>

namespace lifecycle::ops {

/// The schema's text, indented, with a line end. It refuses what read_ops calls an error as far as a schema can
/// say it (not: duplicate keys, a second document, what a filter of a trigger contains, ports that are equal
/// as 8080 and "8080"); what is a warning stays valid.
[[nodiscard]] std::string ops_schema();

}  // namespace lifecycle::ops
