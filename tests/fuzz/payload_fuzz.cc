// A webhook's body of any bytes: no crash, and names only of the characters that a trigger may hold.
// The first byte picks the webhook and the origin (or leaves both to the body), the rest is the body. Of any text a
// time is RFC 3339 or none.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "adapters/forge/delivery.h"
#include "adapters/forge/payload_reader.h"
#include "adapters/forge/payload_shape.h"
#include "adapters/forge/payload_time.h"
#include "adapters/forge/webhook_name.h"
#include "agent/event/event_json.h"
#include "agent/event/event_key.h"
#include "agent/event/event_ref.h"

namespace {

struct Told {
  std::string_view webhook;
  std::string_view origin;
};

// clang-format off
constexpr auto told = std::to_array<Told>({
    {"push", "github"},
    {"create", "github"},
    {"delete", "github"},
    {"pull_request", "github"},
    {"pull_request_target", "github"},
    {"pull_request_review", "github"},
    {"pull_request_review_comment", "github"},
    {"pull_request_comment", "github"},
    {"issues", "github"},
    {"issue_comment", "github"},
    {"release", "github"},
    {"deployment", "github"},
    {"deployment_status", "github"},
    {"deployment_review", "github"},
    {"status", "github"},
    {"check_run", "github"},
    {"check_suite", "github"},
    {"workflow_run", "github"},
    {"workflow_job", "github"},
    {"merge_group", "github"},
    {"repository_dispatch", "github"},
    {"watch", "github"},
    {"push", "gitea"},
    {"create", "gitea"},
    {"delete", "gitea"},
    {"pull_request", "gitea"},
    {"pull_request_target", "gitea"},
    {"pull_request_review", "gitea"},
    {"pull_request_review_comment", "gitea"},
    {"pull_request_comment", "gitea"},
    {"issues", "gitea"},
    {"issue_comment", "gitea"},
    {"release", "gitea"},
    {"deployment", "gitea"},
    {"deployment_status", "gitea"},
    {"deployment_review", "gitea"},
    {"status", "gitea"},
    {"check_run", "gitea"},
    {"check_suite", "gitea"},
    {"workflow_run", "gitea"},
    {"workflow_job", "gitea"},
    {"merge_group", "gitea"},
    {"repository_dispatch", "gitea"},
    {"watch", "gitea"},
    {"Push Hook", "gitlab"},
    {"Merge Request Hook", "gitlab"},
    {"", "gitlab"},
    {"repo:push", "bitbucket"},
    {"repo:refs_changed", "bitbucket"},
    {"pullrequest:created", "bitbucket"},
    {"pullrequest:updated", "bitbucket"},
    {"pr:merged", "bitbucket"},
    {"repo:commit_status_created", "bitbucket"},
    {"", "bitbucket"},
    {"git.push", "azure"},
    {"", "azure"},
    {"", ""},
});
// clang-format on

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

/// What a mapping has made of a body.
void check_event(const lifecycle::event::Event& event) {
  using namespace lifecycle;
  for (const std::string& name : event.names) {
    // The webhook's name, which may be a text of the body's, and one word of it.
    require(!name.empty() && name.size() <= 240);
    for (std::string_view rest = name; !rest.empty(); rest.remove_prefix(std::min<std::size_t>(rest.size(), 100))) {
      require(forge::is_name_word(rest.substr(0, 100)));
    }
  }
  const auto json = event::to_json(event);
  const auto again = event::event_from_json(json);
  require(again.has_value() && event::to_json(*again) == json && !json.dump().empty());
  (void)event::is_from_fork(event);
  (void)event::environment_ref(event);
  (void)event::filter_ref(event);
  (void)event::forge_key(event);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace lifecycle;
  if (size == 0) return 0;
  const Told& row = told[data[0] % told.size()];
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string time = forge::to_rfc3339(body);
  require(time.empty() || (forge::to_rfc3339(time) == time && !forge::key_second(time).empty()));
  const auto collected = forge::collect_payload(body);
  (void)forge::webhook_by_shape(collected.fields);
  const auto events =
      forge::map_delivery(forge::delivery_of(row.webhook, row.origin, collected.fields), collected.fields);
  require(events.has_value() || events.error().code == "payload-mismatch");
  if (!events) return 0;
  require(events->size() <= 1000);
  for (const event::Event& event : *events) check_event(event);
  return 0;
}
