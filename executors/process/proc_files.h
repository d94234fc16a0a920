// What /proc tells of processes; every answer is old when it arrives.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lifecycle::process {

struct ProcessInfo {
  pid_t pid = 0;
  pid_t parent = 0;
  pid_t group = 0;
  pid_t session = 0;
  char state = '?';         // R, S, D, T, Z …
  std::uint64_t start = 0;  // in ticks since boot: with pid the identity of a process
  std::string name;         // at most 15 bytes, may hold anything
  [[nodiscard]] bool has_ended() const { return state == 'Z' || state == 'X'; }
};

/// Reads the text of /proc/PID/stat (man proc_pid_stat): the name stands in parentheses and may hold some itself.
[[nodiscard]] std::optional<ProcessInfo> parse_stat(std::string_view text);

/// Nothing when there is no such process (any more).
[[nodiscard]] std::optional<ProcessInfo> read_process(pid_t pid);

/// All processes that this one may see.
[[nodiscard]] std::vector<pid_t> read_all_pids();

/// The children of all threads of a process; nothing where the kernel does not say (CONFIG_PROC_CHILDREN).
[[nodiscard]] std::optional<std::vector<pid_t>> read_children(pid_t pid);

/// The value of a variable in the environment that the process was started with; nothing when unset or unreadable.
[[nodiscard]] std::optional<std::string> read_variable(pid_t pid, std::string_view name);

/// Whole text of a small file of /proc or /sys; nothing when it cannot be read.
[[nodiscard]] std::optional<std::string> read_kernel_file(const std::string& path);

/// The numbers of a text of numbers, one per word.
[[nodiscard]] std::vector<pid_t> parse_pids(std::string_view text);

}  // namespace lifecycle::process
