// Comments: on a change or not, whose code it is, and which branch they have.
#include <gtest/gtest.h>

#include "tests/adapters/ci/read_event_fixture.h"

namespace lifecycle::ci {
namespace {

constexpr const char* comment_on_issue =
    R"({"action":"created","issue":{"number":3},"comment":{},"repository":{"full_name":"acme/app"}})";
constexpr const char* comment_on_change =
    R"({"action":"created","issue":{"number":3,"pull_request":{}},"comment":{},"repository":{"full_name":"acme/app"}})";

TEST_F(ReadEvent, TrustsACommentOnlyWhereItIsPlainlyOnNoForeignChange) {
  struct Row {
    const char* name;
    const char* body;
    const char* fork;  // by flag
    bool from_fork;
  };
  for (const Row& row :
       {Row{"issue_comment", comment_on_issue, "", false}, Row{"issue_comment", comment_on_issue, "false", false},
        Row{"issue_comment", comment_on_issue, "true", true}, Row{"issue_comment", comment_on_change, "", true},
        Row{"issue_comment", comment_on_change, "false", false},
        Row{"issue_comment", R"({"action":"created","iss)", "", true}, Row{"issue_comment", "", "", true},
        Row{"issue_comment", "", "false", false}, Row{"issue_comment", "", "true", true},
        Row{"pull_request_review_comment", "", "", true}, Row{"pull_request_review_comment", "", "false", false},
        Row{"pull_request_review_comment", "", "true", true}, Row{"commit_comment", "", "", false}}) {
    const event::Event event = must_read(github(row.name, row.body), {.fork = row.fork});
    EXPECT_EQ(event::is_from_fork(event), row.from_fork) << row.name << " " << row.body << " --fork " << row.fork;
  }
  const event::Event plain = must_read(github("issue_comment", comment_on_issue), {.fork = "false"});
  EXPECT_FALSE(plain.change) << "a variable for all events of a CI makes no change of an issue";
}

TEST_F(ReadEvent, TakesForkOfACommentThatIsGivenByName) {
  for (const char* name :
       {"github:acme/app:pull_request_review_comment.created", "github:acme/app:issue_comment.created",
        "gitlab:acme/app:note.created", "gitlab:acme/app:merge_request.commented",
        "bitbucket:acme/app:pullrequest.comment_created", "azure:acme/x/app:pull_request.commented",
        "gitea:acme/app:pull_request_review_comment.created"}) {
    EXPECT_TRUE(event::is_from_fork(must_read(Environment(), {.name = name}))) << name;
    EXPECT_TRUE(event::is_from_fork(must_read(Environment(), {.name = name, .fork = "true"}))) << name;
    EXPECT_FALSE(event::is_from_fork(must_read(Environment(), {.name = name, .fork = "false"}))) << name;
    // What the body of another event told does not count for this one.
    const Environment of_push = github("push", push_body);
    EXPECT_TRUE(event::is_from_fork(must_read(of_push, {.name = name}))) << name;
  }
}

TEST_F(ReadEvent, TakesARefOnACommentOrARunForWhereItRunsOnly) {
  const event::Event run = must_read(
      Environment(),
      {.name = "github:acme/app:workflow_run.success", .ref = "refs/heads/main", .head = "topic", .fork = "false"});
  EXPECT_EQ(run.ref, "refs/heads/main");
  EXPECT_EQ(run.branch, "");
  EXPECT_EQ(run.head, "topic");
  const event::Event on_change = must_read(Environment(), {.name = "github:acme/app:issue_comment.created",
                                                           .branch = "main",
                                                           .base = "main",
                                                           .head = "topic",
                                                           .number = "7"});
  EXPECT_EQ(on_change.ref, "refs/heads/main");
  EXPECT_EQ(on_change.branch, "topic");
  EXPECT_EQ(on_change.base, "main");
  const event::Event on_issue = must_read(github("issue_comment", comment_on_issue), {.branch = "other"});
  EXPECT_EQ(on_issue.ref, "refs/heads/other");
  EXPECT_EQ(on_issue.branch, "");
  const event::Event target = must_read(
      Environment(), {.name = "github:acme/app:pull_request.opened", .ref = "refs/heads/main", .branch = "topic"});
  EXPECT_EQ(target.ref, "refs/heads/main");
  EXPECT_EQ(target.branch, "topic") << "a change's branch is not where pull_request_target runs";
}

}  // namespace
}  // namespace lifecycle::ci
