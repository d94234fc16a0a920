#include "agent/cli/plugin_list.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "agent/base/ascii.h"

namespace lifecycle::cli {
namespace {

using nlohmann::ordered_json;

std::string scalar_text(const ordered_json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::optional<std::vector<std::string>> read_json_list(std::string_view text) {
  const auto json = ordered_json::parse(text, nullptr, false);
  if (!json.is_array() && !json.is_object()) return std::nullopt;
  std::vector<std::string> list;
  for (const auto& [key, value] : json.items()) {
    list.push_back(json.is_object() ? key + "=" + scalar_text(value) : scalar_text(value));
  }
  return list;
}

std::string_view without_edges(std::string_view text) {
  constexpr std::string_view edges = " \t\r";
  const auto first = text.find_first_not_of(edges);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(edges) - first + 1);
}

/// `NAME=` at the start: what may follow a comma as an entry of its own.
bool begins_assignment(std::string_view text) {
  const auto equals = text.find('=');
  const std::string_view name = without_edges(text.substr(0, equals));
  const auto fits = [](char c) { return is_letter_or_digit(c) || c == '_'; };
  return equals != std::string_view::npos && !name.empty() && std::ranges::all_of(name, fits);
}

/// The end of the entry that begins the text.
std::size_t entry_end(std::string_view text, bool assignments) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') return at;
    if (text[at] == ',' && (!assignments || begins_assignment(text.substr(at + 1)))) return at;
  }
  return text.size();
}

}  // namespace

std::vector<std::string> read_plugin_list(std::string_view text, bool assignments) {
  const std::string_view inner = without_edges(text);
  if (inner.starts_with('[') || inner.starts_with('{')) {
    if (auto list = read_json_list(inner)) return *std::move(list);
  }
  std::vector<std::string> list;
  while (!text.empty()) {
    const std::size_t end = entry_end(text, assignments);
    if (const auto entry = without_edges(text.substr(0, end)); !entry.empty()) list.emplace_back(entry);
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return list;
}

}  // namespace lifecycle::cli
