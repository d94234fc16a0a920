#include "adapters/forge/payload_reader.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "agent/base/ascii.h"
#include "agent/base/utf8.h"

namespace lifecycle::forge {
namespace {

constexpr std::size_t list_text_limit = 1024;                      // a label of GitHub's has at most 50 characters
constexpr std::size_t element_bytes_limit = std::size_t{1} << 20;  // of all elements' texts together

constexpr std::int16_t root_node = 0;
constexpr std::int16_t nowhere = -1;

struct Node {
  std::string_view name;
  std::string_view path;    // empty: it only leads to wanted ones; inside an element it begins there
  bool is_element = false;  // of a list whose elements are kept apart: `path` is the list's
  std::int16_t first_child = nowhere;
  std::int16_t next_sibling = nowhere;
};

/// The wanted paths as a tree: what lies below an unknown key costs nothing but its scan. It is made anew by every
/// program that reads a payload, so it is two small tables: its edges are found by a hash of parent and key.
class PathTree {
 public:
  PathTree() : edges_(edge_slots) {
    nodes_.reserve(wanted_paths().size() * 3 / 2);
    nodes_.push_back({});
    for (const std::string_view path : wanted_paths()) add_path(path);
  }

  [[nodiscard]] const Node& node(int node) const { return nodes_[static_cast<std::size_t>(node)]; }

  [[nodiscard]] int child_of(int node, std::string_view key) const {
    return node == nowhere ? nowhere : edges_[slot_of(node, key)].child;
  }

 private:
  struct Edge {
    std::int16_t parent = nowhere;
    std::int16_t child = nowhere;
  };

  /// A power of two, far above the number of the paths' parts, so that there is always an empty slot.
  static constexpr std::size_t edge_slots = 2048;

  static std::size_t hash_of(int node, std::string_view key) {
    std::uint32_t hash = 2166136261U ^ static_cast<std::uint32_t>(node);  // FNV-1a
    for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return (hash ^ (hash >> 15)) % edge_slots;
  }

  /// Where the edge is, or the empty slot where it would be.
  [[nodiscard]] std::size_t slot_of(int node, std::string_view key) const {
    std::size_t slot = hash_of(node, key);
    while (edges_[slot].child != nowhere &&
           (edges_[slot].parent != node || this->node(edges_[slot].child).name != key)) {
      slot = (slot + 1) % edge_slots;
    }
    return slot;
  }

  std::int16_t find_or_add(std::int16_t node, std::string_view key) {
    Edge& edge = edges_[slot_of(node, key)];
    if (edge.child != nowhere) return edge.child;
    const auto added = static_cast<std::int16_t>(nodes_.size());
    Node child{.name = key, .path = {}};
    child.next_sibling = std::exchange(nodes_[static_cast<std::size_t>(node)].first_child, added);
    nodes_.push_back(child);
    edge = {.parent = node, .child = added};
    return added;
  }

  void add_path(std::string_view path) {
    std::int16_t node = root_node;
    std::string_view own = path;
    for (std::string_view rest = path; !rest.empty();) {
      std::string_view key = rest.substr(0, rest.find('.'));
      rest.remove_prefix(std::min(rest.size(), key.size() + 1));
      const bool apart = key.ends_with("[*]");
      const bool list = apart || key.ends_with("[]");
      if (list) key.remove_suffix(apart ? 3 : 2);
      node = find_or_add(node, key);
      if (list) node = find_or_add(node, "[]");
      if (apart) {
        own = rest;
        nodes_[static_cast<std::size_t>(node)].path = path.substr(0, path.find("[*]"));
        nodes_[static_cast<std::size_t>(node)].is_element = true;
      }
    }
    nodes_[static_cast<std::size_t>(node)].path = own;
  }

  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
};

const PathTree& tree() {
  static const PathTree made;
  return made;
}

int child_of(int node, std::string_view key) { return tree().child_of(node, key); }

class Collector final : public JsonSink {
 public:
  void begin_object() override { begin(JsonKind::object); }
  void end_object() override { end(); }
  void begin_array() override { begin(JsonKind::array); }
  void end_array() override { end(); }

  void key(std::string_view name) override {
    Level& level = levels_.back();
    if (levels_.size() == 1) {
      top_key_ = std::string(name.substr(0, 8));
      outer_.add_key(name);
    }
    if (levels_.size() == 2 && in_body_) inner_.add_key(name);
    // A key that looks like the tree's mark of an element is none.
    if (name == "[]") {
      level.next = nowhere;
      return;
    }
    level.next = level.headers ? child_of(level.node, lower_case(name)) : child_of(level.node, name);
    level.next_is_headers = levels_.size() == 1 && name == "headers";
  }

  void text(std::string_view text) override { scalar(JsonKind::text, text); }
  void number(std::string_view digits) override { scalar(JsonKind::number, digits); }
  void flag(bool value) override { scalar(JsonKind::flag, value ? "true" : "false"); }
  void null() override { scalar(JsonKind::null, {}); }
  void more_elements() override { body().note_cut(); }
  [[nodiscard]] bool wants_content() const override {
    const int node = levels_.back().node;
    return node != nowhere && tree().node(node).first_child != nowhere;
  }

  PayloadFields take() {
    if (!wrapped_) return std::move(outer_);
    for (const std::string_view path : wanted_paths()) {
      if (!path.starts_with("headers.")) continue;
      for (const std::string& value : outer_.texts(path)) inner_.add(path, value);
      if (!outer_.text(path).empty()) inner_.set(path, JsonKind::text, outer_.text(path));
    }
    return std::move(inner_);
  }

 private:
  struct Level {
    int node = nowhere;
    int next = nowhere;                // of the value that comes
    PayloadFields* element = nullptr;  // that it lies in; nullptr: in none
    bool list = false;
    bool in_list = false;  // it or a level above it is a list: its texts are added, not set
    bool headers = false;  // names of headers compare without case
    bool next_is_headers = false;
  };

  PayloadFields& body() { return in_body_ ? inner_ : outer_; }

  /// Where the values of the innermost level go.
  PayloadFields& fields() {
    PayloadFields* const element = levels_.empty() ? nullptr : levels_.back().element;
    return element != nullptr ? *element : body();
  }

  static std::string_view path_of(int node) {
    if (node == nowhere || tree().node(node).is_element) return {};
    return tree().node(node).path;
  }

  static std::string_view elements_of(int node) {
    if (node == nowhere || !tree().node(node).is_element) return {};
    return tree().node(node).path;
  }

  int next_node() const {
    if (levels_.empty()) return root_node;
    return levels_.back().next;
  }

  void begin(JsonKind kind) {
    Level level;
    level.node = next_node();
    level.list = kind == JsonKind::array;
    if (levels_.empty()) {
      outer_.root = kind;
    } else {
      const Level& above = levels_.back();
      level.in_list = above.list || above.in_list;
      level.headers = above.next_is_headers;
      level.element = above.element;
      begin_body(kind, level);
      if (!elements_of(level.node).empty()) begin_element(kind, level);
      if (const auto path = path_of(level.node); !path.empty() && !level.in_list) fields().set(path, kind);
    }
    if (level.list) {
      level.next = child_of(level.node, "[]");
      clear_lists(level.node);
    }
    levels_.push_back(level);
  }

  /// No webhook has a key `body` of its own at the top: what it holds is a body that was wrapped.
  void begin_body(JsonKind kind, Level& level) {
    if (levels_.size() != 1 || kind != JsonKind::object || top_key_ != "body") return;
    in_body_ = wrapped_ = true;
    inner_ = PayloadFields{};
    inner_.root = kind;
    level.node = root_node;
  }

  /// An element that is kept apart is no list any more: its fields are set, not added.
  void begin_element(JsonKind kind, Level& level) {
    const std::string_view list = elements_of(level.node);
    const bool fits = kind == JsonKind::object && element_bytes_ < element_bytes_limit;
    level.element = fits ? body().add_element(list) : nullptr;
    level.in_list = false;
    if (level.element != nullptr) return;
    if (kind == JsonKind::object) body().note_cut();
    level.node = nowhere;
  }

  /// A key that stands twice: the last one counts, as for single values.
  void clear_lists(int node) {
    const int element = child_of(node, "[]");
    if (element == nowhere) return;
    if (!elements_of(element).empty()) return fields().clear_list(elements_of(element));
    fields().clear_list(path_of(element));
    for (int child = tree().node(element).first_child; child != nowhere; child = tree().node(child).next_sibling) {
      fields().clear_list(path_of(child));
    }
  }

  void end() {
    levels_.pop_back();
    if (levels_.size() == 1) in_body_ = false;
  }

  void scalar(JsonKind kind, std::string_view value) {
    if (levels_.empty()) {
      outer_.root = kind;
      return;
    }
    const auto path = path_of(next_node());
    if (path.empty()) return;
    const bool in_list = levels_.back().list || levels_.back().in_list;
    if (!in_list) {
      if (levels_.back().element != nullptr) {
        value = cut_utf8(value, list_text_limit);
        element_bytes_ += value.size() + path.size();
      }
      fields().set(path, kind, value);
    } else if (kind == JsonKind::text) {
      fields().add(path, cut_utf8(value, list_text_limit));
    }
  }

  PayloadFields outer_;
  PayloadFields inner_;
  std::vector<Level> levels_;
  std::string top_key_;
  std::size_t element_bytes_ = 0;
  bool in_body_ = false;
  bool wrapped_ = false;
};

}  // namespace

CollectedPayload collect_payload(const ReadBytes& read) {
  Collector collector;
  CollectedPayload collected;
  collected.fault = scan_json(read, collector);
  collected.fields = collector.take();
  return collected;
}

CollectedPayload collect_payload(std::string_view bytes) {
  return collect_payload([&bytes](std::span<char> buffer) {
    const std::size_t count = std::min(buffer.size(), bytes.size());
    if (count > 0) std::memcpy(buffer.data(), bytes.data(), count);
    bytes.remove_prefix(count);
    return count;
  });
}

}  // namespace lifecycle::forge
