#include "agent/plan/event_variables.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "agent/base/utf8.h"
#include "agent/event/event_ref.h"

namespace lifecycle::plan {
namespace {

constexpr std::size_t value_limit = std::size_t{32} * 1024;

/// Collects the entries; values come from strangers (titles, branch names), so they are made to fit.
class Collector {
 public:
  void add(std::string name, std::string_view value) {
    if (!value.empty()) add_even_empty(std::move(name), value);
  }

  void add_even_empty(std::string name, std::string_view value) {
    std::string fitting(value);
    if (value.find('\0') != std::string_view::npos) {
      fitting = without_nul(value);
      warn("event-value-nul", name + " holds a NUL, which no variable can; it is replaced by U+FFFD");
    }
    if (fitting.size() > value_limit) {
      warn("event-value-cut",
           name + " has " + std::to_string(fitting.size()) + " bytes and is cut at " + std::to_string(value_limit));
      fitting = cut_utf8(fitting, value_limit);
    }
    variables_.entries.push_back({std::move(name), EnvSource::event, EnvValue::literal, std::move(fitting), {}});
  }

  EventVariables take() {
    std::ranges::sort(variables_.entries, {}, &EnvEntry::name);
    return std::move(variables_);
  }

 private:
  static std::string without_nul(std::string_view value) {
    std::string out;
    for (const char c : value) {
      if (c == '\0') {
        out += "\xEF\xBF\xBD";
      } else {
        out += c;
      }
    }
    return out;
  }

  void warn(std::string_view code, std::string message) {
    variables_.diagnostics.push_back({.code = code, .severity = Severity::warning, .message = std::move(message)});
  }

  EventVariables variables_;
};

/// A JSON list, since a label may hold commas and newlines; empty where there is none.
std::string print_labels(const std::vector<std::string>& labels) {
  if (labels.empty()) return {};
  return nlohmann::json(labels).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string_view print_bool(bool value) { return value ? "true" : "false"; }

void add_change(Collector& collector, const event::Event& event) {
  if (!event.change) return;
  const event::Change& change = *event.change;
  collector.add_even_empty("LIFECYCLE_EVENT_NUMBER", change.number ? std::to_string(*change.number) : "");
  collector.add_even_empty("LIFECYCLE_EVENT_TITLE", change.title);
  collector.add_even_empty("LIFECYCLE_EVENT_LABELS", print_labels(change.labels));
  collector.add("LIFECYCLE_EVENT_AUTHOR", change.author);
  collector.add("LIFECYCLE_EVENT_URL", change.url);
  const auto has_name = [&](std::string_view name) {
    return std::ranges::find(event.names, name) != event.names.end();
  };
  if (has_name("pull_request.merged")) collector.add("LIFECYCLE_EVENT_MERGED", "true");
  if (has_name("pull_request.closed")) collector.add("LIFECYCLE_EVENT_MERGED", "false");
}

}  // namespace

EventVariables event_variables(const event::Event& event) {
  Collector collector;
  collector.add("REPO", event::repository_name(event));
  collector.add("ORG", event::repository_owner(event));
  collector.add("REF", event::environment_ref(event));
  collector.add("LIFECYCLE_EVENT_ORIGIN", event.origin);
  collector.add("LIFECYCLE_EVENT_HOST", event.host);
  collector.add("LIFECYCLE_EVENT_REPO", event.repo);
  collector.add("LIFECYCLE_EVENT_NAME", event.name());
  collector.add("LIFECYCLE_EVENT_ACTION", event.action);
  collector.add("LIFECYCLE_EVENT_REF", event.ref);
  collector.add("LIFECYCLE_EVENT_BRANCH", event.branch);
  collector.add("LIFECYCLE_EVENT_TAG", event.tag);
  collector.add("LIFECYCLE_EVENT_BASE", event.base);
  collector.add("LIFECYCLE_EVENT_HEAD", event.head);
  collector.add("LIFECYCLE_EVENT_COMMIT", event.commit);
  collector.add("LIFECYCLE_EVENT_BEFORE", event.before);
  collector.add("LIFECYCLE_EVENT_ACTOR", event.actor);
  collector.add("LIFECYCLE_EVENT_STATE", event.state);
  collector.add("LIFECYCLE_EVENT_ENVIRONMENT", event.environment);
  collector.add("LIFECYCLE_EVENT_RUN_ID", event.run.id);
  collector.add("LIFECYCLE_EVENT_RUN_URL", event.run.url);
  if (event.payload) collector.add("LIFECYCLE_EVENT_PAYLOAD", event.payload->path);
  if (event.release) collector.add("LIFECYCLE_EVENT_RELEASE_TAG", event.release->tag);
  if (const auto fork = event::lies_in_fork(event)) collector.add("LIFECYCLE_EVENT_FORK", print_bool(*fork));
  add_change(collector, event);
  return collector.take();
}

}  // namespace lifecycle::plan
