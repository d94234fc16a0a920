// What is kept of a webhook's body: the fields that an event is made of, under their paths in the body.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lifecycle::forge {

enum class JsonKind { absent, null, flag, number, text, array, object };

/// The same whether the body came from a webhook's file or from an API's answer.
class PayloadFields {
 public:
  /// The text at a path; empty when it is absent or no text.
  [[nodiscard]] const std::string& text(std::string_view path) const;
  /// The first of two that is not empty.
  [[nodiscard]] const std::string& text(std::string_view path, std::string_view other) const;
  /// A whole number as digits, also one that is written as a text (`"7"`); empty otherwise.
  [[nodiscard]] std::string digits(std::string_view path) const;
  /// The same with a sign (`-10`).
  [[nodiscard]] std::string integer(std::string_view path) const;
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view path) const;
  [[nodiscard]] std::optional<bool> flag(std::string_view path) const;
  [[nodiscard]] JsonKind kind(std::string_view path) const;
  [[nodiscard]] bool has_object(std::string_view path) const { return kind(path) == JsonKind::object; }
  /// The texts at a path of a list (`pull_request.labels[].name`).
  [[nodiscard]] const std::vector<std::string>& texts(std::string_view path) const;
  /// The objects of a list whose elements are kept apart (`push.changes`), in order; the paths of their fields begin at
  /// the element (`new.name`). What is no object is left out.
  [[nodiscard]] const std::vector<PayloadFields>& elements(std::string_view path) const;
  /// Whether some list held more than is kept of one.
  [[nodiscard]] bool is_cut() const { return cut_; }

  void set(std::string_view path, JsonKind kind, std::string_view value = {});
  void add(std::string_view path, std::string_view value);
  void clear_list(std::string_view path);
  /// nullptr: the list is full. The reference lives until the next element of that list is added.
  PayloadFields* add_element(std::string_view path);
  void note_cut() { cut_ = true; }
  /// The first keys of the body, to say what was found where something else was expected.
  void add_key(std::string_view key);
  [[nodiscard]] const std::vector<std::string>& keys() const { return keys_; }

  JsonKind root = JsonKind::absent;

 private:
  struct Value {
    JsonKind kind = JsonKind::absent;
    std::string text;
  };
  [[nodiscard]] const Value* find(std::string_view path) const;

  std::map<std::string, Value, std::less<>> values_;
  std::map<std::string, std::vector<std::string>, std::less<>> lists_;
  std::map<std::string, std::vector<PayloadFields>, std::less<>> elements_;
  std::vector<std::string> keys_;
  bool cut_ = false;
};

/// Every path that is kept; the others are checked and forgotten. `[]` stands behind a list whose texts are kept, `[*]`
/// behind one whose elements are kept apart.
[[nodiscard]] std::span<const std::string_view> wanted_paths();

}  // namespace lifecycle::forge
