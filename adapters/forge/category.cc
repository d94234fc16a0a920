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

constexpr CategoryRow rows[] = {
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
};

}  // namespace

event::Category category_of(std::string_view name) {
  const auto row = std::ranges::find(rows, name, &CategoryRow::name);
  if (row == std::ranges::end(rows)) return {};
  return {.kind = row->kind, .state = std::string(row->state)};
}

}  // namespace lifecycle::forge
