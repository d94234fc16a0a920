#include "adapters/forge/payload_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "agent/base/ascii.h"
#include "agent/base/utf8.h"

namespace lifecycle::forge {
namespace {

constexpr std::size_t list_text_limit = 1024;                      // a label of GitHub's has at most 50 characters
constexpr std::size_t element_bytes_limit = std::size_t{1} << 20;  // of all elements' texts together

/// The wanted paths as a tree: what lies below an unknown key costs nothing but its scan.
struct Node {
  struct Child {
    std::string_view name;
    int node;
  };
  std::string_view path;        // empty: the path only leads to wanted ones; inside an element it begins there
  std::string_view elements;    // of a list's element that is kept apart: the list's path
  std::vector<Child> children;  // in the order of is_before()
};

/// By length first: two names are seldom compared byte by byte.
bool is_before(const Node::Child& child, std::string_view name) {
  return child.name.size() != name.size() ? child.name.size() < name.size() : child.name < name;
}

constexpr int root_node = 0;
constexpr int nowhere = -1;

int child_of(const std::vector<Node>& tree, int node, std::string_view key) {
  if (node == nowhere) return nowhere;
  const auto& children = tree[static_cast<std::size_t>(node)].children;
  const auto found = std::lower_bound(children.begin(), children.end(), key, is_before);
  return found != children.end() && found->name == key ? found->node : nowhere;
}

int find_or_add(std::vector<Node>& tree, int node, std::string_view key) {
  const int found = child_of(tree, node, key);
  if (found != nowhere) return found;
  const int added = static_cast<int>(tree.size());
  tree.push_back({});
  auto& children = tree[static_cast<std::size_t>(node)].children;
  children.insert(std::lower_bound(children.begin(), children.end(), key, is_before), {key, added});
  return added;
}

std::vector<Node> make_tree() {
  std::vector<Node> tree(1);
  for (const std::string_view path : wanted_paths()) {
    int node = root_node;
    std::string_view own = path;
    for (std::string_view rest = path; !rest.empty();) {
      std::string_view key = rest.substr(0, rest.find('.'));
      rest.remove_prefix(std::min(rest.size(), key.size() + 1));
      const bool apart = key.ends_with("[*]");
      const bool list = apart || key.ends_with("[]");
      if (list) key.remove_suffix(apart ? 3 : 2);
      node = find_or_add(tree, node, key);
      if (list) node = find_or_add(tree, node, "[]");
      if (apart) tree[static_cast<std::size_t>(node)].elements = path.substr(0, path.find("[*]"));
      if (apart) own = rest;
    }
    tree[static_cast<std::size_t>(node)].path = own;
  }
  return tree;
}

const std::vector<Node>& tree() {
  static const std::vector<Node> made = make_tree();
  return made;
}

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
    level.next = level.headers ? child_of(tree(), level.node, lower_case(name)) : child_of(tree(), level.node, name);
    level.next_is_headers = levels_.size() == 1 && name == "headers";
  }

  void text(std::string_view text) override { scalar(JsonKind::text, text); }
  void number(std::string_view digits) override { scalar(JsonKind::number, digits); }
  void flag(bool value) override { scalar(JsonKind::flag, value ? "true" : "false"); }
  void null() override { scalar(JsonKind::null, {}); }
  void more_elements() override { body().note_cut(); }
  [[nodiscard]] bool wants_content() const override {
    const int node = levels_.back().node;
    return node != nowhere && !tree()[static_cast<std::size_t>(node)].children.empty();
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
    return node == nowhere ? std::string_view{} : tree()[static_cast<std::size_t>(node)].path;
  }

  static std::string_view elements_of(int node) {
    return node == nowhere ? std::string_view{} : tree()[static_cast<std::size_t>(node)].elements;
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
      level.next = child_of(tree(), level.node, "[]");
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
    const int element = child_of(tree(), node, "[]");
    if (element == nowhere) return;
    if (!elements_of(element).empty()) return fields().clear_list(elements_of(element));
    fields().clear_list(path_of(element));
    for (const auto& [name, child] : tree()[static_cast<std::size_t>(element)].children) {
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
