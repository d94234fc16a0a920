// What GitLab's bodies tell beside the event's name, and where they mislead.
#include <gtest/gtest.h>

#include "agent/event/event_ref.h"
#include "tests/adapters/forge/delivery_facts.h"

namespace lifecycle::forge {
namespace {

using event::Event;

TEST(GitlabFacts, OfAPush) {
  const Event event = row_event(gitlab_rows(), "a push");
  EXPECT_EQ(event.host, "gitlab.example.com");
  EXPECT_EQ(event.repo, "acme/platform/app") << "a path of any depth";
  EXPECT_EQ(event.repo_id, "15");
  EXPECT_EQ(event.actor, "dana");
  EXPECT_EQ(event.ref, "refs/heads/main");
  EXPECT_EQ(event.branch, "main");
  EXPECT_EQ(event.commit, sha_a);
  EXPECT_EQ(event.before, sha_b);
  EXPECT_EQ(event.time, "2026-03-01T09:00:00+01:00");
  EXPECT_EQ(event.kind, "push");
  EXPECT_FALSE(event.change);
}

TEST(GitlabFacts, OfDeletionsAreNoCommit) {
  for (const char* about : {"a deleted branch", "a deleted tag"}) {
    const Event event = row_event(gitlab_rows(), about);
    EXPECT_EQ(event.commit, "") << about;
    EXPECT_EQ(event.before, sha_b) << about;
    EXPECT_EQ(event.identity, "") << about;
    EXPECT_EQ(event::environment_ref(event), "") << about;
  }
}

TEST(GitlabFacts, OfZerosOfSha256) {
  const std::string zeros(64, '0');
  const std::string sha(64, 'd');
  const auto events =
      map_all(R"({"object_kind":"push","ref":"refs/heads/x","before":")" + zeros + R"(","after":")" + sha + "\"}");
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events.front().names, (std::vector<std::string>{"push", "create.branch"}));
  EXPECT_EQ(events.front().commit, sha);
  EXPECT_EQ(events.front().before, "");
}

TEST(GitlabFacts, OfAnAnnotatedTagAreItsCommitAndTheRefsOwnValueAsKey) {
  const auto events = map_all(R"({"object_kind":"tag_push","ref":"refs/tags/v1","before":")" + no_sha +
                              R"(","after":")" + sha_b + R"(","checkout_sha":")" + sha_a + "\"}");
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events.front().commit, sha_a);
  EXPECT_EQ(events.front().identity, "push|refs/tags/v1|" + sha_b);
  EXPECT_EQ(events.front().kind, "tag_push");
  EXPECT_EQ(event::environment_ref(events.front()), "v1");
}

TEST(GitlabFacts, OfAMergeRequest) {
  const Event event = row_event(gitlab_rows(), "open");
  ASSERT_TRUE(event.change);
  EXPECT_EQ(event.change->number, 7) << "iid, not id";
  EXPECT_EQ(event.change->title, "Add it");
  EXPECT_EQ(event.change->labels, std::vector<std::string>{"ready"});
  EXPECT_EQ(event.change->fork, false);
  EXPECT_EQ(event.change->author, "dana") << "who opens it is its author";
  EXPECT_EQ(event.change->url, "https://gitlab.example.com/acme/platform/app/-/merge_requests/7");
  EXPECT_EQ(event.change->created_at, "2026-03-01T10:00:00Z");
  EXPECT_EQ(event.time, "2026-03-01T10:00:00Z");
  EXPECT_EQ(event.base, "main");
  EXPECT_EQ(event.head, "topic");
  EXPECT_EQ(event.branch, "topic");
  EXPECT_EQ(event.commit, sha_a);
  EXPECT_EQ(event.action, "open");
  EXPECT_EQ(event.kind, "merge_request");
  EXPECT_EQ(row_event(gitlab_rows(), "new commits").before, sha_b);
}

TEST(GitlabFacts, OfAMergeAreTheMergeCommitWhereItIsTold) {
  const auto merged = [](const std::string& more) {
    return map_all(
               R"({"object_kind":"merge_request","object_attributes":{"iid":7,"action":"merge","source_project_id":1,
      "target_project_id":2,"last_commit":{"id":")" +
               sha_a + R"("},"updated_at":"2026-03-02T10:00:00Z")" + more + "}}")
        .front();
  };
  EXPECT_EQ(merged("").commit, sha_a);
  EXPECT_EQ(merged("").change->fork, true);
  EXPECT_EQ(merged("").change->merged_at, "2026-03-02T10:00:00Z");
  EXPECT_EQ(merged(R"(,"merge_commit_sha":")" + sha_c + "\"").commit, sha_c);
  EXPECT_EQ(merged(R"(,"merge_commit_sha":null,"squash_commit_sha":")" + sha_b + "\"").commit, sha_b);
}

TEST(GitlabFacts, OfACommentAreTheMergeRequestItIsOn) {
  const Event on_change = row_event(gitlab_rows(), "a comment on a merge request");
  EXPECT_EQ(on_change.on_change, true);
  ASSERT_TRUE(on_change.change);
  EXPECT_EQ(on_change.change->number, 7);
  EXPECT_EQ(on_change.change->fork, true);
  EXPECT_TRUE(event::is_from_fork(on_change));
  const Event on_commit = row_event(gitlab_rows(), "a comment");
  EXPECT_EQ(on_commit.on_change, false);
  EXPECT_FALSE(on_commit.change);
  EXPECT_FALSE(event::is_from_fork(on_commit));
}

TEST(GitlabFacts, OfAJobAreItsShaAndNotThePipelinesId) {
  const auto event = map_all(R"({"object_kind":"build","ref":"v1","tag":true,"build_status":"Success","commit":
    {"id":2366,"sha":")" + sha_a +
                             R"("},"environment":{"name":"prod"},"repository":{"homepage":
    "https://gitlab.example.com/acme/app"},"build_finished_at":"2026-03-01 10:00:00 UTC"})")
                         .front();
  EXPECT_EQ(event.commit, sha_a);
  EXPECT_EQ(event.environment, "prod");
  EXPECT_EQ(event.state, "success");
  EXPECT_EQ(event.head, "") << "a tag is no branch";
  EXPECT_EQ(event.repo, "acme/app") << "of the page, where there is no project";
  EXPECT_EQ(event.time, "2026-03-01T10:00:00Z");
}

TEST(GitlabFacts, OfADeployment) {
  const Event event = row_event(gitlab_rows(), "deployment success");
  ASSERT_TRUE(event.deployment);
  EXPECT_EQ(event.environment, "staging");
  EXPECT_EQ(event.deployment->environment, "staging");
  EXPECT_EQ(event.deployment->state, "success");
  EXPECT_EQ(event.deployment->id, "15");
  EXPECT_EQ(event.commit, sha_a) << "of the commit's page, since short_sha is none";
  EXPECT_EQ(event.actor, "dana");
  EXPECT_EQ(event.time, "2026-03-01T21:50:00+02:00");
  EXPECT_EQ(event.state, "success");
}

TEST(GitlabFacts, OfARelease) {
  const Event event = row_event(gitlab_rows(), "release create");
  ASSERT_TRUE(event.release);
  EXPECT_EQ(event.release->tag, "v1");
  EXPECT_EQ(event.tag, "v1");
  EXPECT_EQ(event.commit, sha_a);
  EXPECT_EQ(event.time, "2026-03-01T10:00:00Z");
}

TEST(GitlabBodies, WithoutTheirKindAreRefused) {
  EXPECT_EQ(mismatch_of(R"({"text":"a template of one's own"})", "Push Hook"),
            "the payload is no webhook's of GitLab: `object_kind` is missing, it has `text`");
  EXPECT_EQ(mismatch_of(R"({"object_kind":"merge_request"})", ""),
            "the payload is not one of the event merge_request: `object_attributes` is missing, it has `object_kind`");
  EXPECT_EQ(mismatch_of(R"({"object_kind":"merge_request","object_attributes":{}})", "push"),
            "the payload is not one of the event push: its `object_kind` is merge_request");
}

}  // namespace
}  // namespace lifecycle::forge
