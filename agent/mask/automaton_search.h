// Aho-Corasick over all needles, entered only where a filter says that a needle may begin.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "agent/mask/gram_filter.h"
#include "agent/mask/needle_search.h"

namespace lifecycle::mask {

class AutomatonSearch final : public NeedleSearch {
 public:
  static constexpr std::size_t longest_needle = 4096;

  /// The needles: each of 4 to longest_needle bytes. They need not outlive the search.
  explicit AutomatonSearch(std::vector<std::string_view> needles);

  void scan(SearchCursor& cursor, std::string_view bytes, std::vector<NeedleHit>& hits) const override;
  [[nodiscard]] std::uint32_t live_length(SearchCursor cursor) const override { return nodes_[cursor].depth; }
  void live_prefixes(SearchCursor cursor, std::vector<LivePrefix>& prefixes) const override;

 private:
  /// A prefix of a needle. Nodes lie in the order of their depth, so the children of one lie together.
  struct Node {
    std::uint32_t first_child = 0;
    std::uint32_t fallback = 0;        // the longest proper suffix of it that is a node
    std::uint16_t child_count = 0;     // 0: a needle that is no prefix of another
    std::uint16_t depth = 0;           // its length
    std::uint16_t longest_hit = 0;     // the longest needle that is a suffix of it, 0: none
    std::uint16_t shortest_below = 0;  // the shortest needle that it is a proper prefix of
  };

  void grow(const std::vector<std::string_view>& needles);
  void link();
  void measure();
  [[nodiscard]] std::uint32_t child(std::uint32_t node, unsigned char c) const;
  [[nodiscard]] std::uint32_t step(std::uint32_t node, unsigned char c) const;
  [[nodiscard]] std::size_t walk(SearchCursor& cursor, std::string_view bytes, std::size_t from, std::size_t at_least,
                                 std::vector<NeedleHit>& hits) const;

  std::vector<Node> nodes_;
  std::vector<unsigned char> labels_;  // the last byte of each node
  std::array<std::uint32_t, 256> root_{};
  std::vector<GramFilter> filters_;
};

}  // namespace lifecycle::mask
