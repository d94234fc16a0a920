// Which event name a user meant who wrote one that its origin does not know.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace lifecycle::trigger {

/// Of the candidates the one with the same words in another order or form (`tag.created` → `create.tag`), the
/// one that a known synonym leads to (`pr.open` → `pull_request.opened`), the usual one of a noun that stands alone
/// or with a verb that it does not have (`release` → `release.published`, `fork.created` → `fork`), else the one
/// of the nearest noun by letters. Compares with all candidates: nothing for every line of a long file.
[[nodiscard]] std::optional<std::string_view> suggest_event(std::string_view typed,
                                                            std::span<const std::string_view> candidates);

/// Of a noun and a verb apart (`pull_request` and `merge`) the candidate with these words or their synonyms, in any
/// form; unlike above nothing is taken for it that only looks alike, since the verb may be a branch.
[[nodiscard]] std::optional<std::string_view> suggest_split_event(std::string_view typed_noun,
                                                                  std::string_view typed_verb,
                                                                  std::span<const std::string_view> candidates);

}  // namespace lifecycle::trigger
