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

constexpr auto change_kind = event::CategoryKind::change;
constexpr auto deployment_kind = event::CategoryKind::deployment;
constexpr auto other_kind = event::CategoryKind::other;

INSTANTIATE_TEST_SUITE_P(
    Table, Categories,
    testing::Values(CategoryRow{"pull_request.opened", change_kind, "open"},
                    CategoryRow{"pull_request.merged", change_kind, "merge"},
                    CategoryRow{"pull_request.closed", change_kind, "close"},
                    CategoryRow{"pull_request.reopened", change_kind, "reopen"},
                    CategoryRow{"pull_request.synchronize", change_kind, "change"},
                    CategoryRow{"pull_request.review_requested", change_kind, "review_request"},
                    CategoryRow{"pull_request_review.changes_requested", change_kind, "change_requested"},
                    CategoryRow{"pull_request_review.approved", other_kind, ""},
                    CategoryRow{"pull_request.labeled", other_kind, ""}, CategoryRow{"pull_request", other_kind, ""},
                    CategoryRow{"deployment.created", deployment_kind, "started"},
                    CategoryRow{"deployment_status.success", deployment_kind, "success"},
                    CategoryRow{"deployment_status.failure", deployment_kind, "failure"},
                    CategoryRow{"deployment_status.error", deployment_kind, "failure"},
                    CategoryRow{"deployment_status.queued", deployment_kind, "progressing"},
                    CategoryRow{"deployment_status.waiting", deployment_kind, "blocked"},
                    CategoryRow{"deployment_status.inactive", other_kind, ""},
                    CategoryRow{"deployment_review.requested", deployment_kind, "blocked"},
                    CategoryRow{"deployment_review.approved", deployment_kind, "progressing"},
                    CategoryRow{"deployment_protection_rule.requested", deployment_kind, "blocked"},
                    CategoryRow{"push", other_kind, ""}, CategoryRow{"", other_kind, ""}));

}  // namespace
}  // namespace lifecycle::forge
