#include "executors/process/cgroup.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "executors/process/proc_files.h"

namespace lifecycle::process {
namespace {

constexpr std::string_view name_prefix = "lifecycle-agent.";

std::string_view take_line(std::string_view& text) {
  const auto line = text.substr(0, text.find('\n'));
  text.remove_prefix(line.size() < text.size() ? line.size() + 1 : text.size());
  return line;
}

std::string_view take_word(std::string_view& line) {
  const auto word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size() < line.size() ? word.size() + 1 : line.size());
  return word;
}

/// mountinfo writes blanks and backslashes in names as three octal digits.
std::string decode_octal(std::string_view word) {
  std::string text;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] == '\\' && i + 3 < word.size()) {
      text += static_cast<char>((word[i + 1] - '0') * 64 + (word[i + 2] - '0') * 8 + (word[i + 3] - '0'));
      i += 3;
    } else {
      text += word[i];
    }
  }
  return text;
}

/// The path below the root of the hierarchy; nothing when it lies outside of what a container may see.
std::optional<std::string> own_path(std::string_view cgroup) {
  while (!cgroup.empty()) {
    auto line = take_line(cgroup);
    if (!line.starts_with("0::/")) continue;
    line.remove_prefix(3);
    if (line.starts_with("/..")) return std::nullopt;
    return std::string(line);
  }
  return std::nullopt;
}

struct Mount {
  std::string root;
  std::string point;
};

std::optional<Mount> cgroup2_mount(std::string_view mountinfo) {
  while (!mountinfo.empty()) {
    auto line = take_line(mountinfo);
    const auto separator = line.find(" - ");
    if (separator == std::string_view::npos || !line.substr(separator + 3).starts_with("cgroup2 ")) continue;
    for (int skipped = 0; skipped < 3; ++skipped) take_word(line);
    Mount mount;
    mount.root = decode_octal(take_word(line));
    mount.point = decode_octal(take_word(line));
    return mount;
  }
  return std::nullopt;
}

/// Groups that the job made below its own, the deepest first.
std::vector<std::string> groups_below(const std::string& path) {
  std::vector<std::string> groups;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator entry(path, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_directory(ignored)) groups.insert(groups.begin(), entry->path().string());
  }
  return groups;
}

}  // namespace

std::optional<std::string> cgroup_directory(std::string_view mountinfo, std::string_view cgroup) {
  const auto path = own_path(cgroup);
  const auto mount = cgroup2_mount(mountinfo);
  if (!path || !mount) return std::nullopt;
  if (mount->root == "/") return *path == "/" ? mount->point : mount->point + *path;
  if (*path == mount->root) return mount->point;
  if (!path->starts_with(mount->root + "/")) return std::nullopt;
  return mount->point + path->substr(mount->root.size());
}

std::string cgroup_name(pid_t agent, int number) {
  return std::string(name_prefix) + std::to_string(agent) + "." + std::to_string(number);
}

void remove_stale_cgroups(const std::string& parent) {
  std::error_code error;
  for (std::filesystem::directory_iterator entry(parent, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with(name_prefix)) continue;
    const auto agent = parse_pids(std::string_view(name).substr(name_prefix.size()));
    if (agent.empty() || ::kill(agent.front(), 0) == 0 || errno != ESRCH) continue;
    ::rmdir(entry->path().c_str());  // refused while a process is in it
  }
}

std::optional<Cgroup> Cgroup::make(const std::string& parent, const std::string& name) {
  std::string path = parent + "/" + name;
  if (::mkdir(path.c_str(), 0755) != 0) return std::nullopt;
  os::FileDescriptor procs(::open((path + "/cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC));
  if (!procs.is_open()) {
    ::rmdir(path.c_str());
    return std::nullopt;
  }
  return Cgroup(std::move(path), std::move(procs));
}

Cgroup::~Cgroup() {
  if (!procs_.is_open()) return;
  procs_.reset();
  // Below a killed tree the kernel may need a moment until the last group counts as empty.
  for (int tries = 0; ::rmdir(path_.c_str()) != 0 && errno == EBUSY && tries < 5; ++tries) {
    for (const std::string& group : groups_below(path_)) ::rmdir(group.c_str());
    ::usleep(500);
  }
}

void Cgroup::take(pid_t process) const {
  const std::string text = std::to_string(process);
  [[maybe_unused]] const auto written = ::write(procs_.get(), text.data(), text.size());
}

std::vector<pid_t> Cgroup::pids() const {
  auto pids = parse_pids(read_kernel_file(path_ + "/cgroup.procs").value_or(""));
  for (const std::string& group : groups_below(path_)) {
    for (const pid_t pid : parse_pids(read_kernel_file(group + "/cgroup.procs").value_or(""))) pids.push_back(pid);
  }
  return pids;
}

bool Cgroup::kill() const {
  const os::FileDescriptor file(::open((path_ + "/cgroup.kill").c_str(), O_WRONLY | O_CLOEXEC));
  return file.is_open() && ::write(file.get(), "1", 1) == 1;
}

}  // namespace lifecycle::process
