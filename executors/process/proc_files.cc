#include "executors/process/proc_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <memory>

#include "agent/os/file_descriptor.h"

namespace lifecycle::process {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

/// The entries of a directory that are numbers; nothing when it cannot be opened.
std::optional<std::vector<pid_t>> numbers_in(const std::string& path) {
  const std::unique_ptr<DIR, CloseDirectory> directory(::opendir(path.c_str()));
  if (!directory) return std::nullopt;
  std::vector<pid_t> numbers;
  while (const dirent* entry = ::readdir(directory.get())) {
    const std::string_view name(&entry->d_name[0]);
    pid_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error == std::errc{} && end == name.data() + name.size()) numbers.push_back(number);
  }
  return numbers;
}

std::string proc_path(pid_t pid, std::string_view file) {
  return "/proc/" + std::to_string(pid) + "/" + std::string(file);
}

template <class Number>
bool take_number(std::string_view& text, Number& number) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

}  // namespace

std::optional<std::string> read_kernel_file(const std::string& path) {
  const os::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return std::nullopt;
  std::string text;
  std::array<char, 4096> piece{};
  for (;;) {
    const ssize_t count = ::read(file.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
}

std::optional<ProcessInfo> parse_stat(std::string_view text) {
  ProcessInfo info;
  const auto open = text.find('(');
  const auto close = text.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::nullopt;
  auto head = text.substr(0, open);
  if (!take_number(head, info.pid)) return std::nullopt;
  info.name = text.substr(open + 1, close - open - 1);
  auto rest = text.substr(close + 1);
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  if (rest.empty()) return std::nullopt;
  info.state = rest.front();
  rest.remove_prefix(1);
  if (!take_number(rest, info.parent) || !take_number(rest, info.group) || !take_number(rest, info.session)) {
    return std::nullopt;
  }
  std::int64_t skipped = 0;
  constexpr int fields_between = 15;  // tty_nr … itrealvalue; starttime is field 22
  for (int i = 0; i < fields_between; ++i) {
    if (!take_number(rest, skipped)) return std::nullopt;
  }
  if (!take_number(rest, info.start)) return std::nullopt;
  return info;
}

std::optional<ProcessInfo> read_process(pid_t pid) {
  const auto text = read_kernel_file(proc_path(pid, "stat"));
  return text ? parse_stat(*text) : std::nullopt;
}

std::vector<pid_t> read_all_pids() { return numbers_in("/proc").value_or(std::vector<pid_t>{}); }

std::vector<pid_t> parse_pids(std::string_view text) {
  std::vector<pid_t> pids;
  while (!text.empty()) {
    pid_t pid = 0;
    if (take_number(text, pid)) {
      pids.push_back(pid);
    } else if (!text.empty()) {  // not what take_number has left behind the last number
      text.remove_prefix(1);
    }
  }
  return pids;
}

std::optional<std::vector<pid_t>> read_children(pid_t pid) {
  std::vector<pid_t> children;
  const auto threads = numbers_in(proc_path(pid, "task"));
  if (!threads) return children;  // has ended
  for (const pid_t thread : *threads) {
    const std::string path = proc_path(pid, "task/" + std::to_string(thread) + "/children");
    const auto text = read_kernel_file(path);
    if (!text && errno == ENOENT && ::access(proc_path(pid, "task/" + std::to_string(thread)).c_str(), F_OK) == 0) {
      return std::nullopt;
    }
    if (!text) continue;
    for (const pid_t child : parse_pids(*text)) children.push_back(child);
  }
  return children;
}

std::optional<std::string> read_variable(pid_t pid, std::string_view name) {
  const auto text = read_kernel_file(proc_path(pid, "environ"));
  if (!text) return std::nullopt;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const auto entry = rest.substr(0, rest.find('\0'));
    if (entry.size() > name.size() && entry.starts_with(name) && entry[name.size()] == '=') {
      return std::string(entry.substr(name.size() + 1));
    }
    rest.remove_prefix(entry.size() < rest.size() ? entry.size() + 1 : rest.size());
  }
  return std::nullopt;
}

}  // namespace lifecycle::process
