// What the bodies of GitLab, Bitbucket and Azure DevOps tell beside the event's name, and where they mislead.
#include <gtest/gtest.h>

#include "adapters/forge/delivery.h"
#include "adapters/forge/payload_reader.h"
#include "agent/event/event_ref.h"
#include "tests/adapters/forge/delivery_rows.h"

namespace lifecycle::forge {
namespace {

using event::Event;

std::vector<Event> map_all(const std::string& body, const std::string& webhook = "", const std::string& origin = "") {
  const auto fields = collect_payload(body).fields;
  auto events = map_delivery(delivery_of(webhook, origin, fields), fields);
  EXPECT_TRUE(events) << events.error().message;
  return events ? *std::move(events) : std::vector<Event>{};
}

/// The first event of the row that is told by these words.
Event row_event(const std::vector<DeliveryRow>& rows, const std::string& about) {
  for (const DeliveryRow& row : rows) {
    if (row.about != about) continue;
    auto events = map_all(row.body, row.webhook);
    return events.empty() ? Event{} : std::move(events.front());
  }
  ADD_FAILURE() << "no row " << about;
  return {};
}

std::string mismatch_of(const std::string& body, const std::string& webhook, const std::string& origin = "") {
  const auto fields = collect_payload(body).fields;
  const auto events = map_delivery(delivery_of(webhook, origin, fields), fields);
  EXPECT_FALSE(events) << "taken for " << webhook;
  return events ? std::string{} : events.error().message;
}

// ---- GitLab

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

// ---- Bitbucket Cloud

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

// ---- Azure DevOps

TEST(AzureFacts, OfAPush) {
  const Event event = row_event(azure_rows(), "a push");
  EXPECT_EQ(event.host, "dev.azure.com");
  EXPECT_EQ(event.repo, "acme/My Project/App");
  EXPECT_EQ(event.repo_id, "r1");
  EXPECT_EQ(event.actor, "dana@example.com");
  EXPECT_EQ(event.time, "2026-03-01T09:00:00Z");
  EXPECT_EQ(event.delivery_id, "d1");
}

TEST(AzureFacts, OfAPullRequest) {
  const Event created = row_event(azure_rows(), "created");
  EXPECT_EQ(created.actor, "eve@example.com");
  EXPECT_EQ(created.change->author, "eve@example.com");
  EXPECT_EQ(created.change->fork, false);
  EXPECT_EQ(created.commit, sha_a);
  EXPECT_EQ(created.base, "main");
  EXPECT_EQ(created.head, "topic");
  EXPECT_EQ(created.time, "2026-03-01T08:00:00Z");
  const Event merged = row_event(azure_rows(), "completed");
  EXPECT_EQ(merged.commit, sha_c);
  EXPECT_EQ(merged.actor, "sam@example.com");
  EXPECT_EQ(merged.change->merged_at, "2026-03-02T10:00:00.7654321Z");
  EXPECT_EQ(row_event(azure_rows(), "a comment").change->number, 7);
}

struct AzurePlace {
  const char* repository;
  const char* host;
  const char* repo;
};

TEST(AzureFacts, OfAnOrganizationAreInItsAddresses) {
  for (const AzurePlace& row :
       {AzurePlace{R"("remoteUrl":"https://acme@dev.azure.com/acme/P/_git/R")", "dev.azure.com", "acme/P/R"},
        AzurePlace{R"("remoteUrl":"https://acme.visualstudio.com/DefaultCollection/P/_git/R")", "acme.visualstudio.com",
                   "acme/P/R"},
        AzurePlace{R"("remoteUrl":"https://acme.visualstudio.com/_git/R")", "acme.visualstudio.com", "acme/P/R"},
        AzurePlace{R"("remoteUrl":"https://tfs.example.com:8443/tfs/Main/P/_git/R")", "tfs.example.com:8443",
                   "Main/P/R"},
        AzurePlace{R"("remoteUrl":"https://tfs.example.com/Main/_git/R")", "tfs.example.com", "Main/P/R"},
        AzurePlace{R"("url":"https://dev.azure.com/acme/_apis/git/repositories/1")", "dev.azure.com", "acme/P/R"},
        AzurePlace{R"("url":"https://tfs.example.com/tfs/Main/_apis/git/repositories/1")", "tfs.example.com", "P/R"},
        AzurePlace{R"("id":"1")", "", "P/R"}, AzurePlace{R"("remoteUrl":"nonsense")", "", "P/R"}}) {
    const auto events =
        map_all(std::string(R"({"eventType":"git.push","publisherId":"tfs","resource":{"refUpdates":
      [{"name":"refs/heads/x","oldObjectId":"","newObjectId":")") +
                sha_a + R"("}],"repository":{"name":"R","project":{"name":"P"},)" + row.repository + "}}}");
    ASSERT_EQ(events.size(), 1U) << row.repository;
    EXPECT_EQ(events.front().host, row.host) << row.repository;
    EXPECT_EQ(events.front().repo, row.repo) << row.repository;
  }
}

TEST(AzureFacts, OfAForkAndOfADeployment) {
  const auto change =
      map_all(R"({"eventType":"git.pullrequest.created","publisherId":"tfs","resource":{"pullRequestId":3,
    "targetRefName":"refs/heads/main","forkSource":{"name":"refs/heads/x"},"labels":[{"name":"a"},{"name":"b"}]}})")
          .front();
  EXPECT_EQ(change.change->fork, true);
  EXPECT_EQ(change.change->labels, (std::vector<std::string>{"a", "b"}));
  const Event deployment = row_event(azure_rows(), "deployment succeeded");
  EXPECT_EQ(deployment.environment, "prod");
  EXPECT_EQ(deployment.state, "succeeded");
  ASSERT_TRUE(deployment.deployment);
}

TEST(AzureFacts, OfABuild) {
  const Event event = row_event(azure_rows(), "build partiallySucceeded");
  EXPECT_EQ(event.state, "partially_succeeded");
  EXPECT_EQ(event.head, "main");
  EXPECT_EQ(event.commit, sha_a);
}

TEST(AzureBodies, OfAnotherTypeAreRefused) {
  EXPECT_EQ(mismatch_of(R"({"eventType":"git.push","publisherId":"tfs","resource":{}})", ""),
            "the payload is not one of the event git.push: `resource.refUpdates` is missing, it has `eventType`, "
            "`publisherId`, `resource`");
}

// ---- whose body it is

struct Source {
  const char* webhook;
  const char* origin;
  const char* body;
  Form form;
  const char* of;
};

TEST(DeliveryOf, GoesByWhatIsGivenThenByHeadersThenByShape) {
  for (const Source& row : std::initializer_list<Source>{
           {"", "", R"({"object_kind":"push"})", Form::gitlab, "gitlab"},
           {"", "", R"({"event_name":"project_create"})", Form::gitlab, "gitlab"},
           {"", "", R"({"eventKey":"pr:opened"})", Form::bitbucket_dc, "bitbucket"},
           {"", "", R"({"pullrequest":{}})", Form::bitbucket_cloud, "bitbucket"},
           {"", "", R"({"push":{"changes":[]}})", Form::bitbucket_cloud, "bitbucket"},
           {"", "", R"({"eventType":"git.push","publisherId":"tfs"})", Form::azure, "azure"},
           {"", "", R"({"eventType":"git.push"})", Form::github, ""},
           {"", "", R"({"action":"opened","pull_request":{}})", Form::github, ""},
           {"", "", "{}", Form::github, ""},
           {"", "GitLab", "{}", Form::gitlab, "gitlab"},
           {"", "bitbucket", R"({"eventKey":"x"})", Form::bitbucket_dc, "bitbucket"},
           {"", "bitbucket", "{}", Form::bitbucket_cloud, "bitbucket"},
           {"", "azure", "{}", Form::azure, "azure"},
           {"", "gitea", R"({"object_kind":"push"})", Form::github, "gitea"},
           {"", "forge.of.ours", R"({"object_kind":"push"})", Form::gitlab, "forge.of.ours"},
           {"Push Hook", "", "{}", Form::gitlab, "gitlab"},
           {"repo:push", "", "{}", Form::bitbucket_cloud, "bitbucket"},
           {"repo:push", "", R"({"eventKey":"x"})", Form::bitbucket_dc, "bitbucket"},
           {"pr:opened", "github", "{}", Form::bitbucket_dc, "github"},
           {"", "", R"({"headers":{"X-Gitlab-Event":"Push Hook"},"body":{}})", Form::gitlab, "gitlab"},
           {"", "", R"({"headers":{"x-EVENT-key":["repo:push"],"X-Hook-Uuid":["u"]},"body":{}})", Form::bitbucket_cloud,
            "bitbucket"},
           {"", "", R"({"headers":{"X-Event-Key":["pr:opened"]},"body":{}})", Form::bitbucket_dc, "bitbucket"},
           {"", "", R"({"headers":{"X-GitHub-Event":"push","X-Gogs-Event":"push","X-Gitea-Event":"push",
             "X-Forgejo-Event":"push"},"body":{}})",
            Form::github, "forgejo"},
           {"", "", R"({"headers":{"X-GitHub-Event":"push","X-Gogs-Event":"push","X-Gitea-Event":["push"]},"body":{}})",
            Form::github, "gitea"},
           {"", "", R"({"headers":{"X-GitHub-Event":"push","X-Gogs-Event":"push"},"body":{}})", Form::github, ""},
           {"", "", R"({"headers":{"X-GitHub-Event":"push"},"body":{"object_kind":"push"}})", Form::github, "github"},
           {"", "gitlab", R"({"headers":{"X-GitHub-Event":"push","X-GitHub-Delivery":"g"},"body":{}})", Form::gitlab,
            "gitlab"}}) {
    const auto fields = collect_payload(row.body).fields;
    const Delivery delivery = delivery_of(row.webhook, row.origin, fields);
    EXPECT_EQ(delivery.form, row.form) << row.webhook << row.origin << row.body;
    EXPECT_EQ(delivery.origin, row.of) << row.webhook << row.origin << row.body;
  }
}

TEST(DeliveryOf, TakesTheIdOfARetryFromTheHeaderThatStaysTheSame) {
  const auto fields = collect_payload(R"({"headers":{"X-Gitlab-Event":"Push Hook","X-Gitlab-Event-UUID":"shared",
    "Idempotency-Key":["key"]},"body":{}})")
                          .fields;
  EXPECT_EQ(delivery_of("", "", fields).id, "key");
}

}  // namespace
}  // namespace lifecycle::forge
