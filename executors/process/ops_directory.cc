// A mount point has to exist in the file system that everybody sees. It carries a mark (its mode) and each user holds a
// shared lock on it: whoever is the last to leave removes it, also one that a killed agent left behind. It must not go
// earlier: removing a directory detaches what is mounted on it in every other namespace (Linux 3.19).
#include "executors/process/ops_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "executors/process/start_error.h"

namespace lifecycle::process {
namespace {

constexpr mode_t mark = 01555;

bool is_same_directory(const std::string& a, const std::string& b) {
  std::error_code error;
  return std::filesystem::equivalent(a, b, error) && !error;
}

/// Holds the mount point while a job has it.
class MountPoint final : public OpsDirectory::Claim {
 public:
  MountPoint(std::string path, os::FileDescriptor held) : path_(std::move(path)), held_(std::move(held)) {}
  ~MountPoint() override {
    struct stat status{};
    const bool ours =
        ::fstat(held_.get(), &status) == 0 && (status.st_mode & 07777) == mark && status.st_uid == ::geteuid();
    if (ours && ::flock(held_.get(), LOCK_EX | LOCK_NB) == 0) ::rmdir(path_.c_str());
  }

 private:
  std::string path_;
  os::FileDescriptor held_;
};

/// Opens the mount point, made if need be, with its lock; nothing and errno otherwise.
os::FileDescriptor hold_mount_point(const std::string& path) {
  constexpr int tries = 20;  // another agent may remove it between the lines
  for (int i = 0; i < tries; ++i) {
    if (::mkdir(path.c_str(), 0755) == 0) {
      ::chmod(path.c_str(), mark);
    } else if (errno != EEXIST) {
      return {};
    }
    os::FileDescriptor held(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!held.is_open()) {
      if (errno == ENOENT) continue;
      return {};
    }
    if (::flock(held.get(), LOCK_SH) != 0) return {};
    struct stat named{};
    struct stat opened{};
    if (::lstat(path.c_str(), &named) == 0 && ::fstat(held.get(), &opened) == 0 && named.st_ino == opened.st_ino &&
        named.st_dev == opened.st_dev) {
      return held;
    }
  }
  errno = EBUSY;
  return {};
}

}  // namespace

/// The symbolic link, for as long as anyone uses it.
class OpsDirectory::Link {
 public:
  Link(std::string path, std::string target) : path_(std::move(path)), target_(std::move(target)) {}
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  ~Link() {
    std::error_code error;
    if (std::filesystem::read_symlink(path_, error) == target_ && !error) ::unlink(path_.c_str());
  }
  [[nodiscard]] const std::string& target() const { return target_; }

 private:
  std::string path_;
  std::string target_;
};

namespace {

template <class Shared>
class SharedClaim final : public OpsDirectory::Claim {
 public:
  explicit SharedClaim(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

 private:
  std::shared_ptr<Shared> shared_;
};

class NothingToDo final : public OpsDirectory::Claim {};

}  // namespace

bool OpsDirectory::may_mount() const {
  // Without root it takes a user namespace, which changes what the job may do (sudo, groups): not for a convenience.
  return options_.namespaces && ::geteuid() == 0;
}

OpsDirectory::Outcome OpsDirectory::link_to(const std::string& directory) {
  if (const auto link = link_.lock()) {
    if (link->target() != directory) return {nullptr, "another job that runs at the same time has it"};
    return {std::make_unique<SharedClaim<Link>>(link), ""};
  }
  if (::symlink(directory.c_str(), options_.path.c_str()) != 0) {
    const int error = errno;
    if (error == EEXIST) return {nullptr, "it exists, and mounting over it is not allowed here"};
    return {nullptr, "neither a mount nor a link is allowed here: " + system_reason(error)};
  }
  auto link = std::make_shared<Link>(options_.path, directory);
  link_ = link;
  return {std::make_unique<SharedClaim<Link>>(std::move(link)), ""};
}

OpsDirectory::Outcome OpsDirectory::claim(const std::string& directory) {
  if (is_same_directory(directory, options_.path)) return {std::make_unique<NothingToDo>(), ""};
  if (!may_mount()) return link_to(directory);
  os::FileDescriptor held = hold_mount_point(options_.path);
  if (!held.is_open()) {
    const int error = errno;
    return {nullptr, error == ENOTDIR || error == ELOOP ? "it exists and is no directory" : system_reason(error)};
  }
  auto claim = std::make_unique<MountPoint>(options_.path, std::move(held));
  claim->bind = directory;
  return {std::move(claim), ""};
}

}  // namespace lifecycle::process
