#include "tests/agent/trigger/random_trigger.h"

namespace lifecycle::trigger {

std::string RandomTriggers::pick(std::initializer_list<std::string_view> choices) {
  return std::string(choices.begin()[below(choices.size())]);
}

Filter RandomTriggers::filter() {
  Filter filter;
  if (below(6) == 0) {
    filter.value = pick({"main", "ref=main", "a:b", "PROD-141", "é"});
    return filter;
  }
  filter.key_text = pick({"ref", "base", "head", "tag", "actor", "host", "environment", "state", "label", "branch"});
  filter.key = read_filter_key(filter.key_text);
  filter.op = below(2) == 0 ? FilterOperator::equal : FilterOperator::not_equal;
  filter.value = pick({"main", "m*", "*", "a:b", "=x", "good first issue", "release/*", "prod", "*bot", "!=", "a&b"});
  return filter;
}

Trigger RandomTriggers::trigger() {
  Trigger trigger;
  trigger.origin = pick({"github", "gitlab", "azure", "*", "git*"});
  trigger.repo = pick({"acme/app", "Acme/App", "acme/*", "acme/**", "**", "project/app", "org/project/app", "*/app"});
  trigger.event = pick({"push", "push.tag", "create.tag", "pull_request.merged", "pull_request.*", "*", "push*"});
  for (auto count = below(4); count > 0; --count) trigger.filters.push_back(filter());
  return trigger;
}

event::Event RandomTriggers::event() {
  event::Event event;
  event.origin = pick({"github", "gitlab", "azure", ""});
  event.repo = pick({"acme/app", "ACME/app", "acme/group/app", "org/project/app", "project/app", ""});
  const std::string name = pick({"push", "push.tag", "pull_request.merged", "pull_request", ""});
  if (!name.empty()) event.names.push_back(name);
  if (name == "push.tag") event.names.emplace_back("create.tag");
  if (name == "push.tag") event.tag = pick({"main", "v1"});
  if (name.starts_with("pull_request")) {
    event.base = pick({"main", "develop"});
    event.head = pick({"feature", "m"});
    event.change.emplace();
    if (below(2) == 0) event.change->labels = {pick({"prod", "main"}), "good first issue"};
  } else {
    event.branch = pick({"main", "release/1", "x"});
  }
  event.actor = pick({"alice", "robot", ""});
  event.environment = pick({"prod", ""});
  return event;
}

}  // namespace lifecycle::trigger
