// Which Debian packages are there: what a job's `packages` names and nobody installs here.
#pragma once

#include <string_view>

#include "agent/base/environment.h"
#include "agent/plan/plan.h"

namespace lifecycle::cli {

/// A package counts as there when dpkg lists its files, or PATH has a program of its name (images without dpkg).
class InstalledPackages final : public plan::PackageIndex {
 public:
  /// The environment outlives the index; `info` is dpkg's directory of file lists.
  explicit InstalledPackages(const Environment& environment, std::string_view info = "/var/lib/dpkg/info")
      : environment_(environment), info_(info) {}

  [[nodiscard]] bool has(std::string_view package) const override;

 private:
  const Environment& environment_;
  std::string_view info_;
};

}  // namespace lifecycle::cli
