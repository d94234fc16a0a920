#include "adapters/forge/category.h"

#include <algorithm>
#include <iterator>

namespace lifecycle::forge {
namespace {

using event::CategoryKind;

struct CategoryRow {
  std::string_view name;
  CategoryKind kind;
  std::string_view state;
};

constexpr CategoryRow category_rows[] = {
    {"pull_request.opened", CategoryKind::change, "open"},
    {"pull_request.review_requested", CategoryKind::change, "review_request"},
    {"pull_request_review.changes_requested", CategoryKind::change, "change_requested"},
    {"pull_request.synchronize", CategoryKind::change, "change"},
    {"pull_request.merged", CategoryKind::change, "merge"},
    {"pull_request.closed", CategoryKind::change, "close"},
    {"pull_request.reopened", CategoryKind::change, "reopen"},
    {"deployment.created", CategoryKind::deployment, "started"},
    {"deployment_status.success", CategoryKind::deployment, "success"},
    {"deployment_status.failure", CategoryKind::deployment, "failure"},
    {"deployment_status.error", CategoryKind::deployment, "failure"},
    {"deployment_status.in_progress", CategoryKind::deployment, "progressing"},
    {"deployment_status.pending", CategoryKind::deployment, "progressing"},
    {"deployment_status.queued", CategoryKind::deployment, "progressing"},
    {"deployment_status.waiting", CategoryKind::deployment, "blocked"},
    {"deployment_review.requested", CategoryKind::deployment, "blocked"},
    {"deployment_review.approved", CategoryKind::deployment, "progressing"},
    {"deployment_protection_rule.requested", CategoryKind::deployment, "blocked"},
    // GitLab's own
    {"merge_request.review_requested", CategoryKind::change, "review_request"},
    {"merge_request.changes_requested", CategoryKind::change, "change_requested"},
    {"deployment.running", CategoryKind::deployment, "started"},
    {"deployment.blocked", CategoryKind::deployment, "blocked"},
    // Bitbucket's own
    {"pullrequest.changes_request_created", CategoryKind::change, "change_requested"},
    {"pr.reviewer.updated", CategoryKind::change, "review_request"},
    {"pr.reviewer.changes_requested", CategoryKind::change, "change_requested"},
    // Azure DevOps' own
    {"pullrequest.review_requested", CategoryKind::change, "review_request"},
    {"pullrequest.changes_requested", CategoryKind::change, "change_requested"},
    {"release.deployment_started", CategoryKind::deployment, "started"},
    {"release.approval_pending", CategoryKind::deployment, "blocked"},
    {"pipeline_approval.pending", CategoryKind::deployment, "blocked"},
};

}  // namespace

event::Category category_of(std::string_view name) {
  const auto row = std::ranges::find(category_rows, name, &CategoryRow::name);
  if (row == std::ranges::end(category_rows)) return {};
  return {.kind = row->kind, .state = std::string(row->state)};
}

event::Category category_of(const event::Event& event) {
  // GitLab's deployment that was created has not begun; it says `running` then (GitLab docs, "Deployment events").
  if (event.origin == "gitlab" && event.name() == "deployment.created") return {};
  // Bitbucket Data Center tells with one key of reviewers who were added and of such who were taken away.
  if (event.name() == "pr.reviewer.updated" && event.state == reviewers_removed) return {};
  return category_of(event.name());
}

}  // namespace lifecycle::forge
