#include "adapters/forge/webhook_name.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "agent/base/ascii.h"

namespace lifecycle::forge {
namespace {

bool is_gitea(std::string_view origin) { return origin == "gitea" || origin == "forgejo"; }

struct GiteaWord {
  std::string_view word;
  std::string_view kind;
  std::string_view state;
};

// Gitea's modules/webhook/type.go: X-Gitea-Event and the finer X-Gitea-Event-Type. The last two are what a job's
// GITHUB_EVENT_NAME says (modules/actions/github.go, GitHub's words); the body is of Gitea's own wiki or package event.
constexpr GiteaWord gitea_words[] = {
    {"pull_request_sync", "pull_request", ""},
    {"pull_request_label", "pull_request", ""},
    {"pull_request_assign", "pull_request", ""},
    {"pull_request_milestone", "pull_request", ""},
    {"pull_request_review_request", "pull_request", ""},
    {"pull_request_approved", "pull_request_review", "approved"},
    {"pull_request_review_approved", "pull_request_review", "approved"},
    {"pull_request_rejected", "pull_request_review", "changes_requested"},
    {"pull_request_review_rejected", "pull_request_review", "changes_requested"},
    {"pull_request_review_comment", "pull_request_review", "commented"},
    {"issue_assign", "issues", ""},
    {"issue_label", "issues", ""},
    {"issue_milestone", "issues", ""},
    {"action_run_success", "action_run", "success"},
    {"action_run_failure", "action_run", "failure"},
    {"action_run_recover", "action_run", "recover"},
    {"gollum", "wiki", ""},
    {"registry_package", "package", ""},
};

/// `pull_request_comment` is a comment on a change, or (with the action reviewed) a review without a verdict.
GiteaWord gitea_word(std::string_view name, std::string_view action) {
  if (name == "pull_request_comment") {
    if (action == "reviewed") return {name, "pull_request_review", "commented"};
    return {name, "issue_comment", ""};
  }
  const auto found = std::ranges::find(gitea_words, name, &GiteaWord::word);
  return found == std::ranges::end(gitea_words) ? GiteaWord{name, name, ""} : *found;
}

/// Gitea's review.type: pull_request_review_approved, …_rejected, …_comment.
std::string gitea_review_state(std::string_view type) {
  if (type.ends_with("approved")) return "approved";
  if (type.ends_with("rejected")) return "changes_requested";
  if (type.ends_with("comment")) return "commented";
  return {};
}

std::string review_state(std::string_view action, const PayloadFields& fields) {
  if (action == "reviewed") return gitea_review_state(fields.text("review.type"));
  return action == "submitted" ? lower_case(fields.text("review.state")) : std::string{};
}

/// Where the action says only that something happened, the state is elsewhere in the body.
std::string state_of(std::string_view kind, std::string_view action, const PayloadFields& fields) {
  if (kind == "deployment_status") return lower_case(fields.text("deployment_status.state"));
  if (kind == "status") return lower_case(fields.text("state"));
  if (kind == "pull_request_review") return review_state(action, fields);
  if (action != "completed") return {};
  for (const std::string_view noun : {"check_run", "check_suite", "workflow_run", "workflow_job"}) {
    if (kind == noun) return lower_case(fields.text(std::string(noun) + ".conclusion"));
  }
  return {};
}

std::vector<std::string> push_names(const PayloadFields& fields) {
  if (fields.flag("deleted").value_or(false) || is_zero_sha(fields.text("after"))) return {"push.deleted"};
  return {fields.text("ref").starts_with("refs/tags/") ? "push.tag" : "push"};
}

std::vector<std::string> ref_names(const std::string& kind, const PayloadFields& fields) {
  const std::string& type = fields.text("ref_type");
  return {is_name_word(type) ? kind + "." + type : kind};
}

bool is_merged(const PayloadFields& fields) {
  return fields.flag("pull_request.merged").value_or(!fields.text("pull_request.merged_at").empty());
}

std::vector<std::string> pull_request_names(const std::string& action, const PayloadFields& fields) {
  if (action.empty()) return {"pull_request"};
  if (action == "closed" && is_merged(fields)) return {"pull_request.merged"};
  if (action == "synchronized") return {"pull_request.synchronize", "pull_request.synchronized"};
  return {"pull_request." + action};
}

std::vector<std::string> state_names(const Webhook& webhook) {
  const std::string first = webhook.kind + "." + webhook.state;
  if (webhook.kind == "action_run" || webhook.action == "reviewed") return {first};
  const std::string second = webhook.action.empty() ? webhook.kind : webhook.kind + "." + webhook.action;
  if (second == first) return {first};
  return {first, second};
}

}  // namespace

bool is_name_word(std::string_view word) {
  const auto allowed = [](char c) { return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-'; };
  return !word.empty() && word.size() <= 100 && std::ranges::all_of(word, allowed);
}

bool is_zero_sha(std::string_view sha) {
  return (sha.size() == 40 || sha.size() == 64) && sha.find_first_not_of('0') == std::string_view::npos;
}

bool is_ping(std::string_view name) {
  return name == "ping" || name.starts_with("ping.") || name == "diagnostics.ping";
}

bool has_no_action(std::string_view kind) {
  constexpr std::array<std::string_view, 14> kinds{"create",
                                                   "delete",
                                                   "fork",
                                                   "gollum",
                                                   "page_build",
                                                   "ping",
                                                   "public",
                                                   "push",
                                                   "repository_import",
                                                   "schedule",
                                                   "security_and_analysis",
                                                   "status",
                                                   "team_add",
                                                   "workflow_dispatch"};
  return std::ranges::find(kinds, kind) != kinds.end();
}

Webhook read_webhook(std::string_view name, std::string_view origin, const PayloadFields& fields) {
  Webhook webhook;
  const std::string& action = fields.text("action");
  webhook.kind = name == "pull_request_target" ? "pull_request" : std::string(name);
  // GitHub has a webhook pull_request_review_comment; Gitea's word of that name is a review (there is `review`).
  const bool review_comment = name == "pull_request_review_comment" && action != "reviewed";
  if (is_gitea(origin) && !review_comment) {
    const GiteaWord word = gitea_word(webhook.kind, action);
    webhook.kind = word.kind;
    webhook.state = word.state;
    webhook.state_by_name = !word.state.empty();
  }
  if (!has_no_action(webhook.kind) && is_name_word(action)) webhook.action = action;
  if (webhook.state.empty()) webhook.state = state_of(webhook.kind, webhook.action, fields);
  if (!is_name_word(webhook.state)) webhook.state.clear();
  return webhook;
}

std::vector<std::string> webhook_names(const Webhook& webhook, const PayloadFields& fields) {
  const std::string& kind = webhook.kind;
  if (!is_name_word(kind) || is_ping(kind)) return {};
  if (kind == "push") return push_names(fields);
  if (kind == "create" || kind == "delete") return ref_names(kind, fields);
  if (kind == "pull_request") return pull_request_names(webhook.action, fields);
  if (!webhook.state.empty()) return state_names(webhook);
  if (webhook.action.empty()) return {kind};
  // The action is the caller's own word (GitHub docs, "Create a repository dispatch event").
  if (kind == "repository_dispatch") return {kind + "." + webhook.action, kind};
  return {kind + "." + webhook.action};
}

std::string state_in_name(std::string_view kind, std::string_view last_word) {
  if (kind == "status" || (kind == "deployment_status" && last_word != "created")) return std::string(last_word);
  constexpr std::array<std::string_view, 3> reviews{"approved", "changes_requested", "commented"};
  constexpr std::array<std::string_view, 9> conclusions{"success",   "failure",   "neutral",
                                                        "cancelled", "timed_out", "action_required",
                                                        "stale",     "skipped",   "startup_failure"};
  constexpr std::array<std::string_view, 4> ending{"check_run", "check_suite", "workflow_run", "workflow_job"};
  const auto holds = [](const auto& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
  };
  const bool state = (kind == "pull_request_review" && holds(reviews, last_word)) ||
                     (holds(ending, kind) && holds(conclusions, last_word));
  return state ? std::string(last_word) : std::string{};
}

}  // namespace lifecycle::forge
