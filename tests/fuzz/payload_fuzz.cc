// A webhook's body of any bytes: no crash, and names only of the characters that a trigger may hold.
// The first byte picks the webhook and the origin, the rest is the body.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "adapters/forge/github_payload.h"
#include "adapters/forge/payload_reader.h"
#include "adapters/forge/payload_shape.h"
#include "adapters/forge/webhook_name.h"
#include "agent/event/event_json.h"
#include "agent/event/event_key.h"
#include "agent/event/event_ref.h"

namespace {

constexpr std::array<std::string_view, 22> webhooks{"push",
                                                    "create",
                                                    "delete",
                                                    "pull_request",
                                                    "pull_request_target",
                                                    "pull_request_review",
                                                    "pull_request_review_comment",
                                                    "pull_request_comment",
                                                    "issues",
                                                    "issue_comment",
                                                    "release",
                                                    "deployment",
                                                    "deployment_status",
                                                    "deployment_review",
                                                    "status",
                                                    "check_run",
                                                    "check_suite",
                                                    "workflow_run",
                                                    "workflow_job",
                                                    "merge_group",
                                                    "repository_dispatch",
                                                    "watch"};

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lifecycle;
  if (size == 0) return 0;
  const std::string_view webhook = webhooks[data[0] % webhooks.size()];
  const std::string_view origin = data[0] >= 128 ? "gitea" : "github";
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto collected = forge::collect_payload(body);
  (void)forge::webhook_by_shape(collected.fields);
  const auto event = forge::map_github(webhook, origin, collected.fields);
  if (!event) return 0;
  require(!event->names.empty());
  for (const std::string& name : event->names) {
    // The webhook's name and one word of the body.
    require(name.size() <= webhook.size() + 101 + std::string_view("pull_request_review").size());
    for (std::string_view rest = name; !rest.empty(); rest.remove_prefix(std::min<std::size_t>(rest.size(), 100))) {
      require(forge::is_name_word(rest.substr(0, 100)));
    }
  }
  const auto json = event::to_json(*event);
  const auto again = event::event_from_json(json);
  require(again.has_value() && event::to_json(*again) == json && !json.dump().empty());
  (void)event::is_from_fork(*event);
  (void)event::environment_ref(*event);
  (void)event::filter_ref(*event);
  (void)event::forge_key(*event);
  return 0;
}
