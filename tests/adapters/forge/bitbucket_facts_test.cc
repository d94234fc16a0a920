// What Bitbucket's bodies tell beside the event's name, Cloud's and Data Center's, and where they mislead.
#include <gtest/gtest.h>

#include "tests/adapters/forge/delivery_facts.h"

namespace lifecycle::forge {
namespace {

using event::Event;

TEST(CloudFacts, OfAPush) {
  const Event event = row_event(bitbucket_rows(), "a push");
  EXPECT_EQ(event.host, "bitbucket.org");
  EXPECT_EQ(event.repo, "acme/app");
  EXPECT_EQ(event.repo_id, "{r1}");
  EXPECT_EQ(event.actor, "dana");
  EXPECT_EQ(event.branch, "feature/x");
  EXPECT_EQ(event.commit, sha_a);
  EXPECT_EQ(event.before, sha_b);
  EXPECT_EQ(event.time, "2026-03-01T10:00:00+00:00");
}

TEST(CloudFacts, OfAPullRequestHoldNoCommitOfTwelveDigits) {
  const Event event = row_event(bitbucket_rows(), "created");
  ASSERT_TRUE(event.change);
  EXPECT_EQ(event.change->number, 7);
  EXPECT_EQ(event.change->author, "eve");
  EXPECT_EQ(event.change->fork, true);
  EXPECT_EQ(event.change->url, "https://bitbucket.org/acme/app/pull-requests/7");
  EXPECT_EQ(event.commit, "");
  EXPECT_EQ(event.base, "main");
  EXPECT_EQ(event.head, "topic");
  EXPECT_EQ(event.time, "2026-03-01T10:00:00.123456+00:00");
  const Event merged = row_event(bitbucket_rows(), "fulfilled");
  EXPECT_EQ(merged.commit, "");
  EXPECT_EQ(merged.change->merged_at, "2026-03-02T10:00:00.654321+00:00");
}

struct CloudFork {
  const char* source;
  std::optional<bool> fork;
};

TEST(CloudFacts, OfAForkCompareRepositories) {
  for (const CloudFork& row :
       {CloudFork{R"({"uuid":"{r1}"})", false}, CloudFork{R"({"uuid":"{r2}"})", true},
        CloudFork{R"({"full_name":"Acme/App"})", false}, CloudFork{"null", true}, CloudFork{"{}", std::nullopt}}) {
    const auto event = map_all(std::string(R"({"pullrequest":{"id":1,"source":{"repository":)") + row.source +
                                   R"(},"destination":{"repository":{"uuid":"{r1}","full_name":"acme/app"}}}})",
                               "pullrequest:created")
                           .front();
    EXPECT_EQ(event.change->fork, row.fork) << row.source;
  }
}

TEST(CloudFacts, OfACommitStatusAreInTheAddressOfItsCommit) {
  const Event event = row_event(bitbucket_rows(), "status updated");
  EXPECT_EQ(event.commit, sha_a);
  EXPECT_EQ(event.state, "successful");
}

struct CloudShape {
  const char* body;
  const char* names;
};

TEST(CloudBodies, WithoutTheirKeyTellWhatTheyCan) {
  const std::string place = R"(,"repository":{"full_name":"acme/app","links":{}}})";
  for (const CloudShape& row :
       {CloudShape{R"({"pullrequest":{"id":1,"state":"OPEN"})", "pull_request"},
        CloudShape{R"({"pullrequest":{"id":1,"state":"MERGED"})", "pull_request.merged"},
        CloudShape{R"({"pullrequest":{"id":1,"state":"DECLINED"})", "pull_request.closed"},
        CloudShape{R"({"pullrequest":{"id":1,"state":"MERGED"},"approval":{})", "pull_request"},
        CloudShape{R"({"pullrequest":{"id":1,"state":"OPEN"},"comment":{"created_on":"2026-03-01T10:00:00Z"})",
                   "pullrequest.comment_created"},
        CloudShape{R"({"pullrequest":{"id":1,"state":"OPEN"},"comment":{"deleted":true})",
                   "pullrequest.comment_deleted"},
        CloudShape{R"({"pullrequest":{"id":1,"state":"MERGED"},"comment":{"created_on":"2026-03-01T10:00:00Z",
          "updated_on":"2026-03-01T11:00:00Z"})",
                   "pullrequest.comment_updated"},
        CloudShape{R"({"commit_status":{"state":"FAILED"})", "commit_status.failed"},
        CloudShape{R"({"fork":{})", "repo.fork"}}) {
    const auto events = map_all(row.body + place);
    ASSERT_EQ(events.size(), 1U) << row.body;
    EXPECT_EQ(events.front().name(), row.names) << row.body;
    EXPECT_EQ(events.front().origin, "bitbucket");
  }
  const auto nothing = map_all(R"({"repository":{"full_name":"acme/app","links":{}}})");
  ASSERT_EQ(nothing.size(), 1U);
  EXPECT_TRUE(nothing.front().names.empty());
}

TEST(CloudBodies, OfAnotherKeyAreRefused) {
  EXPECT_EQ(
      mismatch_of(R"({"push":{"changes":[]},"actor":{}})", "pullrequest:created"),
      "the payload is not one of the event pullrequest:created: `pullrequest` is missing, it has `push`, `actor`");
  EXPECT_EQ(mismatch_of(R"({"pullrequest":{"id":1}})", "push"),
            "the payload is not one of the event push: `push` is missing, it has `pullrequest`");
}

TEST(Deliveries, WithSeveralEventsNumberTheirId) {
  const auto events =
      map_all(R"({"headers":{"X-Event-Key":"repo:push","X-Hook-UUID":["h"],"X-Request-UUID":["q"]},
    "body":{"push":{"changes":[{"old":null,"new":{"type":"branch","name":"a","target":{"hash":")" +
              sha_a + R"("}}},{"old":null,"new":{"type":"tag","name":"b","target":{"hash":")" + sha_a + R"("}}}]}}})");
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].delivery_id, "q");
  EXPECT_EQ(events[1].delivery_id, "q#1");
  EXPECT_EQ(events[1].tag, "b");
}

// ---- Bitbucket Data Center

TEST(DataCenterFacts, OfAPush) {
  const Event event = row_event(bitbucket_dc_rows(), "DC push");
  EXPECT_EQ(event.host, "git.example.com:7990");
  EXPECT_EQ(event.repo, "ACME/app");
  EXPECT_EQ(event.repo_id, "84");
  EXPECT_EQ(event.actor, "dana");
  EXPECT_EQ(event.time, "2026-03-01T10:00:00+10:00");
  EXPECT_EQ(event.commit, sha_a);
  EXPECT_EQ(event.before, sha_b);
}

TEST(DataCenterFacts, OfAPullRequestAreItsTargets) {
  const Event event = row_event(bitbucket_dc_rows(), "DC from_ref_updated");
  EXPECT_EQ(event.repo, "ACME/app");
  EXPECT_EQ(event.repo_id, "84");
  ASSERT_TRUE(event.change);
  EXPECT_EQ(event.change->fork, true);
  EXPECT_EQ(event.change->author, "eve");
  EXPECT_EQ(event.change->created_at, "2026-03-01T10:00:00Z") << "milliseconds";
  EXPECT_EQ(event.before, sha_c);
  EXPECT_EQ(event.commit, sha_a);
  EXPECT_EQ(event.base, "main");
  EXPECT_EQ(event.head, "topic");
  const Event merged = row_event(bitbucket_dc_rows(), "DC merged");
  EXPECT_EQ(merged.commit, sha_c);
  EXPECT_EQ(merged.change->merged_at, "2026-03-02T10:00:00Z");
}

TEST(DataCenterBodies, OfAnotherKeyAreRefused) {
  EXPECT_EQ(mismatch_of(R"({"eventKey":"pr:merged"})", ""),
            "the payload is not one of the event pr:merged: `pullRequest` is missing, it has `eventKey`");
  EXPECT_EQ(
      mismatch_of(R"({"eventKey":"repo:refs_changed","changes":[{"refId":"refs/heads/x","type":"ADD","toHash":")" +
                      sha_a + R"("}]})",
                  "pr:opened"),
      "the payload is not one of the event pr.opened: its `eventKey` is repo:refs_changed");
}

}  // namespace
}  // namespace lifecycle::forge
