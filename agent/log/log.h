// What the agent says of its own doings, for whoever looks for a fault (--log-level). Off unless started; then
// plain lines on stderr, each through the mask.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace lifecycle::log {

enum class Level { trace, debug, info, warn, error, off };

/// Nothing for a word that is no level.
[[nodiscard]] std::optional<Level> parse_level(std::string_view word);

/// Takes secrets out of a line before it is written.
using Mask = std::function<std::string(std::string_view)>;

/// From now on messages of `level` and above are written. Before the first call nothing is initialised and
/// every message is dropped. Not thread-safe: call it from main.
void start(Level level);

/// Replaces the mask; it must live as long as messages are written, and be callable from any thread.
void set_mask(Mask mask);

[[nodiscard]] bool is_enabled(Level level);

/// Any thread. Control bytes of the message are shown as \xNN, so that a line stays one line.
void write(Level level, std::string_view message);

}  // namespace lifecycle::log
