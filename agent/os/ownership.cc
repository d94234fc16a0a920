#include "agent/os/ownership.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <string_view>

#include "agent/os/file_descriptor.h"

namespace lifecycle::os {
namespace {

constexpr int deepest = 256;  // of nested directories: bounds open descriptors against a hostile tree

struct Walk {
  uid_t owner;
  gid_t group;
  dev_t device;
  std::time_t since;
  std::size_t changed = 0;
};

void visit(Walk& walk, int directory, int depth);

void visit_entry(Walk& walk, int directory, const char* name, int depth) {
  struct stat status{};
  if (::fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0 || status.st_dev != walk.device) return;
  if (S_ISDIR(status.st_mode) && depth < deepest) {
    const int inner = ::openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (inner >= 0) visit(walk, inner, depth + 1);
  }
  // A second name of a file elsewhere is not ours to give away.
  const bool hard_link = !S_ISDIR(status.st_mode) && status.st_nlink > 1;
  if (status.st_uid != 0 || status.st_ctime < walk.since || hard_link) return;
  if (::fchownat(directory, name, walk.owner, walk.group, AT_SYMLINK_NOFOLLOW) == 0) ++walk.changed;
}

/// Takes over the descriptor.
void visit(Walk& walk, int directory, int depth) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(::fdopendir(directory), &::closedir);
  if (entries == nullptr) {
    ::close(directory);
    return;
  }
  while (const dirent* entry = ::readdir(entries.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") visit_entry(walk, ::dirfd(entries.get()), entry->d_name, depth);
  }
}

}  // namespace

std::size_t return_ownership(const std::filesystem::path& directory, std::chrono::system_clock::time_point since) {
  if (::geteuid() != 0) return 0;
  FileDescriptor root(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  struct stat status{};
  if (!root.is_open() || ::fstat(root.get(), &status) != 0 || status.st_uid == 0) return 0;
  Walk walk{status.st_uid, status.st_gid, status.st_dev, std::chrono::system_clock::to_time_t(since)};
  visit(walk, root.release(), 0);
  return walk.changed;
}

}  // namespace lifecycle::os
