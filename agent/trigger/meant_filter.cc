#include "agent/trigger/meant_filter.h"

#include <algorithm>
#include <array>
#include <string>

#include "agent/base/nearest_name.h"

namespace lifecycle::trigger {
namespace {

constexpr std::array<std::string_view, 3> branch_words{"branch", "branches", "target"};

bool is_branch_word(std::string_view text) { return std::ranges::find(branch_words, text) != branch_words.end(); }

Filter filter_of(const Filter& filter, std::string_view key, FilterOperator op, std::string_view value) {
  return {read_filter_key(key), std::string(key), op, std::string(value), filter.offset};
}

/// Only a key that is known makes a sign of a character: `ref==release=1` is not all that `=` is for.
Filter with_lost_sign(const Filter& filter) {
  const std::string_view text = filter.value;
  const auto sign = text.find_first_of("=!:");
  const std::string_view key = text.substr(0, sign);
  const bool known = read_filter_key(key) != FilterKey::unknown || is_branch_word(key);
  if (sign == std::string_view::npos || !known || sign + 1 == text.size()) {
    return filter_of(filter, "ref", FilterOperator::equal, text);
  }
  const auto op = text[sign] == '!' ? FilterOperator::not_equal : FilterOperator::equal;
  return filter_of(filter, is_branch_word(key) ? "ref" : key, op, text.substr(sign + 1));
}

}  // namespace

std::optional<std::string_view> suggest_filter_key(std::string_view typed) {
  if (is_branch_word(typed)) return "ref";
  return nearest_name(typed, filter_keys());
}

std::optional<Filter> meant_filter(const Filter& filter) {
  if (filter.op == FilterOperator::none) return with_lost_sign(filter);
  if (filter.key != FilterKey::unknown) return filter;
  const auto key = suggest_filter_key(filter.key_text);
  if (!key) return std::nullopt;
  return filter_of(filter, *key, filter.op, filter.value);
}

}  // namespace lifecycle::trigger
