// The event of GitHub's variables where payload, flags or both are unusual; the usual ones are in tests/cases.
#include <gtest/gtest.h>

#include <fstream>

#include "agent/event/event_json.h"
#include "tests/adapters/ci/read_event_fixture.h"

namespace lifecycle::ci {
namespace {

TEST_F(ReadEvent, IsReducedWhereThePayloadIsBroken) {
  const std::string bodies[] = {"",
                                "{\"action\":\"opened\"",
                                "not json",
                                "{\"title\":\"caf\xE9\"}",
                                std::string("{}\0", 3),
                                std::string("\0\0", 2),
                                std::string(1000, '[')};
  for (const std::string& body : bodies) {
    const event::Event event = must_read(github("pull_request", body, "refs/pull/7/merge"));
    EXPECT_EQ(event.name(), "pull_request") << body;
    EXPECT_TRUE(warns(event, "payload")) << body;
    EXPECT_TRUE(warns(event, "action")) << body;
    EXPECT_FALSE(event.payload);
    ASSERT_TRUE(event.change);
    EXPECT_EQ(event.change->number, 7);
    EXPECT_TRUE(event::is_from_fork(event)) << "unknown is treated as a fork";
  }
}

TEST_F(ReadEvent, IsReducedWhereThereIsNoPayloadToRead) {
  for (const std::string& path : {folder_.path().string(), folder_.path().string() + "/none", std::string()}) {
    Environment environment = github("push", "{}");
    environment.set("GITHUB_EVENT_PATH", path);
    const event::Event event = must_read(environment);
    EXPECT_EQ(event.name(), "push");
    EXPECT_EQ(event.branch, "main");
    EXPECT_TRUE(warns(event, "payload")) << path;
  }
}

TEST_F(ReadEvent, NamesATagAndACreatedBranchWithoutPayload) {
  EXPECT_EQ(must_read(github("push", "", "refs/tags/v1")).names, (std::vector<std::string>{"push.tag", "create.tag"}));
  EXPECT_EQ(must_read(github("create", "", "refs/heads/x")).name(), "create.branch");
  const event::Event deleted = must_read(github("delete", ""));
  EXPECT_EQ(deleted.branch, "") << "the variables name the default branch, not the deleted one";
  EXPECT_EQ(deleted.commit, "");
}

TEST_F(ReadEvent, FailsWhereThePayloadIsAnotherEvents) {
  struct Row {
    const char* name;
    const char* body;
    const char* part;
  };
  for (const Row& row :
       {Row{"pull_request", push_body, "`pull_request`"}, Row{"push", pull_body, "`ref`"}, Row{"push", "{}", "`after`"},
        Row{"release", "[]", "`release`"},
        Row{"deployment_status", R"({"deployment_status":null,"deployment":{}})", "`deployment_status`"}}) {
    const auto detected = read_event(github(row.name, row.body), {}, nullptr);
    ASSERT_FALSE(detected) << row.name;
    EXPECT_EQ(detected.error().code, "payload-mismatch");
    EXPECT_NE(detected.error().message.find(row.part), std::string::npos) << detected.error().message;
    EXPECT_EQ(detected.error().place.file, (folder_.path() / "event.json").string());
  }
}

TEST_F(ReadEvent, TakesADifferingRefForNoMismatch) {
  const event::Event event = must_read(github("push", push_body, "refs/heads/other"));
  EXPECT_EQ(event.branch, "other");
  EXPECT_EQ(event.commit, "bcb9f9b20179329552f9b756c6b7967b6126ef4b");
}

TEST_F(ReadEvent, FailsWhereNeitherPayloadNorVariablesTellTheRepository) {
  Environment environment = github("push", "broken");
  environment.unset("GITHUB_REPOSITORY");
  const auto detected = read_event(environment, {}, nullptr);
  ASSERT_FALSE(detected);
  EXPECT_EQ(detected.error().code, "payload-unreadable");
  EXPECT_EQ(must_read(environment, {.repo = "acme/app"}).repo, "acme/app");
  const auto again = read_event(github("push", push_body), {}, nullptr);
  ASSERT_TRUE(again);
}

TEST_F(ReadEvent, LetsNektosActHaveAnEmptyPayload) {
  Environment environment = github("push", "{}");
  environment.set("ACT", "true");
  const event::Event event = must_read(environment);
  EXPECT_EQ(event.name(), "push");
  EXPECT_TRUE(warns(event, "nektos"));
  EXPECT_TRUE(warns(event, "payload"));
}

TEST_F(ReadEvent, KeepsHostileTextAsItIs) {
  const std::string title = R"(x\u0000\"\n::set-output name=a::b\r\n$(id) \u202e)";
  const event::Event event = must_read(
      github("pull_request",
             R"({"action":"opened","pull_request":{"number":7,"title":")" + title + R"(","head":{},"base":{}}})",
             "refs/pull/7/merge"));
  using std::string_literals::operator""s;
  EXPECT_EQ(event.change->title, "x\0\"\n::set-output name=a::b\r\n$(id) \u202e"s);
  EXPECT_EQ(event.name(), "pull_request.opened");
}

TEST_F(ReadEvent, DropsAnActionThatIsNoWord) {
  const event::Event event =
      must_read(github("pull_request", R"({"action":"a\nb::","pull_request":{}})", "refs/pull/7/merge"));
  EXPECT_EQ(event.names, std::vector<std::string>{"pull_request"});
  EXPECT_EQ(event.action, "");
  EXPECT_TRUE(warns(event, "action"));
}

TEST_F(ReadEvent, TakesZerosOfBothLengthsForNone) {
  const std::string zeros(64, '0');
  Environment environment =
      github("push", R"({"ref":"refs/heads/x","before":"aa","after":")" + zeros + R"(","deleted":true})");
  environment.set("GITHUB_SHA", zeros);
  const event::Event event = must_read(environment);
  EXPECT_EQ(event.name(), "push.deleted");
  EXPECT_EQ(event.branch, "x");
  EXPECT_EQ(event.commit, "");
}

TEST_F(ReadEvent, TellsTheRunWithItsAttempt) {
  Environment environment = github("push", push_body);
  EXPECT_EQ(must_read(environment).run.url, "https://github.com/acme/app/actions/runs/99");
  environment.set("GITHUB_RUN_ATTEMPT", "3");
  environment.set("GITHUB_SERVER_URL", "https://GHE.example.com:8443/");
  const event::Event event = must_read(environment);
  EXPECT_EQ(event.run.url, "https://GHE.example.com:8443/acme/app/actions/runs/99/attempts/3");
  EXPECT_EQ(event.host, "ghe.example.com:8443");
}

TEST_F(ReadEvent, TakesTheServersHostWithoutSchemeAndNeverItsCredentials) {
  constexpr const char* usable[] = {"ghe.example.com", "https://ghe.example.com/?x=1", "user:hunter2@ghe.example.com",
                                    "HTTPS://user:hunter2@ghe.example.com/", "https://hunter2:a@b@ghe.example.com#x"};
  for (const char* server : usable) {
    Environment environment =
        github("push", R"({"ref":"refs/heads/main","after":"bcb9f9b20179329552f9b756c6b7967b6126ef4b",
            "repository":{"full_name":"acme/app","html_url":"https://github.com/acme/app"}})");
    environment.set("GITHUB_SERVER_URL", server);
    const event::Event event = must_read(environment);
    EXPECT_EQ(event.host, "ghe.example.com") << server;
    EXPECT_TRUE(event.run.url.ends_with("://ghe.example.com/acme/app/actions/runs/99")) << event.run.url;
    EXPECT_FALSE(warns(event, "GITHUB_SERVER_URL")) << server;
    EXPECT_EQ(event::to_json(event).dump().find("hunter2"), std::string::npos) << server;
  }
  for (const char* server : {"http://user:hunter2/x@ghe.example.com", "user:hunter2?x@ghe.example.com", "https://",
                             "ssh://ghe.example.com", "https://ghe example.com", "https://ghe.example.com/\x01"}) {
    Environment environment = github("push", push_body);
    environment.set("GITHUB_SERVER_URL", server);
    const event::Event event = must_read(environment);
    EXPECT_EQ(event.host, "") << server;
    EXPECT_EQ(event.run.url, "") << server;
    EXPECT_TRUE(warns(event, "GITHUB_SERVER_URL is no address of a web server")) << server;
    EXPECT_EQ(event::to_json(event).dump().find("hunter2"), std::string::npos) << server;
  }
}

TEST_F(ReadEvent, TakesNoRepositoryThatIsNoPath) {
  for (const char* repository : {"ac me/app", "acme/app\n", "acme/\x1b[31mapp", " ", "//", "/acme/app", "acme//app",
                                 "acme/app/", "acme/..", "https://u:hunter2@github.com/acme/app"}) {
    Environment environment = github("push", push_body);
    environment.set("GITHUB_REPOSITORY", repository);
    const event::Event event = must_read(environment);
    EXPECT_EQ(event.repo, "acme/app") << "the payload's";
    EXPECT_TRUE(warns(event, "GITHUB_REPOSITORY is no repository's path"));
    environment.set("GITHUB_EVENT_PATH", "");
    EXPECT_FALSE(read_event(environment, {}, nullptr)) << "nothing else tells the repository";
  }
}

TEST_F(ReadEvent, NamesATagsAliasUnlessTurnedOff) {
  const Environment environment = github("push",
                                         R"({"ref":"refs/tags/v1","before":"0000000000000000000000000000000000000000",
      "after":"bcb9f9b20179329552f9b756c6b7967b6126ef4b"})",
                                         "refs/tags/v1");
  const event::Event event = must_read(environment);
  EXPECT_EQ(event.names, (std::vector<std::string>{"push.tag", "create.tag"}));
  EXPECT_EQ(event.alias_reasons.size(), 1U);
  const auto off = read_event(environment, {.tag_alias = false}, nullptr);
  ASSERT_TRUE(off);
  EXPECT_EQ(off->event.names, std::vector<std::string>{"push.tag"});
}

TEST_F(ReadEvent, LaysFlagsOverTheCi) {
  const event::Event event =
      must_read(github("pull_request", pull_body, "refs/pull/7/merge"),
                {.action = "closed", .merged = "true", .number = "8", .title = "mine", .fork = "true"});
  EXPECT_EQ(event.name(), "pull_request.merged");
  EXPECT_EQ(event.category.state, "merge");
  EXPECT_EQ(event.change->number, 8);
  EXPECT_EQ(event.change->title, "mine");
  EXPECT_EQ(event.change->fork, true);
  EXPECT_EQ(event.identity, "pr|8|merged");
  EXPECT_EQ(event.base, "main");
}

TEST_F(ReadEvent, DropsTheChangeWhereAFlagNamesAnotherEvent) {
  const event::Event event = must_read(github("pull_request", pull_body, "refs/pull/7/merge"),
                                       {.name = "gitlab:acme/x/app:push", .branch = "main"});
  EXPECT_EQ(event::primary_trigger(event), "gitlab:acme/x/app:push");
  EXPECT_FALSE(event.change);
  EXPECT_EQ(event.base, "");
  EXPECT_EQ(event.ref, "refs/heads/main");
}

TEST_F(ReadEvent, TakesVariablesInEveryCi) {
  Environment environment = github("push", push_body);
  environment.set("LIFECYCLE_EVENT_BRANCH", "release/1");
  environment.set("LIFECYCLE_EVENT_ENVIRONMENT", "production");
  const event::Event event = must_read(environment, {.actor = "sam"});
  EXPECT_EQ(event.ref, "refs/heads/release/1");
  EXPECT_EQ(event.environment, "production");
  EXPECT_EQ(event.actor, "sam");
  EXPECT_EQ(event.identity, "push|refs/heads/release/1|bcb9f9b20179329552f9b756c6b7967b6126ef4b");
}

TEST_F(ReadEvent, AssumesAnActionOnlyWhereItIsUnknown) {
  const event::Event known =
      must_read(github("pull_request", pull_body, "refs/pull/7/merge"), {.assume_action = "merged"});
  EXPECT_EQ(known.name(), "pull_request.opened");
  const event::Event unknown = must_read(github("pull_request", "", "refs/pull/7/merge"), {.assume_action = "merged"});
  EXPECT_EQ(unknown.name(), "pull_request.merged");
  EXPECT_FALSE(warns(unknown, "nothing tells the pull request's action"));
  EXPECT_FALSE(unknown.alias_reasons.empty());
}

TEST_F(ReadEvent, TakesAPayloadByFlagWithItsEventHeader) {
  std::ofstream(folder_.path() / "other.json") << pull_body;
  const event::Event event =
      must_read(github("push", push_body), {.name = "pull_request", .payload = folder_.path() / "other.json"});
  EXPECT_EQ(event.name(), "pull_request.opened");
  EXPECT_EQ(event.head, "topic");
}

TEST_F(ReadEvent, ShowsNoControlCharacterOfAValue) {
  const auto detected = read_event(github("push", push_body), {.flags = {.number = "7\n::error::x"}}, nullptr);
  ASSERT_FALSE(detected);
  EXPECT_EQ(detected.error().message.find('\n'), std::string::npos);
}

TEST_F(ReadEvent, TakesTheStateOutOfAGivenName) {
  const event::Event event = must_read(github("push", push_body), {.name = "deployment_status.failure"});
  EXPECT_EQ(event.state, "failure");
  EXPECT_EQ(event.category.state, "failure");
}

TEST_F(ReadEvent, ClaimsNothingForARunByNameOutsideACi) {
  git::CheckoutFacts checkout{.found = true,
                              .branch = "main",
                              .commit = "bcb9f9b20179329552f9b756c6b7967b6126ef4b",
                              .remote_url = "https://github.com/acme/app.git",
                              .warnings = {}};
  const auto nameless = read_event(Environment(), {.least_claim = false}, &checkout);
  ASSERT_TRUE(nameless);
  EXPECT_TRUE(nameless->event.names.empty());
  EXPECT_TRUE(nameless->event.warnings.empty());
  EXPECT_EQ(nameless->event.repo, "acme/app");
  EXPECT_EQ(nameless->event.branch, "main");
  EXPECT_FALSE(nameless->ci.in_ci);
  EXPECT_FALSE(nameless->event_given);
  const auto claimed = read_event(Environment(), {}, &checkout);
  ASSERT_TRUE(claimed);
  EXPECT_TRUE(claimed->claimed);
  EXPECT_EQ(claimed->event.name(), "push");
  const auto in_ci = read_event(Environment(Variables{{"CI", "true"}}), {.least_claim = false}, &checkout);
  ASSERT_TRUE(in_ci);
  EXPECT_TRUE(in_ci->ci.in_ci);
  EXPECT_EQ(in_ci->event.name(), "push");
}

TEST_F(ReadEvent, TakesNothingFromACheckoutOfSomethingElse) {
  git::CheckoutFacts checkout{.found = true,
                              .branch = "main",
                              .commit = "bcb9f9b20179329552f9b756c6b7967b6126ef4b",
                              .remote_url = "https://github.com/acme/other.git",
                              .warnings = {}};
  const auto detected = read_event(
      Environment(), {.flags = {.origin = "github", .repo = "acme/app", .name = "push", .branch = "x"}}, &checkout);
  ASSERT_TRUE(detected);
  EXPECT_EQ(detected->event.commit, "");
  EXPECT_EQ(detected->event.host, "");
  EXPECT_TRUE(detected->event_given);
}

TEST_F(ReadEvent, RefusesWhatIsNotOfItsForm) {
  const Environment environment = github("push", push_body);
  EXPECT_EQ(read_event(environment, {.flags = {.number = "x"}}, nullptr).error().code, "event-fact-invalid");
  EXPECT_EQ(read_event(environment, {.flags = {.name = "a b"}}, nullptr).error().code, "event-fact-invalid");
  EXPECT_EQ(read_event(environment, {.flags = {.origin = "git hub"}}, nullptr).error().code, "event-fact-invalid");
  EXPECT_EQ(read_event(environment, {.flags = {.name = "git hub:acme/app:push"}}, nullptr).error().code,
            "event-fact-invalid");
  EXPECT_EQ(read_event(environment, {.ci = "nope"}, nullptr).error().code, "ci-unknown");
  EXPECT_TRUE(warns(must_read(environment, {.commit = "HEAD"}), "--commit"));
}

}  // namespace
}  // namespace lifecycle::ci
