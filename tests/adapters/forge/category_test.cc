#include "adapters/forge/category.h"

#include <gtest/gtest.h>

namespace lifecycle::forge {
namespace {

struct CategoryRow {
  const char* name;
  event::CategoryKind kind;
  const char* state;
};

class Categories : public testing::TestWithParam<CategoryRow> {};

TEST_P(Categories, AreThePlatforms) {
  const auto category = category_of(GetParam().name);
  EXPECT_EQ(category.kind, GetParam().kind) << GetParam().name;
  EXPECT_EQ(category.state, GetParam().state) << GetParam().name;
}

constexpr auto change = event::CategoryKind::change;
constexpr auto deployment = event::CategoryKind::deployment;
constexpr auto other = event::CategoryKind::other;

INSTANTIATE_TEST_SUITE_P(
    Table, Categories,
    testing::Values(
        CategoryRow{"pull_request.opened", change, "open"}, CategoryRow{"pull_request.merged", change, "merge"},
        CategoryRow{"pull_request.closed", change, "close"}, CategoryRow{"pull_request.reopened", change, "reopen"},
        CategoryRow{"pull_request.synchronize", change, "change"},
        CategoryRow{"pull_request.review_requested", change, "review_request"},
        CategoryRow{"pull_request_review.changes_requested", change, "change_requested"},
        CategoryRow{"pull_request_review.approved", other, ""}, CategoryRow{"pull_request.labeled", other, ""},
        CategoryRow{"pull_request", other, ""}, CategoryRow{"deployment.created", deployment, "started"},
        CategoryRow{"deployment_status.success", deployment, "success"},
        CategoryRow{"deployment_status.failure", deployment, "failure"},
        CategoryRow{"deployment_status.error", deployment, "failure"},
        CategoryRow{"deployment_status.queued", deployment, "progressing"},
        CategoryRow{"deployment_status.waiting", deployment, "blocked"},
        CategoryRow{"deployment_status.inactive", other, ""},
        CategoryRow{"deployment_review.requested", deployment, "blocked"},
        CategoryRow{"deployment_review.approved", deployment, "progressing"},
        CategoryRow{"deployment_protection_rule.requested", deployment, "blocked"}, CategoryRow{"push", other, ""},
        CategoryRow{"", other, ""}));

}  // namespace
}  // namespace lifecycle::forge
