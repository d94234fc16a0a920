// Limits of Linux that a workflow meets.
#pragma once

#include <cstddef>

namespace lifecycle {

/// The longest `NAME=value`, and the longest argument, that exec takes: 32 pages of 4 KiB with the NUL
/// (MAX_ARG_STRLEN).
inline constexpr std::size_t longest_exec_string = 131071;

}  // namespace lifecycle
