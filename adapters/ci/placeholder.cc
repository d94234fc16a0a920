#include "adapters/ci/placeholder.h"

#include <algorithm>

#include "agent/base/ascii.h"

namespace lifecycle::ci {
namespace {

bool is_name_character(char c) { return is_letter_or_digit(c) || c == '_'; }

std::string filled(const Environment& environment, std::string_view name, bool empty, event::Event& event) {
  if (!empty) return std::string(environment.get(name));
  const std::string warning = placeholder_warning(name);
  if (std::ranges::find(event.warnings, warning) == event.warnings.end()) event.warnings.push_back(warning);
  return {};
}

}  // namespace

bool is_placeholder(std::string_view value, bool free_text) {
  const auto wrapped = [&](std::string_view start, std::string_view end) {
    return value.size() >= start.size() + end.size() && value.starts_with(start) && value.ends_with(end);
  };
  if (wrapped("{{", "}}") || wrapped("$(", ")") || wrapped("${", "}")) return true;
  const auto braces = value.find("{{");
  if (!free_text && braces != std::string_view::npos && value.find("}}", braces) != std::string_view::npos) return true;
  return value.size() > 1 && value[0] == '$' && std::ranges::all_of(value.substr(1), is_name_character);
}

bool is_own_placeholder(std::string_view value, std::string_view name) {
  const std::string own(name);
  return value == "$" + own || value == "${" + own + "}" || value == "${{" + own + "}}";
}

std::string filled_text(const Environment& environment, std::string_view name, event::Event& event) {
  return filled(environment, name, is_placeholder(environment.get(name), false), event);
}

std::string filled_ref_name(const Environment& environment, std::string_view name, event::Event& event) {
  return filled(environment, name, is_own_placeholder(environment.get(name), name), event);
}

std::string placeholder_warning(std::string_view source) {
  return std::string(source) + " holds a placeholder that was never filled in and counts as not set";
}

}  // namespace lifecycle::ci
