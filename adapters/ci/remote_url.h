// The address of a git remote → forge, host and repository. Pure; user and password are dropped before all else.
#pragma once

#include <string>
#include <string_view>

namespace lifecycle::ci {

struct RemoteFacts {
  enum class Origin { unknown, guessed, certain };

  std::string origin;  // github …; empty: nothing tells
  Origin certainty = Origin::unknown;
  std::string host;  // lower case, with the web port if it is not the scheme's own
  std::string repo;  // as a trigger names it; empty: open
  /// Why the repository stays open ("it is a path"); empty: it does not.
  std::string repo_problem;
};

/// `known_origin` is the forge that somebody else told, as a CI's own plugin for it does: it reads a path that a host
/// of one's own would leave open. A host that is known for sure stands above it.
[[nodiscard]] RemoteFacts parse_remote(std::string_view url, std::string_view known_origin = {});

}  // namespace lifecycle::ci
