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
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view path) const;
  [[nodiscard]] std::optional<bool> flag(std::string_view path) const;
  [[nodiscard]] JsonKind kind(std::string_view path) const;
  [[nodiscard]] bool has_object(std::string_view path) const { return kind(path) == JsonKind::object; }
  /// The texts at a path of a list (`pull_request.labels[].name`).
  [[nodiscard]] const std::vector<std::string>& texts(std::string_view path) const;

  void set(std::string_view path, JsonKind kind, std::string_view value = {});
  void add(std::string_view path, std::string_view value);
  void clear_list(std::string_view path);
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
  std::vector<std::string> keys_;
};

/// Every path that is kept; the others are checked and forgotten.
[[nodiscard]] std::span<const std::string_view> wanted_paths();

}  // namespace lifecycle::forge
