// /ops, where jobs find their files on the platform: bound in a mount namespace of the job where that is allowed, else
// a symbolic link that exists only while the job runs. Nothing of it stays behind.
#pragma once

#include <memory>
#include <string>

#include "agent/os/file_descriptor.h"

namespace lifecycle::process {

class OpsDirectory {
 public:
  struct Options {
    std::string path = "/ops";
    bool namespaces = true;  // false: behave as where they are forbidden
  };

  explicit OpsDirectory(Options options) : options_(std::move(options)) {}

  /// A job's claim on the path; the destructor takes back what was made.
  class Claim {
   public:
    virtual ~Claim() = default;
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;
    /// The directory that the child is to bind to the path; empty: nothing to do in the child.
    std::string bind;

   protected:
    Claim() = default;
  };

  struct Outcome {
    std::unique_ptr<Claim> claim;
    std::string refusal;  // why there is none; empty: there is
  };

  /// Makes the path mean `directory` for one job.
  [[nodiscard]] Outcome claim(const std::string& directory);
  /// A child was refused its mount: from now on the path is a link. Asking beforehand would cost a process per run.
  void forbid_mounts() { options_.namespaces = false; }
  [[nodiscard]] const std::string& path() const { return options_.path; }

 private:
  class Link;
  [[nodiscard]] bool may_mount() const;
  [[nodiscard]] Outcome link_to(const std::string& directory);

  Options options_;
  std::weak_ptr<Link> link_;  // several jobs in the same directory share it
};

}  // namespace lifecycle::process
