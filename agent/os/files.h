// Reading and writing whole files at the rim; every failure is a Diagnostic with the path and the system's reason.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/environment.h"
#include "agent/base/result.h"

namespace lifecycle::os {

/// The bytes of a regular file or pipe of at most `limit` bytes. Errors: file-missing, file-unreadable
/// (directory, permission, i/o), file-too-large.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit);

/// Replaces the file by a new one beside it and a rename; mode 0644 (or `mode`). Errors: file-unwritable.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view text, unsigned mode = 0644);

/// Appends all or nothing (files that a CI reads: GITHUB_OUTPUT; half an entry would spoil the others): what a failed
/// write left at the end is cut off again, unless somebody else has appended since. Errors: file-unwritable.
[[nodiscard]] Result<void> append_file(const std::filesystem::path& path, std::string_view text);

/// This process's variables.
[[nodiscard]] Environment own_environment();

/// Makes a directory of a run (mode 0700) again where a job has removed it: `rm -rf /tmp/*` is a common step. Errors:
/// directory-unmakeable, also where by now something stands there that is no directory of ours or root's.
[[nodiscard]] Result<void> ensure_directory(const std::filesystem::path& path);

/// A directory of its own, mode 0700, under `parent`, removed with all it holds by the destructor
/// (also read-only subdirectories; links are not followed).
class TemporaryDirectory {
 public:
  /// Errors: directory-unmakeable.
  [[nodiscard]] static Result<TemporaryDirectory> create(const std::filesystem::path& parent, std::string_view prefix);
  TemporaryDirectory(TemporaryDirectory&& other) noexcept;
  TemporaryDirectory& operator=(TemporaryDirectory&& other) noexcept;
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Removes it now; what could not be removed is the error (directory-unremovable).
  Result<void> remove();

 private:
  explicit TemporaryDirectory(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

[[nodiscard]] std::vector<DiagnosticCode> os_diagnostic_codes();

}  // namespace lifecycle::os
