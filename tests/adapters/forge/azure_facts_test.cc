// What Azure DevOps' bodies tell beside the event's name, and where they mislead.
#include <gtest/gtest.h>

#include "tests/adapters/forge/delivery_facts.h"

namespace lifecycle::forge {
namespace {

using event::Event;

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

}  // namespace
}  // namespace lifecycle::forge
