#include "agent/event/event_subject.h"

#include <algorithm>
#include <array>

namespace lifecycle::event {
namespace {

struct NounRow {
  std::string_view noun;  // the part of a name before its first dot
  Subject subject;
};

constexpr std::array<NounRow, 34> nouns{{
    {"push", Subject::branch},
    {"workflow_dispatch", Subject::branch},
    {"repository_dispatch", Subject::branch},
    {"schedule", Subject::branch},
    {"merge_group", Subject::branch},
    {"workflow_call", Subject::branch},
    {"delete", Subject::deletion},
    {"tag_push", Subject::tag},
    {"release", Subject::release},
    {"pull_request", Subject::change},
    {"pull_request_review", Subject::change},
    {"pull_request_review_thread", Subject::change},
    {"merge_request", Subject::change},
    {"pullrequest", Subject::change},
    {"pr", Subject::change},
    {"change", Subject::change},
    {"pull_request_review_comment", Subject::comment},
    {"issue_comment", Subject::comment},
    {"commit_comment", Subject::comment},
    {"discussion_comment", Subject::comment},
    {"note", Subject::comment},
    {"deployment", Subject::deployment},
    {"deployment_status", Subject::deployment},
    {"deployment_review", Subject::deployment},
    {"deployment_protection_rule", Subject::deployment},
    {"workflow_run", Subject::run},
    {"workflow_job", Subject::run},
    {"check_run", Subject::run},
    {"check_suite", Subject::run},
    {"pipeline", Subject::run},
    {"job", Subject::run},
    {"build", Subject::run},
    {"action_run", Subject::run},
    {"pipeline_run", Subject::run},
}};

/// Names whose last word says more than their noun.
bool ends_deleted(std::string_view name) { return name == "push.deleted" || name == "tag_push.deleted"; }

bool is_tag(std::string_view name) { return name == "push.tag" || name == "create.tag"; }

/// `pullrequest.comment_created`, `pr.comment.added`, `merge_request.commented`: forges that have no webhook
/// of its own for comments on a change.
bool is_comment(std::string_view noun, std::string_view verb) {
  return verb.starts_with("comment") && noun != "pull_request_review";
}

/// Of a webhook that this table does not know (Gitea's finer words, what GitHub adds later) the noun tells as much.
Subject subject_of_noun(std::string_view noun) {
  const auto row = std::ranges::find(nouns, noun, &NounRow::noun);
  if (row != nouns.end()) return row->subject;
  if (!noun.starts_with("pull_request")) return Subject::unknown;
  return noun.find("comment") == std::string_view::npos ? Subject::change : Subject::comment;
}

std::string_view noun_of(std::string_view name) { return name.substr(0, name.find('.')); }

bool is_change_noun(std::string_view noun) {
  return noun.starts_with("pull_request") || subject_of_noun(noun) == Subject::change;
}

}  // namespace

Subject subject(const Event& event) {
  const std::string_view name = event.name();
  if (ends_deleted(name)) return Subject::deletion;
  if (is_tag(name)) return Subject::tag;
  if (name == "create.branch") return Subject::branch;
  const std::string_view noun = noun_of(name);
  const std::string_view verb = noun.size() < name.size() ? name.substr(noun.size() + 1) : std::string_view{};
  if (noun == "release" && event.deployment) return Subject::deployment;  // Azure's release.deployment_started
  const Subject about = subject_of_noun(noun);
  return about == Subject::change && is_comment(noun, verb) ? Subject::comment : about;
}

std::optional<bool> is_on_change(const Event& event) {
  const auto of_change = [](const std::string& name) { return is_change_noun(noun_of(name)); };
  if (event.change || std::ranges::any_of(event.names, of_change)) return true;
  const std::string_view noun = noun_of(event.name());
  if (noun == "commit_comment" || noun == "discussion_comment") return false;
  return event.on_change;
}

bool is_merged(const Event& event) {
  const auto merged = [](const std::string& name) { return name.ends_with(".merged"); };
  return std::ranges::any_of(event.names, merged);
}

}  // namespace lifecycle::event
