#include "adapters/forge/payload_fields.h"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace lifecycle::forge {
namespace {

// GitHub docs, "Webhook events and payloads"; Gitea's and Forgejo's bodies have the same form (modules/structs/hook.go)
// and a few words of their own (sha of `create`, review.type, is_pull, username).
constexpr std::string_view paths[] = {
    "action",
    "number",
    "ref",
    "ref_type",
    "before",
    "after",
    "deleted",
    "sha",
    "state",
    "environment",
    "is_pull",
    "updated_at",
    "head_commit",
    "head_commit.id",
    "pusher.name",
    "pusher.login",
    "sender.login",
    "sender.username",
    "requested_reviewer.login",
    "requested_team.slug",
    "repository",
    "repository.id",
    "repository.full_name",
    "repository.html_url",
    "repository.pushed_at",
    "pull_request",
    "pull_request.number",
    "pull_request.title",
    "pull_request.merged",
    "pull_request.merged_at",
    "pull_request.closed_at",
    "pull_request.created_at",
    "pull_request.updated_at",
    "pull_request.merge_commit_sha",
    "pull_request.html_url",
    "pull_request.user.login",
    "pull_request.user.username",
    "pull_request.labels[].name",
    "pull_request.head",
    "pull_request.head.ref",
    "pull_request.head.sha",
    "pull_request.head.repo",
    "pull_request.head.repo.id",
    "pull_request.head.repo.full_name",
    "pull_request.base.ref",
    "pull_request.base.sha",
    "pull_request.base.repo.id",
    "pull_request.base.repo.full_name",
    "issue",
    "issue.number",
    "issue.title",
    "issue.labels[].name",
    "issue.user.login",
    "issue.user.username",
    "issue.html_url",
    "issue.created_at",
    "issue.updated_at",
    "issue.pull_request",
    "review",
    "review.id",
    "review.state",
    "review.type",
    "review.submitted_at",
    "thread",
    "comment",
    "comment.updated_at",
    "release",
    "release.id",
    "release.tag_name",
    "release.prerelease",
    "release.draft",
    "release.created_at",
    "release.published_at",
    "deployment",
    "deployment.id",
    "deployment.ref",
    "deployment.sha",
    "deployment.environment",
    "deployment.created_at",
    "deployment_status",
    "deployment_status.id",
    "deployment_status.state",
    "deployment_status.environment",
    "deployment_status.created_at",
    "workflow_run",
    "workflow_run.id",
    "workflow_run.run_attempt",
    "workflow_run.status",
    "workflow_run.conclusion",
    "workflow_run.head_branch",
    "workflow_run.head_sha",
    "workflow_run.head_repository",
    "workflow_run.head_repository.id",
    "workflow_run.head_repository.full_name",
    "workflow_run.updated_at",
    "workflow_job",
    "workflow_job.conclusion",
    "workflow_job.head_branch",
    "workflow_job.head_sha",
    "workflow_job.completed_at",
    "workflow_job.started_at",
    "check_run",
    "check_run.conclusion",
    "check_run.head_sha",
    "check_run.completed_at",
    "check_run.started_at",
    "check_run.check_suite.head_branch",
    "check_suite",
    "check_suite.conclusion",
    "check_suite.head_branch",
    "check_suite.head_sha",
    "check_suite.updated_at",
    "merge_group",
    "merge_group.head_ref",
    "merge_group.head_sha",
    "merge_group.base_ref",
    // What tells one webhook's body from another's.
    "commits",
    "pusher",
    "blocked_issue",
    "blocking_issue",
    "parent_issue",
    "sub_issue",
    "discussion",
    "package",
    "registry_package",
    "since",
    "reviewers",
    "inputs",
    "workflow",
    "client_payload",
    "branch",
    "forkee",
    "pages",
    "label",
    "milestone",
    "build",
    "starred_at",
    "member",
    "team",
    "scope",
    "organization",
    "blocked_user",
    "repository_advisory",
    "status",
    "repository_ruleset",
    "rule",
    "key",
    "changes",
    "security_advisory",
    "alert",
    "commit_oid",
    "location",
    "type",
    "source",
    "exemption_request",
    "definition",
    "new_property_values",
    "project",
    "project_card",
    "project_column",
    "projects_v2",
    "projects_v2_item",
    "projects_v2_status_update",
    "installation",
    "repositories_added",
    "repositories_removed",
    "account",
    "target_type",
    "personal_access_token_request",
    "marketplace_purchase",
    "sponsorship",
    "hook",
    "cache_location",
    "page",
    "zen",
    "hook_id",
    // The headers of a delivery that a relay has put beside the body (Argo Events: {"body":…,"headers":…}).
    "headers.x-github-event",
    "headers.x-github-event[]",
    "headers.x-github-delivery",
    "headers.x-github-delivery[]",
    "headers.x-gitea-event",
    "headers.x-gitea-event[]",
    "headers.x-gitea-event-type",
    "headers.x-gitea-event-type[]",
    "headers.x-gitea-delivery",
    "headers.x-gitea-delivery[]",
    "headers.x-forgejo-event",
    "headers.x-forgejo-event[]",
    "headers.x-forgejo-event-type",
    "headers.x-forgejo-event-type[]",
    "headers.x-forgejo-delivery",
    "headers.x-forgejo-delivery[]",
};

constexpr std::size_t list_limit = 256;
constexpr std::size_t keys_limit = 12;

/// A path that is asked for and not collected would be empty for ever: a slip of ours.
void assert_wanted([[maybe_unused]] std::string_view path) {
  assert(std::ranges::find(paths, path) != std::ranges::end(paths));
}

}  // namespace

std::span<const std::string_view> wanted_paths() { return paths; }

const PayloadFields::Value* PayloadFields::find(std::string_view path) const {
  assert_wanted(path);
  const auto found = values_.find(path);
  return found == values_.end() ? nullptr : &found->second;
}

const std::string& PayloadFields::text(std::string_view path) const {
  static const std::string none;
  const Value* value = find(path);
  return value != nullptr && value->kind == JsonKind::text ? value->text : none;
}

const std::string& PayloadFields::text(std::string_view path, std::string_view other) const {
  const std::string& first = text(path);
  return first.empty() ? text(other) : first;
}

std::string PayloadFields::digits(std::string_view path) const {
  const Value* value = find(path);
  if (value == nullptr || (value->kind != JsonKind::number && value->kind != JsonKind::text)) return {};
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool whole = value->text.size() <= 20 && std::ranges::all_of(value->text, is_digit);
  return whole ? value->text : std::string{};
}

std::optional<std::int64_t> PayloadFields::number(std::string_view path) const {
  const std::string text = digits(path);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{}) return std::nullopt;
  return number;
}

std::optional<bool> PayloadFields::flag(std::string_view path) const {
  const Value* value = find(path);
  if (value == nullptr || (value->kind != JsonKind::flag && value->kind != JsonKind::text)) return std::nullopt;
  if (value->text == "true") return true;
  if (value->text == "false") return false;
  return std::nullopt;
}

JsonKind PayloadFields::kind(std::string_view path) const {
  const Value* value = find(path);
  return value == nullptr ? JsonKind::absent : value->kind;
}

const std::vector<std::string>& PayloadFields::texts(std::string_view path) const {
  static const std::vector<std::string> none;
  assert_wanted(path);
  const auto found = lists_.find(path);
  return found == lists_.end() ? none : found->second;
}

void PayloadFields::set(std::string_view path, JsonKind kind, std::string_view value) {
  auto place = values_.find(path);
  if (place == values_.end()) place = values_.try_emplace(std::string(path)).first;
  place->second.kind = kind;
  place->second.text = value;
}

void PayloadFields::add(std::string_view path, std::string_view value) {
  auto place = lists_.find(path);
  if (place == lists_.end()) place = lists_.try_emplace(std::string(path)).first;
  if (place->second.size() < list_limit) place->second.emplace_back(value);
}

void PayloadFields::clear_list(std::string_view path) {
  if (const auto found = lists_.find(path); found != lists_.end()) found->second.clear();
}

void PayloadFields::add_key(std::string_view key) {
  const auto plain = [](char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (keys_.size() < keys_limit && key.size() <= 40 && std::ranges::all_of(key, plain)) keys_.emplace_back(key);
}

}  // namespace lifecycle::forge
