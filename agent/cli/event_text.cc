#include "agent/cli/event_text.h"

#include "agent/base/visible_text.h"

namespace lifecycle::cli {
namespace {

/// `label     value`; nothing for a value that is not known.
std::string row(std::string_view label, std::string_view value) {
  if (value.empty()) return {};
  std::string text(label);
  text.append(12 - label.size(), ' ');
  return text + visible(value) + "\n";
}

std::string names_after_first(const event::Event& event) {
  std::string text;
  for (std::size_t i = 1; i < event.names.size(); ++i) text += (i == 1 ? "" : ", ") + event.names[i];
  return text;
}

std::string category_text(const event::Category& category) {
  switch (category.kind) {
    case event::CategoryKind::change:
      return "change " + category.state;
    case event::CategoryKind::deployment:
      return "deployment " + category.state;
    case event::CategoryKind::other:
      return {};
  }
  return {};
}

std::string change_text(const event::Change& change) {
  std::string text = change.number ? "#" + std::to_string(*change.number) : std::string("number unknown");
  if (!change.title.empty()) text += " " + change.title;
  if (!change.author.empty()) text += ", by " + change.author;
  return text + (!change.fork ? ", fork unknown" : *change.fork ? ", from a fork" : "");
}

std::string labels_text(const event::Change& change) {
  std::string text;
  for (const std::string& label : change.labels) text += (text.empty() ? "" : ", ") + label;
  return text;
}

std::string change_rows(const event::Event& event) {
  if (!event.change) return {};
  return row("change", change_text(*event.change)) + row("labels", labels_text(*event.change)) +
         row("page", event.change->url);
}

std::string run_text(const event::Run& run) {
  std::string text = run.id;
  if (!run.attempt.empty()) text += ", attempt " + run.attempt;
  if (!run.job.empty()) text += ", job " + run.job;
  return run.url.empty() ? text : text + (text.empty() ? "" : ", ") + run.url;
}

}  // namespace

std::string event_text(const event::Event& event) {
  std::string text = row("event", event.names.empty() ? "none is claimed" : event.name());
  text += row("also", names_after_first(event));
  text += row("trigger", event::primary_trigger(event));
  text += row("category", category_text(event.category));
  text += row("ci", event.ci);
  text += row("origin", event.origin) + row("host", event.host) + row("repo", event.repo);
  text += row("ref", event.ref) + row("branch", event.branch) + row("tag", event.tag);
  text += row("base", event.base) + row("head", event.head);
  text += row("commit", event.commit) + row("before", event.before) + row("actor", event.actor);
  text += row("state", event.state) + change_rows(event) + row("environment", event.environment);
  text += row("time", event.time) + row("run", run_text(event.run));
  for (const std::string& reason : event.alias_reasons) text += row("note", reason);
  return text;
}

}  // namespace lifecycle::cli
