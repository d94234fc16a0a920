// A webhook of GitHub's form (GitHub, Enterprise Server, Gitea, Forgejo) as a lifecycle event: a pure function over
// the fields that were kept of its body.
#pragma once

#include <string_view>
#include <vector>

#include "adapters/forge/payload_fields.h"
#include "agent/base/result.h"
#include "agent/event/lifecycle_event.h"

namespace lifecycle::forge {

/// What the body tells: names, category, identity, and every fact that it holds; `ci`, `run` and `payload` stay open.
/// Errors: payload-mismatch, when what the webhook of that name must hold is not there.
[[nodiscard]] Result<event::Event> map_github(std::string_view name, std::string_view origin,
                                              const PayloadFields& fields);

/// The names, kind, action, state and category of a webhook without a body: what its name alone tells.
[[nodiscard]] event::Event map_github_name(std::string_view name, std::string_view origin);

/// `refs/heads/x` → branch, `refs/tags/x` → tag, one prefix only; other refs set neither.
void set_ref(event::Event& event, std::string_view ref);

/// Host of an http address in lower case, with a port that is not the scheme's own; empty when it is none.
[[nodiscard]] std::string host_of(std::string_view address);

[[nodiscard]] std::vector<DiagnosticCode> forge_diagnostic_codes();

}  // namespace lifecycle::forge
