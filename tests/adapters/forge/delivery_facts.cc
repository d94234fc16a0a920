#include "tests/adapters/forge/delivery_facts.h"

#include <gtest/gtest.h>

#include "adapters/forge/delivery.h"
#include "adapters/forge/payload_reader.h"

namespace lifecycle::forge {

using event::Event;

std::vector<Event> map_all(const std::string& body, const std::string& webhook, const std::string& origin) {
  const auto fields = collect_payload(body).fields;
  auto events = map_delivery(delivery_of(webhook, origin, fields), fields);
  EXPECT_TRUE(events) << events.error().message;
  return events ? *std::move(events) : std::vector<Event>{};
}

Event row_event(const std::vector<DeliveryRow>& rows, const std::string& about) {
  for (const DeliveryRow& row : rows) {
    if (row.about != about) continue;
    auto events = map_all(row.body, row.webhook);
    return events.empty() ? Event{} : std::move(events.front());
  }
  ADD_FAILURE() << "no row " << about;
  return {};
}

std::string mismatch_of(const std::string& body, const std::string& webhook, const std::string& origin) {
  const auto fields = collect_payload(body).fields;
  const auto events = map_delivery(delivery_of(webhook, origin, fields), fields);
  EXPECT_FALSE(events) << "taken for " << webhook;
  return events ? std::string{} : events.error().message;
}

}  // namespace lifecycle::forge
