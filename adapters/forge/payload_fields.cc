#include "adapters/forge/payload_fields.h"

#include <algorithm>
#include <cassert>
#include <charconv>

#include "agent/base/ascii.h"

namespace lifecycle::forge {
namespace {

constexpr std::size_t list_limit = 256;
constexpr std::size_t elements_limit = 1000;
constexpr std::size_t keys_limit = 12;

/// The path itself, or that of an element's field (`new.name` of `push.changes[*].new.name`).
[[maybe_unused]] bool is_wanted(std::string_view path) {
  return std::ranges::any_of(wanted_paths(), [&](std::string_view wanted) {
    return wanted == path ||
           (wanted.ends_with(path) && wanted.substr(0, wanted.size() - path.size()).ends_with("[*]."));
  });
}

/// A path that is asked for and not collected would be empty for ever: a slip of ours.
void assert_wanted([[maybe_unused]] std::string_view path) { assert(is_wanted(path)); }

}  // namespace

const PayloadFields::Value* PayloadFields::find(std::string_view path) const {
  assert_wanted(path);
  const auto found = values_.find(path);
  return found == values_.end() ? nullptr : &found->second;
}

const std::string& PayloadFields::text(std::string_view path) const {
  static const std::string none;
  const Value* value = find(path);
  return value != nullptr && value->kind == JsonKind::text ? value->text : none;
}

const std::string& PayloadFields::text(std::string_view path, std::string_view other) const {
  const std::string& first = text(path);
  return first.empty() ? text(other) : first;
}

std::string PayloadFields::digits(std::string_view path) const {
  const std::string text = integer(path);
  return text.starts_with('-') ? std::string{} : text;
}

std::string PayloadFields::integer(std::string_view path) const {
  const Value* value = find(path);
  if (value == nullptr || (value->kind != JsonKind::number && value->kind != JsonKind::text)) return {};
  std::string_view digits = value->text;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  const bool whole = !digits.empty() && digits.size() <= 20 && std::ranges::all_of(digits, is_digit);
  return whole ? value->text : std::string{};
}

std::optional<std::int64_t> PayloadFields::number(std::string_view path) const {
  const std::string text = digits(path);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{}) return std::nullopt;
  return number;
}

std::optional<bool> PayloadFields::flag(std::string_view path) const {
  const Value* value = find(path);
  if (value == nullptr || (value->kind != JsonKind::flag && value->kind != JsonKind::text)) return std::nullopt;
  if (value->text == "true") return true;
  if (value->text == "false") return false;
  return std::nullopt;
}

JsonKind PayloadFields::kind(std::string_view path) const {
  const Value* value = find(path);
  return value == nullptr ? JsonKind::absent : value->kind;
}

const std::vector<std::string>& PayloadFields::texts(std::string_view path) const {
  static const std::vector<std::string> none;
  assert_wanted(path);
  const auto found = lists_.find(path);
  return found == lists_.end() ? none : found->second;
}

const std::vector<PayloadFields>& PayloadFields::elements(std::string_view path) const {
  static const std::vector<PayloadFields> none;
  const auto found = elements_.find(path);
  return found == elements_.end() ? none : found->second;
}

void PayloadFields::set(std::string_view path, JsonKind kind, std::string_view value) {
  auto place = values_.find(path);
  if (place == values_.end()) place = values_.try_emplace(std::string(path)).first;
  place->second.kind = kind;
  place->second.text = value;
}

void PayloadFields::add(std::string_view path, std::string_view value) {
  auto place = lists_.find(path);
  if (place == lists_.end()) place = lists_.try_emplace(std::string(path)).first;
  if (place->second.size() < list_limit) place->second.emplace_back(value);
}

void PayloadFields::clear_list(std::string_view path) {
  if (const auto found = lists_.find(path); found != lists_.end()) found->second.clear();
  if (const auto found = elements_.find(path); found != elements_.end()) found->second.clear();
}

PayloadFields* PayloadFields::add_element(std::string_view path) {
  auto place = elements_.find(path);
  if (place == elements_.end()) place = elements_.try_emplace(std::string(path)).first;
  if (place->second.size() == elements_limit) return nullptr;
  return &place->second.emplace_back();
}

void PayloadFields::add_key(std::string_view key) {
  const auto plain = [](char c) { return c == '_' || is_letter_or_digit(c); };
  if (keys_.size() < keys_limit && key.size() <= 40 && std::ranges::all_of(key, plain)) keys_.emplace_back(key);
}

}  // namespace lifecycle::forge
