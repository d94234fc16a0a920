#include "agent/event/known_names.h"

#include <algorithm>
#include <array>

#include "agent/event/known_tables.h"

namespace lifecycle::event {
namespace {

struct OriginRow {
  std::string_view origin;
  std::span<const KnownName> (*names)();
};

constexpr std::array<OriginRow, 7> origin_rows{{{"github", github_names},
                                                {"gitlab", gitlab_names},
                                                {"bitbucket", bitbucket_names},
                                                {"gitea", gitea_names},
                                                {"forgejo", forgejo_names},
                                                {"azure", azure_names},
                                                {"codecommit", codecommit_names}}};

constexpr std::array<std::string_view, origin_rows.size()> origins = [] {
  std::array<std::string_view, origin_rows.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = origin_rows[i].origin;
  return all;
}();

/// The caller of repository_dispatch chooses the rest of the name (GitHub docs, "Create a repository dispatch event").
constexpr std::string_view open_ended = "repository_dispatch.";

}  // namespace

std::span<const KnownName> known_names(std::string_view origin) {
  const auto row = std::ranges::find(origin_rows, origin, &OriginRow::origin);
  return row == origin_rows.end() ? std::span<const KnownName>{} : row->names();
}

std::span<const std::string_view> known_origins() { return origins; }

bool is_known_name(std::string_view origin, std::string_view name) {
  const auto names = known_names(origin);
  if (names.empty()) return false;
  if (name.starts_with(open_ended) && name.size() > open_ended.size()) return true;
  return std::ranges::find(names, name, &KnownName::name) != names.end();
}

}  // namespace lifecycle::event
