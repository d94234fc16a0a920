// What the mappings of the forges have in common when they make an event of a body.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/base/result.h"
#include "agent/event/lifecycle_event.h"

namespace lifecycle::forge {

/// The events of one delivery, in its order; none where it only repeats what another one tells.
using Events = Result<std::vector<event::Event>>;

/// 40 or 64 hex digits that are not all zero, in lower case; empty otherwise: a short hash names no commit for good.
[[nodiscard]] std::string full_sha(std::string_view text);

/// The move of one ref. A side that is empty or all zeros is not there.
struct RefUpdate {
  std::string_view ref;  // full
  std::string_view before;
  std::string_view after;
  /// What an annotated tag points at, where the body tells; empty: `after`.
  std::string_view commit = {};
};

/// Names (`push`, `create.branch`; `push.tag`, `create.tag`; `push.deleted`, `delete.tag` …), refs, shas and identity
/// of an event by which alone the forge tells of the move. False: the ref is neither a branch nor a tag, or does not
/// move.
[[nodiscard]] bool add_ref_update(event::Event& event, const RefUpdate& update);

/// The name, and before it the common one of the same meaning where there is one; then what follows from the name:
/// category and identity, as far as they follow from it.
void set_names(event::Event& event, std::string_view common, std::string_view own, std::string_view coarser = {});

/// `refs/heads/x` → x; anything else as it is.
[[nodiscard]] std::string short_branch(std::string_view ref);

/// The path's last part: the sha of a commit's page.
[[nodiscard]] std::string_view last_segment(std::string_view address);

}  // namespace lifecycle::forge
