// An index over many triggers: which of them an event matches, without looking at all of them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "agent/event/lifecycle_event.h"
#include "agent/trigger/trigger.h"

namespace lifecycle::trigger {

/// Triggers without `*` in origin, repo and event lie in buckets by these three; the others are compared one
/// by one. Not for several threads while add is called.
class TriggerIndex {
 public:
  /// Returns the trigger's number: 0, 1, 2 … in the order of adding.
  std::size_t add(Trigger trigger);

  /// The numbers of the triggers that match, in rising order; the same as trying match on each.
  [[nodiscard]] std::vector<std::size_t> find(const event::Event& event) const;

  [[nodiscard]] const Trigger& at(std::size_t number) const { return triggers_[number]; }
  [[nodiscard]] std::size_t size() const { return triggers_.size(); }

 private:
  std::vector<Trigger> triggers_;
  std::unordered_map<std::string, std::vector<std::size_t>> exact_;
  std::vector<std::size_t> wildcards_;
};

}  // namespace lifecycle::trigger
