// Addresses of pages on a forge (a commit, a pull request) and refs of changes: which forge it is, and which number.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "agent/event/lifecycle_event.h"

namespace lifecycle::ci {

/// The forge that alone makes refs of this form: refs/merge-requests/7/head is GitLab's, refs/pull-requests/7/from
/// Bitbucket's. refs/pull/7/head is several forges'; empty.
[[nodiscard]] std::string_view origin_of_change_ref(std::string_view ref);

/// `refs/pull/7/head` → 7, in any forge's form; nothing for a branch whose name holds a number.
[[nodiscard]] std::optional<std::int64_t> number_of_change_ref(std::string_view ref);

/// `https://…/pull-requests/7` → 7, in any forge's form.
[[nodiscard]] std::optional<std::int64_t> number_of_change_page(std::string_view address);

/// Origin and host of a page, where the event does not know them yet: by the host, else by the form of the path
/// (`/-/` is GitLab's, `/projects/KEY/repos/NAME/` is Bitbucket Data Center's), else guessed, with a warning.
void add_page(event::Event& event, std::string_view address);

}  // namespace lifecycle::ci
