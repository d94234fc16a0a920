// The events of a body, for the tests of what each forge's bodies tell.
#pragma once

#include <string>
#include <vector>

#include "agent/event/lifecycle_event.h"
#include "tests/adapters/forge/delivery_rows.h"

namespace lifecycle::forge {

[[nodiscard]] std::vector<event::Event> map_all(const std::string& body, const std::string& webhook = "",
                                                const std::string& origin = "");

/// The first event of the row that is told by these words.
[[nodiscard]] event::Event row_event(const std::vector<DeliveryRow>& rows, const std::string& about);

/// What is said of a body that is not that webhook's.
[[nodiscard]] std::string mismatch_of(const std::string& body, const std::string& webhook,
                                      const std::string& origin = "");

}  // namespace lifecycle::forge
