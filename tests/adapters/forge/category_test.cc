#include "adapters/forge/category.h"

#include <gtest/gtest.h>

namespace lifecycle::forge {
namespace {

struct Row {
  const char* name;
  event::CategoryKind kind;
  const char* state;
};

class Categories : public testing::TestWithParam<Row> {};

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
    testing::Values(Row{"pull_request.opened", change, "open"}, Row{"pull_request.merged", change, "merge"},
                    Row{"pull_request.closed", change, "close"}, Row{"pull_request.reopened", change, "reopen"},
                    Row{"pull_request.synchronize", change, "change"},
                    Row{"pull_request.review_requested", change, "review_request"},
                    Row{"pull_request_review.changes_requested", change, "change_requested"},
                    Row{"pull_request_review.approved", other, ""}, Row{"pull_request.labeled", other, ""},
                    Row{"pull_request", other, ""}, Row{"deployment.created", deployment, "started"},
                    Row{"deployment_status.success", deployment, "success"},
                    Row{"deployment_status.failure", deployment, "failure"},
                    Row{"deployment_status.error", deployment, "failure"},
                    Row{"deployment_status.queued", deployment, "progressing"},
                    Row{"deployment_status.waiting", deployment, "blocked"},
                    Row{"deployment_status.inactive", other, ""},
                    Row{"deployment_review.requested", deployment, "blocked"},
                    Row{"deployment_review.approved", deployment, "progressing"},
                    Row{"deployment_protection_rule.requested", deployment, "blocked"}, Row{"push", other, ""},
                    Row{"", other, ""}));

}  // namespace
}  // namespace lifecycle::forge
