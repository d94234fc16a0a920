#include "agent/mask/needle_set.h"

#include <algorithm>
#include <string_view>

#include "agent/mask/automaton_search.h"

namespace lifecycle::mask {
namespace {

/// A long needle as pieces that touch or overlap: together they cover what it covers, and what is held back
/// for it stays bounded.
void add_pieces(std::string_view needle, std::vector<std::string_view>& pieces) {
  constexpr std::size_t longest = AutomatonSearch::longest_needle;
  std::size_t at = 0;
  for (; at + longest < needle.size(); at += longest) pieces.push_back(needle.substr(at, longest));
  pieces.push_back(needle.substr(needle.size() - std::min(longest, needle.size())));
}

}  // namespace

NeedleSet::NeedleSet(const std::vector<std::string>& needles) {
  if (needles.empty()) return;
  std::vector<std::string_view> pieces;
  for (const std::string& needle : needles) add_pieces(needle, pieces);
  search_ = std::make_unique<AutomatonSearch>(std::move(pieces));
}

}  // namespace lifecycle::mask
