// What is refused before YAML is parsed at all: sizes, bytes that are no text.
#pragma once

#include "agent/ops/findings.h"
#include "agent/ops/source_text.h"

namespace lifecycle::ops {

inline constexpr std::size_t most_yaml_bytes = std::size_t{4} << 20U;
inline constexpr std::size_t most_yaml_nodes = 100'000;
/// Texts that aliases repeat, beyond the file itself: each is copied wherever it is used.
inline constexpr std::size_t most_repeated_bytes = std::size_t{4} << 20U;
inline constexpr std::size_t most_yaml_depth = 64;

/// False, and the first reason in `findings`, when the text must not reach the parser.
[[nodiscard]] bool check_yaml_bytes(const SourceText& source, Findings& findings);

}  // namespace lifecycle::ops
