// The words of a plan's JSON for values that have no printing of their own, and back.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "agent/plan/plan.h"

namespace lifecycle::plan {

inline constexpr std::string_view plan_schema = "lifecycle-agent/plan/1";

template <class Value, std::size_t size>
using Words = std::array<std::pair<Value, std::string_view>, size>;

inline constexpr Words<EnvValue, 4> value_kind_words{{{EnvValue::literal, "literal"},
                                                      {EnvValue::secret, "secret"},
                                                      {EnvValue::job_directory, "job_directory"},
                                                      {EnvValue::run_id, "run_id"}}};
inline constexpr Words<ops::WorkdirKind, 4> workdir_kind_words{{{ops::WorkdirKind::unset, "unset"},
                                                                {ops::WorkdirKind::empty, "empty"},
                                                                {ops::WorkdirKind::workspace, "workspace"},
                                                                {ops::WorkdirKind::path, "path"}}};
inline constexpr Words<Severity, 3> severity_words{
    {{Severity::note, "note"}, {Severity::warning, "warning"}, {Severity::error, "error"}}};

template <class Value, std::size_t size>
constexpr std::string_view word_of(const Words<Value, size>& words, Value value) {
  for (const auto& [one, word] : words) {
    if (one == value) return word;
  }
  return {};
}

template <class Value, std::size_t size>
constexpr std::optional<Value> value_of(const Words<Value, size>& words, std::string_view word) {
  for (const auto& [value, one] : words) {
    if (one == word) return value;
  }
  return std::nullopt;
}

inline std::string_view print_value_kind(EnvValue kind) { return word_of(value_kind_words, kind); }
inline std::string_view print_workdir_kind(ops::WorkdirKind kind) { return word_of(workdir_kind_words, kind); }
inline std::string_view print_severity(Severity severity) { return word_of(severity_words, severity); }

}  // namespace lifecycle::plan
