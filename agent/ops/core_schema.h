// What an unquoted text means in YAML 1.2 (specification 10.3.2, core schema): `off`, `yes` and `1_000` are texts.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace lifecycle::ops {

enum class ScalarKind { null, boolean, integer, real, text };

[[nodiscard]] ScalarKind scalar_kind(std::string_view plain);

/// The value of an integer (decimal, 0o17, 0x1F); nothing beyond 64 bits.
[[nodiscard]] std::optional<std::int64_t> integer_value(std::string_view plain);

/// The same of a real without a fraction: `8080.0`, `8.08e3`.
[[nodiscard]] std::optional<std::int64_t> whole_value(std::string_view plain);

}  // namespace lifecycle::ops
