#include "agent/run/job_environment.h"

#include "agent/run/run_diagnostics.h"

namespace lifecycle::run {
namespace {

constexpr std::string_view stray_marker = "LIFECYCLE_AGENT_RUN";

Result<std::string> value_of(const plan::EnvEntry& entry, const KnownValues& values, const JobPlace& place) {
  switch (entry.kind) {
    case plan::EnvValue::literal:
      return entry.value;
    case plan::EnvValue::job_directory:
      return place.directory;
    case plan::EnvValue::run_id:
      return place.run_id;
    case plan::EnvValue::secret:
      break;
  }
  const auto known = values.find(entry.name);
  if (known == values.end()) return fail(secret_gone(entry));
  return known->second;
}

}  // namespace

Result<std::vector<std::string>> fill_environment(const std::vector<plan::EnvEntry>& entries, const KnownValues& values,
                                                  const JobPlace& place) {
  std::vector<std::string> environment;
  environment.reserve(entries.size() + 1);
  bool marked = false;
  for (const plan::EnvEntry& entry : entries) {
    auto value = value_of(entry, values, place);
    if (!value) return tl::unexpected(std::move(value).error());
    environment.push_back(entry.name + "=" + *value);
    marked = marked || entry.name == stray_marker;
  }
  if (!marked) environment.push_back(std::string(stray_marker) + "=" + place.run_id);
  return environment;
}

std::string_view find_variable(const std::vector<std::string>& environment, std::string_view name) {
  for (const std::string& entry : environment) {
    const std::string_view text = entry;
    if (text.size() > name.size() && text.starts_with(name) && text[name.size()] == '=') {
      return text.substr(name.size() + 1);
    }
  }
  return {};
}

}  // namespace lifecycle::run
