// What templates leave of a name that they do not know.
#pragma once

#include <string>
#include <string_view>

#include "agent/base/environment.h"
#include "agent/event/lifecycle_event.h"

namespace lifecycle::ci {

/// `{{ x }}`, `$(x)`, `${x}` as a whole, `$NAME`; in what is no free text also `{{ x }}` inside. A branch or a title
/// that comes from a CI's own variables is never asked: `$(id)` is a legal name of a branch.
[[nodiscard]] bool is_placeholder(std::string_view value, bool free_text);

/// `$NAME`, `${NAME}` or `${{NAME}}` of the variable itself: what a template leaves that was to map NAME to itself.
/// That much may be asked of a branch as well.
[[nodiscard]] bool is_own_placeholder(std::string_view value, std::string_view name);

/// The value of a variable that a template fills; empty, with a warning, where it was never filled in.
[[nodiscard]] std::string filled_text(const Environment& environment, std::string_view name, event::Event& event);

/// The same of a branch or a tag.
[[nodiscard]] std::string filled_ref_name(const Environment& environment, std::string_view name, event::Event& event);

/// The warning of it; `source` names the variable or flag.
[[nodiscard]] std::string placeholder_warning(std::string_view source);

}  // namespace lifecycle::ci
