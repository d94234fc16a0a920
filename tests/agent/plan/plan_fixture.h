// A plan made from the text of an ops.yml, with the few things around it that a row of a table changes.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "agent/plan/plan.h"

namespace lifecycle::plan {

class FixedSecrets final : public SecretIndex {
 public:
  std::map<std::string, std::size_t, std::less<>> sizes;
  std::map<std::string, std::string, std::less<>> troubles;

  [[nodiscard]] std::optional<std::string> provider_of(std::string_view name) const override;
  [[nodiscard]] std::vector<std::string> places() const override { return {"environment", "/run/secrets"}; }
  [[nodiscard]] std::size_t size_of(std::string_view name) const override;
  [[nodiscard]] std::string trouble_with(std::string_view name) const override;
};

class FixedPackages final : public PackageIndex {
 public:
  std::set<std::string, std::less<>> lacking;
  [[nodiscard]] bool has(std::string_view package) const override { return !lacking.contains(package); }
};

/// A push to main of github acme/app, the workspace /src/app and its ops.yml; every secret but those named
/// MISSING… is there.
struct Setting {
  event::Event event;
  std::vector<std::pair<std::string, std::string>> files;  // path and text
  Environment host;
  PlanOptions options;
  FixedSecrets secrets;
  FixedPackages packages;

  Setting();
  /// Adds `ops.yml` with this text.
  Setting& ops(std::string_view text);
  [[nodiscard]] Plan make() const;
};

[[nodiscard]] event::Event push_to_main();
[[nodiscard]] event::Event opened_change(std::optional<bool> fork);

/// The variable of a job; nothing when it is unset.
[[nodiscard]] const EnvEntry* find_variable(const PlannedJob& job, std::string_view name);

/// `source=value`, `source:kind` for what is filled in later, `unset`.
[[nodiscard]] std::string shown(const PlannedJob& job, std::string_view name);

/// `code` of each problem, joined by blanks.
[[nodiscard]] std::string codes(const Plan& plan);

}  // namespace lifecycle::plan
