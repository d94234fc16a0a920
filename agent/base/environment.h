// The variables of a process as a value: read once at the rim, passed into the pure core.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace lifecycle {

class Environment {
 public:
  Environment() = default;
  explicit Environment(std::map<std::string, std::string, std::less<>> variables) : variables_(std::move(variables)) {}

  /// The value, also when it is empty; nothing when unset.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const {
    const auto found = variables_.find(name);
    if (found == variables_.end()) return std::nullopt;
    return found->second;
  }
  /// The value; empty when unset. Adapters treat set-but-empty as unset.
  [[nodiscard]] std::string_view get(std::string_view name) const { return find(name).value_or(std::string_view{}); }

  void set(std::string name, std::string value) { variables_.insert_or_assign(std::move(name), std::move(value)); }
  void unset(std::string_view name) {
    if (const auto found = variables_.find(name); found != variables_.end()) variables_.erase(found);
  }
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const { return variables_; }

 private:
  std::map<std::string, std::string, std::less<>> variables_;
};

}  // namespace lifecycle
