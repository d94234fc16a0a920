// What the platform makes of an event, by its primary name: its Insights count changes and deployments.
#pragma once

#include <string_view>

#include "agent/event/lifecycle_event.h"

namespace lifecycle::forge {

/// The state of a Data Center's `pr.reviewer.updated` by which nobody was asked for a review.
constexpr std::string_view reviewers_removed = "removed";

[[nodiscard]] event::Category category_of(std::string_view name);

/// The same, where one name does not mean the same on every forge, or not in every state.
[[nodiscard]] event::Category category_of(const event::Event& event);

}  // namespace lifecycle::forge
