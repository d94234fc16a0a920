// Payload files of every forge in a CI: whose they are, which of several events is meant, and how they are refused.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/adapters/ci/read_event_fixture.h"

namespace lifecycle::ci {
namespace {

const std::string forge_sha(40, 'a');

class ForgePayload : public ReadEvent {
 protected:
  std::string body(const std::string& text) {
    const std::string path = folder_.path() / "body.json";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  event::Event read(const std::string& text, EventFacts facts = {}) {
    facts.payload = body(text);
    return must_read(Environment(), facts);
  }
};

std::string two_refs() {
  const std::string target = R"("target":{"hash":")" + forge_sha + R"("}}})";
  return R"({"repository":{"full_name":"acme/app","links":{"html":{"href":"https://bitbucket.org/acme/app"}}},
    "push":{"changes":[{"old":null,"new":{"type":"branch","name":"main",)" +
         target + R"(,{"old":null,"new":{"type":"tag","name":"v1",)" + target + "]}}";
}

TEST_F(ForgePayload, IsKnownByItsShape) {
  struct Row {
    const char* text;
    const char* trigger;
  };
  for (
      const Row& row :
      {Row{R"({"object_kind":"merge_request","project":{"path_with_namespace":"a/b/c"},"object_attributes":
            {"iid":7,"action":"merge"}})",
           "gitlab:a/b/c:pull_request.merged"},
       Row{R"({"eventKey":"pr:opened","pullRequest":{"id":1,"toRef":{"repository":{"slug":"s","project":{"key":"K"}}}}})",
           "bitbucket:K/s:pull_request.opened"},
       Row{R"({"eventType":"git.pullrequest.updated","publisherId":"tfs","resource":{"status":"abandoned",
            "pullRequestId":1,"targetRefName":"refs/heads/m","repository":{"name":"R","project":{"name":"P"},
            "remoteUrl":"https://dev.azure.com/O/P/_git/R"}}})",
           "azure:O/P/R:pull_request.closed"},
       Row{R"({"headers":{"X-Event-Key":["pullrequest:fulfilled"],"X-Hook-Uuid":["u"]},"body":{"pullrequest":{"id":1},
            "repository":{"full_name":"acme/app"}}})",
           "bitbucket:acme/app:pull_request.merged"}}) {
    const event::Event event = read(row.text);
    EXPECT_EQ(event::primary_trigger(event), row.trigger) << row.text;
    EXPECT_EQ(event.category.kind, event::CategoryKind::change);
    EXPECT_TRUE(event.payload);
  }
}

TEST_F(ForgePayload, IsReadAsTheHeaderThatIsGivenAsItsName) {
  const std::string cloud = R"({"pullrequest":{"id":1},"repository":{"full_name":"acme/app","links":{}}})";
  EXPECT_EQ(read(cloud, {.name = "pullrequest:created"}).name(), "pull_request.opened");
  EXPECT_EQ(read(cloud, {.name = "pullrequest:approved"}).name(), "pullrequest.approved");
  const event::Event unsaid = read(cloud, {.name = "pull_request"});
  EXPECT_EQ(unsaid.name(), "pull_request");
  EXPECT_TRUE(warns(unsaid, "action"));
  EXPECT_EQ(read(R"({"object_kind":"note","object_attributes":{}})", {.name = "Note Hook"}).name(), "note.created");
  EXPECT_EQ(read(R"({"object_kind":"merge_request","object_attributes":{"action":"reopen"}})", {.name = "System Hook"})
                .name(),
            "pull_request.reopened");
}

TEST_F(ForgePayload, ThatCannotBeReadLeavesWhatItsHeaderTells) {
  for (const auto& [name, expected] : std::vector<std::pair<std::string, std::string>>{
           {"Merge Request Hook", "pull_request"}, {"Push Hook", "push"}, {"repo:push", "push"}}) {
    const event::Event event =
        must_read(Environment(), {.origin = "gitlab", .name = name, .payload = "/nowhere/body.json"});
    EXPECT_EQ(event.name(), expected) << name;
    EXPECT_TRUE(warns(event, "payload")) << name;
    EXPECT_FALSE(event.payload);
  }
  EXPECT_EQ(must_read(Environment(), {.origin = "bitbucket", .name = "pullrequest:fulfilled"}).names,
            (std::vector<std::string>{"pull_request.merged", "pullrequest.fulfilled"}));
}

Variables gitlab_deployment() {
  return {{"GITLAB_CI", "true"},        {"CI_SERVER_HOST", "gitlab.com"}, {"CI_PROJECT_PATH", "g/s/app"},
          {"CI_PIPELINE_ID", "9"},      {"CI_PIPELINE_SOURCE", "push"},   {"CI_COMMIT_SHA", forge_sha},
          {"CI_COMMIT_BRANCH", "main"}, {"CI_ENVIRONMENT_NAME", "prod"}};
}

TEST_F(ForgePayload, StandsAboveTheCisVariables) {
  const std::string path = body(pull_body);
  const event::Event event = must_read(Environment(gitlab_deployment()), {.payload = path});
  EXPECT_EQ(event.name(), "pull_request.opened");
  EXPECT_EQ(event.head, "topic");
  EXPECT_EQ(event.run.id, "9") << "what runs it is the CI's";
  EXPECT_EQ(event.environment, "prod") << "and so is the job's environment";
}

TEST_F(ForgePayload, OfAnotherServerTakesNothingFromTheCi) {
  const std::string path = body(R"({"ref":"refs/heads/x","before":")" + forge_sha + R"(","after":")" + forge_sha +
                                R"(","repository":{"full_name":"o/p","html_url":"https://code.example.com/o/p"}})");
  const event::Event event = must_read(Environment(gitlab_deployment()), {.payload = path});
  EXPECT_EQ(event.host, "code.example.com");
  EXPECT_EQ(event.origin, "") << "gitlab.com is another server";
  EXPECT_TRUE(warns(event, "--origin"));
}

TEST_F(ForgePayload, ThatCannotBeReadLeavesWhatTheCiTells) {
  const event::Event push =
      must_read(Environment(gitlab_deployment()), {.name = "push", .payload = "/nowhere/body.json"});
  EXPECT_EQ(event::primary_trigger(push), "gitlab:g/s/app:push");
  EXPECT_EQ(push.branch, "main");
  EXPECT_TRUE(warns(push, "/nowhere/body.json"));
  const event::Event change =
      must_read(Environment(gitlab_deployment()), {.name = "pull_request", .payload = "/nowhere/body.json"});
  EXPECT_EQ(change.name(), "pull_request");
  EXPECT_EQ(change.repo, "g/s/app");
}

TEST_F(ForgePayload, ThatCannotBeReadAndHasNoNameStartsNothingElse) {
  for (const Environment& environment : {Environment(), Environment(gitlab_deployment())}) {
    const auto detected = read_event(environment, {.flags = {.payload = "/nowhere/body.json"}}, nullptr);
    ASSERT_FALSE(detected);
    EXPECT_EQ(detected.error().code, "payload-unreadable");
    EXPECT_NE(detected.error().message.find("/nowhere/body.json"), std::string::npos);
    EXPECT_NE(detected.error().hint.find("--event"), std::string::npos);
  }
}

/// A workflow of GitHub's may hand on what another server sent it (repository_dispatch).
TEST_F(ForgePayload, ThatIsRelayedToAnActionsRunKeepsItsOwnPlace) {
  const Environment run = github("repository_dispatch", R"({"action":"relay","client_payload":{}})");
  const std::string merged = R"({"object_kind":"merge_request","user":{"username":"ann"},"project":
      {"path_with_namespace":"g/s/app","web_url":"https://gitlab.com/g/s/app"},"object_attributes":{"iid":7,
      "action":"merge","source_branch":"topic","target_branch":"main"}})";
  const event::Event event = must_read(run, {.name = "Merge Request Hook", .payload = body(merged)});
  EXPECT_EQ(event::primary_trigger(event), "gitlab:g/s/app:pull_request.merged");
  EXPECT_EQ(event.host, "gitlab.com");
  EXPECT_EQ(event.actor, "ann");
  EXPECT_EQ(event.run.id, "99");
  const std::string other = R"({"ref":"refs/heads/x","before":")" + forge_sha + R"(","after":")" + forge_sha +
                            R"(","repository":{"full_name":"o/p","html_url":"https://github.com/o/p"}})";
  const event::Event push = must_read(run, {.name = "push", .payload = body(other)});
  EXPECT_EQ(event::primary_trigger(push), "github:o/p:push");
  EXPECT_EQ(push.ref, "refs/heads/x");
  EXPECT_EQ(push.commit, forge_sha);
}

TEST_F(ForgePayload, OfAnActionsRunMayLieElsewhere) {
  Environment run = github("pull_request_target", "", "refs/heads/main");
  for (const char* name : {"", "pull_request", "pull_request_target", "pull_request.opened"}) {
    const event::Event event = must_read(run, {.name = name, .payload = body(pull_body)});
    EXPECT_EQ(event.name(), "pull_request.opened") << name;
    EXPECT_EQ(event.ref, "refs/heads/main") << name << ": the run's";
    EXPECT_EQ(event.actor, "dana") << name;
  }
}

TEST_F(ForgePayload, OfSeveralEventsIsTheOneAboutTheRefThatIsTold) {
  const event::Event first = read(two_refs());
  EXPECT_EQ(first.name(), "push");
  EXPECT_TRUE(warns(first, "1 event more"));
  for (const EventFacts& facts : {EventFacts{.tag = "v1"}, EventFacts{.ref = "refs/tags/v1"}}) {
    const event::Event tag = read(two_refs(), facts);
    EXPECT_EQ(tag.names, (std::vector<std::string>{"push.tag", "create.tag"}));
    EXPECT_EQ(tag.commit, forge_sha);
    EXPECT_FALSE(warns(tag, "more"));
    EXPECT_EQ(tag.identity, "push|refs/tags/v1|" + forge_sha);
  }
}

TEST_F(ForgePayload, OfAnotherEventIsRefusedWithItsFile) {
  const std::string path = body(R"({"object_kind":"push","ref":"refs/heads/x","before":"0","after":"1"})");
  for (const char* name : {"pull_request", "Merge Request Hook", "merge_request"}) {
    const auto detected = read_event(Environment(), {.flags = {.name = name, .payload = path}}, nullptr);
    ASSERT_FALSE(detected) << name;
    EXPECT_EQ(detected.error().code, "payload-mismatch") << name;
    EXPECT_EQ(detected.error().place.file, path);
  }
}

TEST_F(ForgePayload, ThatOnlyRepeatsAnotherIsNoEvent) {
  const event::Event event = read(R"({"event_name":"repository_update","project_id":1})");
  EXPECT_TRUE(event.names.empty());
  EXPECT_EQ(event.origin, "gitlab");
  EXPECT_TRUE(warns(event, "no event of its own"));
}

TEST_F(ForgePayload, TellsTheCategoryThatItsForgeMeans) {
  const auto category = [&](const char* status) {
    return read(std::string(R"({"object_kind":"deployment","status":")") + status + "\"}").category.state;
  };
  EXPECT_EQ(category("running"), "started");
  EXPECT_EQ(category("created"), "");
  EXPECT_EQ(category("success"), "success");
}

TEST_F(ForgePayload, OfAGitlabTagHasTheNamesThatATagHasInEveryJob) {
  const event::Event event = read(R"({"object_kind":"tag_push","ref":"refs/tags/v1","before":")" +
                                  std::string(40, '0') + R"(","after":")" + forge_sha + "\"}");
  EXPECT_EQ(event.names, (std::vector<std::string>{"push.tag", "create.tag"}));
}

}  // namespace
}  // namespace lifecycle::ci
