// The problem: find every occurrence of thousands of needles, overlapping ones too, and know at the end of each
// chunk the longest live prefix, at the speed of a pipe.
//
// Aho-Corasick answers both exactly in linear time, but every byte costs a dependent load (0.2 GB/s). Almost no
// byte of a log begins a secret, so the automaton sleeps at its root while GramFilter looks at every n-th place,
// and is walked from the earliest start that a suspicious place allows until it is back at its root. The last
// bytes of a chunk, which no sample covers, are walked too; so its state there is what it would have been.
// One short needle would make the stride small for all: short and long needles have a filter each.
//
// Cost: 16 bytes + 1 per node (a node per distinct prefix), two filters of at most 512 KiB.
#include "agent/mask/automaton_search.h"

#include <algorithm>
#include <cstring>

namespace lifecycle::mask {
namespace {

constexpr std::size_t short_needle = 12;

/// Joins the hit with earlier ones that it overlaps; hits come in the order of their ends.
void add_hit(std::vector<NeedleHit>& hits, NeedleHit hit) {
  while (!hits.empty() && hits.back().begin >= hit.begin) hits.pop_back();
  if (!hits.empty() && hits.back().end > hit.begin) {
    hits.back().end = hit.end;
  } else {
    hits.push_back(hit);
  }
}

/// What one filter found ahead: no needle of its begins before `place` − reach.
struct Suspicion {
  std::size_t place = 0;
  bool known = false;
  bool at_end = false;  // `place` and what follows cannot be sampled
};

Suspicion look_ahead(const GramFilter& filter, std::string_view bytes, std::size_t from) {
  const std::size_t place = filter.find(bytes, from);
  if (place != GramFilter::none) return {place, true, false};
  return {filter.first_unsampled(bytes.size(), from), true, true};
}

}  // namespace

AutomatonSearch::AutomatonSearch(std::vector<std::string_view> needles) {
  std::sort(needles.begin(), needles.end());
  needles.erase(std::unique(needles.begin(), needles.end()), needles.end());
  grow(needles);
  link();
  measure();
  const auto middle = std::partition(needles.begin(), needles.end(),
                                     [](std::string_view needle) { return needle.size() < short_needle; });
  const std::vector<std::string_view> brief(needles.begin(), middle);
  const std::vector<std::string_view> ample(middle, needles.end());
  if (!ample.empty()) filters_.emplace_back(ample);
  if (!brief.empty()) filters_.emplace_back(brief);
}

/// Builds the trie breadth first. A node stands for a range of the sorted needles that share its prefix.
void AutomatonSearch::grow(const std::vector<std::string_view>& needles) {
  struct Range {
    std::size_t first;
    std::size_t last;
  };
  std::vector<Range> ranges{{0, needles.size()}};
  nodes_.emplace_back();
  labels_.push_back(0);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const std::size_t depth = nodes_[i].depth;
    auto [at, last] = ranges[i];
    if (at < last && needles[at].size() == depth && depth > 0) {
      nodes_[i].longest_hit = static_cast<std::uint16_t>(depth);
      ++at;
    }
    nodes_[i].first_child = static_cast<std::uint32_t>(nodes_.size());
    while (at < last) {
      const auto label = static_cast<unsigned char>(needles[at][depth]);
      const std::size_t first = at;
      while (at < last && static_cast<unsigned char>(needles[at][depth]) == label) ++at;
      Node node;
      node.depth = static_cast<std::uint16_t>(depth + 1);
      nodes_.push_back(node);
      labels_.push_back(label);
      ranges.push_back({first, at});
      ++nodes_[i].child_count;
    }
  }
  for (std::uint32_t i = 0; i < nodes_[0].child_count; ++i) {
    root_[labels_[nodes_[0].first_child + i]] = nodes_[0].first_child + i;
  }
}

/// Sets the fallbacks and, through them, the needles that end inside longer ones.
void AutomatonSearch::link() {
  for (const Node parent : nodes_) {
    for (std::uint32_t i = 0; i < parent.child_count; ++i) {
      const std::uint32_t at = parent.first_child + i;
      Node& node = nodes_[at];
      node.fallback = node.depth == 1 ? 0 : step(parent.fallback, labels_[at]);
      if (node.longest_hit == 0) node.longest_hit = nodes_[node.fallback].longest_hit;
    }
  }
}

void AutomatonSearch::measure() {
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    std::size_t shortest = longest_needle + 1;
    for (std::uint32_t k = 0; k < nodes_[i].child_count; ++k) {
      const Node& below = nodes_[nodes_[i].first_child + k];
      const bool whole = below.longest_hit == below.depth;
      shortest = std::min<std::size_t>(shortest, whole ? below.depth : below.shortest_below);
    }
    nodes_[i].shortest_below = static_cast<std::uint16_t>(shortest);
  }
}

std::uint32_t AutomatonSearch::child(std::uint32_t node, unsigned char c) const {
  const Node& parent = nodes_[node];
  const unsigned char* labels = labels_.data() + parent.first_child;
  if (parent.child_count == 1) return labels[0] == c ? parent.first_child : 0;
  const auto* found = static_cast<const unsigned char*>(std::memchr(labels, c, parent.child_count));
  return found == nullptr ? 0 : parent.first_child + static_cast<std::uint32_t>(found - labels);
}

std::uint32_t AutomatonSearch::step(std::uint32_t node, unsigned char c) const {
  while (node != 0) {
    if (const std::uint32_t next = child(node, c); next != 0) return next;
    node = nodes_[node].fallback;
  }
  return root_[c];
}

/// Takes bytes from `from` on until the automaton is at its root at or after `at_least`; returns where.
std::size_t AutomatonSearch::walk(SearchCursor& cursor, std::string_view bytes, std::size_t from, std::size_t at_least,
                                  std::vector<NeedleHit>& hits) const {
  std::uint32_t node = cursor;
  std::size_t at = from;
  while (at < bytes.size() && (node != 0 || at < at_least)) {
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    node = node == 0 ? root_[byte] : step(node, byte);
    if (node == 0) continue;
    if (nodes_[node].longest_hit != 0) {
      const auto end = static_cast<std::ptrdiff_t>(at);
      add_hit(hits, {end - nodes_[node].longest_hit, end});
    }
    // A whole needle that nothing continues is no live prefix; what goes on is a suffix of it.
    while (nodes_[node].child_count == 0) node = nodes_[node].fallback;
  }
  cursor = node;
  return at;
}

void AutomatonSearch::scan(SearchCursor& cursor, std::string_view bytes, std::vector<NeedleHit>& hits) const {
  std::array<Suspicion, 2> suspicions{};
  std::size_t at = cursor == 0 ? 0 : walk(cursor, bytes, 0, 0, hits);
  while (at < bytes.size()) {
    // No needle is live and none began before `at`. `from`: where the first one may begin.
    std::size_t from = bytes.size();
    std::size_t at_least = bytes.size();
    for (std::size_t i = 0; i < filters_.size(); ++i) {
      const GramFilter& filter = filters_[i];
      Suspicion& next = suspicions[i];
      if (!next.known || (!next.at_end && next.place < at)) next = look_ahead(filter, bytes, at + filter.reach());
      const std::size_t start = std::max(at, next.place - filter.reach());
      if (start < from) {
        from = start;
        at_least = next.at_end ? bytes.size() : next.place + 1;
      }
    }
    at = walk(cursor, bytes, from, at_least, hits);
  }
}

void AutomatonSearch::live_prefixes(SearchCursor cursor, std::vector<LivePrefix>& prefixes) const {
  for (std::uint32_t node = cursor; node != 0; node = nodes_[node].fallback) {
    if (nodes_[node].child_count != 0) prefixes.push_back({nodes_[node].depth, nodes_[node].shortest_below});
  }
}

}  // namespace lifecycle::mask
