#include "agent/os/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <system_error>

#include "agent/os/file_descriptor.h"

extern char** environ;

namespace lifecycle::os {
namespace {

constexpr DiagnosticCode file_missing{
    "file-missing", "a file does not exist",
    "The path that was given, or that a variable names, has no file. Check the path; it is "
    "read relative to the directory in which the agent was started."};
constexpr DiagnosticCode file_unreadable{
    "file-unreadable", "a file could not be read",
    "The file is a directory, its permissions forbid reading, or the disk failed. The "
    "message holds the system's reason."};
constexpr DiagnosticCode file_too_large{
    "file-too-large", "a file is larger than is read",
    "Files are read up to a limit, so that memory stays bounded. The message names the limit."};
constexpr DiagnosticCode file_unwritable{
    "file-unwritable", "a file could not be written",
    "The directory is missing, its permissions forbid writing, or the disk is full. The "
    "message holds the system's reason."};
constexpr DiagnosticCode directory_unmakeable{
    "directory-unmakeable", "a directory could not be made",
    "A run keeps its jobs' directories under TMPDIR (default /tmp), which must be writable."};
constexpr DiagnosticCode directory_unremovable{
    "directory-unremovable", "a directory could not be removed",
    "A job left something that the agent may not remove (files of another user). "
    "The message names it."};

Diagnostic failed(const DiagnosticCode& code, const std::filesystem::path& path, std::string_view what, int error) {
  return {.code = code.code,
          .message = std::string(what) + " '" + path.string() + "': " + std::generic_category().message(error)};
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) {
    return fail(
        failed(errno == ENOENT || errno == ENOTDIR ? file_missing : file_unreadable, path, "cannot read", errno));
  }
  struct stat status{};
  if (::fstat(file.get(), &status) == 0 && S_ISDIR(status.st_mode)) {
    return fail(failed(file_unreadable, path, "cannot read", EISDIR));
  }
  std::string text;
  if (S_ISREG(status.st_mode) && status.st_size > 0 && static_cast<std::size_t>(status.st_size) <= limit) {
    text.reserve(static_cast<std::size_t>(status.st_size));
  }
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(failed(file_unreadable, path, "cannot read", errno));
    if (count == 0) return text;
    if (text.size() + static_cast<std::size_t>(count) > limit) {
      return fail({.code = file_too_large.code,
                   .message = "'" + path.string() + "' is larger than " + std::to_string(limit) + " bytes"});
    }
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

namespace {

/// How far a write came, and the system's error that ended it; 0: all is written.
struct Written {
  std::size_t bytes = 0;
  int error = 0;
};

Written write_bytes(int fd, std::string_view text) {
  Written written;
  while (written.bytes < text.size()) {
    const ssize_t count = ::write(fd, text.data() + written.bytes, text.size() - written.bytes);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      written.error = errno;
      break;
    }
    written.bytes += static_cast<std::size_t>(count);
  }
  return written;
}

Result<void> write_all(int fd, std::string_view text, const std::filesystem::path& path) {
  const Written written = write_bytes(fd, text);
  if (written.error != 0) return fail(failed(file_unwritable, path, "cannot write", written.error));
  return {};
}

/// The size of a regular file; nothing of a device or pipe, which cannot be cut.
std::optional<off_t> size_of(int fd) {
  struct stat status{};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return status.st_size;
}

}  // namespace

Result<void> write_file(const std::filesystem::path& path, std::string_view text, unsigned mode) {
  std::error_code ignored;
  // A device or pipe (/dev/stdout) is written as it is: a rename would put a file in its place.
  if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored)) {
    const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file.is_open()) return fail(failed(file_unwritable, path, "cannot write", errno));
    return write_all(file.get(), text, path);
  }
  std::string beside = path.string() + ".XXXXXX";
  FileDescriptor file(::mkostemp(beside.data(), O_CLOEXEC));
  if (!file.is_open()) return fail(failed(file_unwritable, path, "cannot write", errno));
  auto written = write_all(file.get(), text, path);
  if (written && ::fchmod(file.get(), mode) != 0) written = fail(failed(file_unwritable, path, "cannot write", errno));
  if (written && ::rename(beside.c_str(), path.c_str()) != 0) {
    written = fail(failed(file_unwritable, path, "cannot write", errno));
  }
  if (!written) ::unlink(beside.c_str());
  return written;
}

Result<void> append_file(const std::filesystem::path& path, std::string_view text) {
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
  if (!file.is_open()) return fail(failed(file_unwritable, path, "cannot write", errno));
  const auto before = size_of(file.get());
  const Written written = write_bytes(file.get(), text);
  if (written.error == 0) return {};
  Diagnostic error = failed(file_unwritable, path, "cannot write", written.error);
  if (before && written.bytes > 0) {
    // Another writer's text behind or before ours makes the sizes differ: then nothing of it is taken away.
    const bool ours_alone = size_of(file.get()) == *before + static_cast<off_t>(written.bytes);
    if (!ours_alone || ::ftruncate(file.get(), *before) != 0) {
      error.message += "; the " + std::to_string(written.bytes) + " bytes that were written stay at its end";
    }
  }
  return fail(std::move(error));
}

Environment own_environment() {
  Environment environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    environment.set(std::string(text.substr(0, equals)), std::string(text.substr(equals + 1)));
  }
  return environment;
}

Result<void> ensure_directory(const std::filesystem::path& path) {
  if (::mkdir(path.c_str(), 0700) == 0) return {};
  if (errno != EEXIST) return fail(failed(directory_unmakeable, path, "cannot make the directory", errno));
  struct stat status{};
  const bool is_directory = ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
  if (is_directory && (status.st_uid == ::geteuid() || status.st_uid == 0)) return {};
  return fail({.code = directory_unmakeable.code,
               .message = "cannot use '" + path.string() + "': found " +
                          (is_directory ? "a directory of another user" : "something else than a directory") +
                          " where the run's own was"});
}

Result<TemporaryDirectory> TemporaryDirectory::create(const std::filesystem::path& parent, std::string_view prefix) {
  std::string path = (parent / (std::string(prefix) + "XXXXXX")).string();
  if (::mkdtemp(path.data()) == nullptr) {
    return fail(failed(directory_unmakeable, parent, "cannot make a directory in", errno));
  }
  return TemporaryDirectory(std::filesystem::path(path));
}

TemporaryDirectory::TemporaryDirectory(TemporaryDirectory&& other) noexcept : path_(std::move(other.path_)) {
  other.path_.clear();
}

TemporaryDirectory& TemporaryDirectory::operator=(TemporaryDirectory&& other) noexcept {
  if (this != &other) {
    static_cast<void>(remove());
    path_ = std::move(other.path_);
    other.path_.clear();
  }
  return *this;
}

TemporaryDirectory::~TemporaryDirectory() { static_cast<void>(remove()); }

Result<void> TemporaryDirectory::remove() {
  if (path_.empty()) return {};
  const std::filesystem::path path = std::exchange(path_, {});
  std::error_code error;
  std::filesystem::remove_all(path, error);
  if (!error) return {};
  // Directories without write permission (go's module cache) keep what they hold: give it, then again.
  std::error_code ignored;
  const auto options = std::filesystem::directory_options::skip_permission_denied;
  std::filesystem::permissions(path, std::filesystem::perms::owner_all, std::filesystem::perm_options::add, ignored);
  for (auto entry = std::filesystem::recursive_directory_iterator(path, options, ignored);
       !ignored && entry != std::filesystem::recursive_directory_iterator(); entry.increment(ignored)) {
    std::error_code unchanged;
    if (entry->is_directory(unchanged) && !entry->is_symlink(unchanged)) {
      std::filesystem::permissions(entry->path(), std::filesystem::perms::owner_all, std::filesystem::perm_options::add,
                                   unchanged);
    }
  }
  std::filesystem::remove_all(path, error);
  if (!error) return {};
  return fail({.code = directory_unremovable.code,
               .severity = Severity::warning,
               .message = "cannot remove '" + path.string() + "': " + error.message()});
}

std::vector<DiagnosticCode> os_diagnostic_codes() {
  return {file_missing, file_unreadable, file_too_large, file_unwritable, directory_unmakeable, directory_unremovable};
}

}  // namespace lifecycle::os
