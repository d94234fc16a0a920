// Which webhook a name means, and the names of the event that it tells: GitHub's vocabulary, which Gitea and Forgejo
// share but for a few words of their own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/forge/payload_fields.h"

namespace lifecycle::forge {

/// `[A-Za-z0-9_.-]{1,100}`: what a part of a name may hold. Text from outside becomes a name by this rule only.
[[nodiscard]] bool is_name_word(std::string_view word);

/// 40 or 64 zeros: the sha of a ref that is not there (of SHA-1 and of SHA-256 repositories).
[[nodiscard]] bool is_zero_sha(std::string_view sha);

/// A delivery by which a forge tries whether the webhook is heard: `ping`, Bitbucket Data Center's `diagnostics.ping`.
/// No event, so it has no names.
[[nodiscard]] bool is_ping(std::string_view name);

/// Webhooks without an action (GitHub docs, "Webhook events and payloads"), and `schedule`, which is no webhook: a body
/// that holds one all the same is somebody's own.
[[nodiscard]] bool has_no_action(std::string_view kind);

struct Webhook {
  std::string kind;    // pull_request, pull_request_review …
  std::string action;  // as the body says; empty: none, or not a word
  std::string state;   // what stands in the place of an action that only says "it happened"
  /// True when that state is told by the event's own header (Gitea: pull_request_approved), not by the body.
  bool state_by_name = false;
};

/// `name` is the event header or the CI's event name: pull_request_target is the webhook pull_request, and Gitea's
/// finer words (pull_request_sync, issue_label) are their coarser ones.
[[nodiscard]] Webhook read_webhook(std::string_view name, std::string_view origin, const PayloadFields& fields);

/// All names, the primary first; none for ping and for a webhook whose name is not a word.
[[nodiscard]] std::vector<std::string> webhook_names(const Webhook& webhook, const PayloadFields& fields);

/// The state that a name given without a body holds: `failure` of deployment_status.failure; empty where the last word
/// is an action.
[[nodiscard]] std::string state_in_name(std::string_view kind, std::string_view last_word);

}  // namespace lifecycle::forge
