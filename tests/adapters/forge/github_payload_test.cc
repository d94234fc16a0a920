#include "adapters/forge/github_payload.h"

#include <gtest/gtest.h>

#include "adapters/forge/payload_reader.h"

namespace lifecycle::forge {
namespace {

using event::Event;

Event must_map(const char* webhook, const std::string& body, const char* origin = "github") {
  const auto event = map_github(webhook, origin, collect_payload(body).fields);
  EXPECT_TRUE(event) << event.error().message;
  return event.value_or(Event{});
}

constexpr const char* repository =
    R"("repository":{"id":700,"full_name":"Acme/App","html_url":"https://GHE.example.com:8443/Acme/App",
  "pushed_at":1772445600},"sender":{"login":"dana"})";

std::string pull_request(const std::string& top, const std::string& inner) {
  return R"({"number":7,)" + top + R"("pull_request":{"number":7,"title":"Add it","user":{"login":"eve"},)" + inner +
         R"("created_at":"2026-03-01T10:00:00Z","updated_at":"2026-03-02T10:00:00Z","html_url":"https://x/7",
         "labels":[{"name":"a"},{"name":"b"}],"merge_commit_sha":"cccc","head":{"ref":"topic","sha":"aaaa",
         "repo":{"full_name":"eve/App"}},"base":{"ref":"main","sha":"bbbb","repo":{"full_name":"Acme/App"}}},)" +
         repository + "}";
}

TEST(MapGithub, PullRequestOpened) {
  const Event event = must_map("pull_request", pull_request(R"("action":"opened",)", R"("merged":false,)"));
  EXPECT_EQ(event.names, std::vector<std::string>{"pull_request.opened"});
  EXPECT_EQ(event.kind, "pull_request");
  EXPECT_EQ(event.action, "opened");
  EXPECT_EQ(event.host, "ghe.example.com:8443");
  EXPECT_EQ(event.repo, "Acme/App");
  EXPECT_EQ(event.repo_id, "700");
  EXPECT_EQ(event.actor, "dana");
  EXPECT_EQ(event.base, "main");
  EXPECT_EQ(event.head, "topic");
  EXPECT_EQ(event.branch, "topic");
  EXPECT_EQ(event.commit, "aaaa") << "the trial merge is not taken";
  EXPECT_EQ(event.time, "2026-03-01T10:00:00Z");
  EXPECT_EQ(event.identity, "pr|7|opened");
  EXPECT_EQ(event.category.state, "open");
  ASSERT_TRUE(event.change);
  EXPECT_EQ(event.change->number, 7);
  EXPECT_EQ(event.change->title, "Add it");
  EXPECT_EQ(event.change->labels, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(event.change->fork, true);
  EXPECT_EQ(event.change->author, "eve");
  EXPECT_EQ(event.change->url, "https://x/7");
}

TEST(MapGithub, PullRequestMergedTakesTheMergeCommit) {
  const Event event = must_map(
      "pull_request", pull_request(R"("action":"closed",)", R"("merged":true,"merged_at":"2026-03-02T11:00:00Z",)"));
  EXPECT_EQ(event.names, std::vector<std::string>{"pull_request.merged"});
  EXPECT_EQ(event.commit, "cccc");
  EXPECT_EQ(event.time, "2026-03-02T11:00:00Z");
  EXPECT_EQ(event.change->merged_at, "2026-03-02T11:00:00Z");
  EXPECT_EQ(event.identity, "pr|7|merged");
}

struct Identity {
  const char* webhook;
  std::string body;
  const char* identity;
};

class Identities : public testing::TestWithParam<Identity> {};

TEST_P(Identities, AreTheKeysThatAPollWouldHave) {
  EXPECT_EQ(must_map(GetParam().webhook, GetParam().body).identity, GetParam().identity) << GetParam().body;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Identities,
    testing::Values(
        Identity{"pull_request", pull_request(R"("action":"synchronize","before":"0a",)", ""), "pr|7|sync|aaaa"},
        Identity{"pull_request", pull_request(R"("action":"closed",)", R"("closed_at":"2026-03-02T11:00:00Z",)"),
                 "pr|7|closed|2026-03-02T11:00:00Z"},
        Identity{"pull_request", pull_request(R"("action":"closed",)", ""), ""},
        Identity{"pull_request", pull_request(R"("action":"reopened",)", ""), "pr|7|reopened|2026-03-02T10:00:00Z"},
        Identity{"pull_request",
                 pull_request(R"("action":"review_requested","requested_reviewer":{"login":"sam"},)", ""),
                 "pr|7|review_request|sam|2026-03-02T10:00:00Z"},
        Identity{"pull_request", pull_request(R"("action":"review_requested","requested_team":{"slug":"core"},)", ""),
                 "pr|7|review_request|core|2026-03-02T10:00:00Z"},
        Identity{"pull_request", pull_request(R"("action":"labeled",)", ""), ""},
        Identity{"pull_request_review",
                 pull_request(R"("action":"submitted","review":{"id":55,"state":"changes_requested"},)", ""),
                 "pr|7|changes_requested|55"},
        Identity{"push", R"({"ref":"refs/heads/Main","before":"bb","after":"aa"})", "push|refs/heads/Main|aa"},
        Identity{"push", R"({"ref":"refs/tags/v1","before":"bb","after":"a0","head_commit":{"id":"c0"}})",
                 "push|refs/tags/v1|a0"},
        Identity{"push", R"({"ref":"refs/heads/x","before":"bb","after":"aa","deleted":true})", ""},
        Identity{"create", R"({"ref":"v1","ref_type":"tag"})", ""},
        Identity{"deployment", R"({"action":"created","deployment":{"id":9}})", "depl|9|created"},
        Identity{"deployment_status",
                 R"({"action":"created","deployment":{"id":9},"deployment_status":{"id":11,"state":"success"}})",
                 "depl|9|11"},
        Identity{"release", R"({"action":"published","release":{"id":3,"tag_name":"v1"}})", "rel|3|published"},
        Identity{"release", R"({"action":"released","release":{"id":3,"tag_name":"v1"}})", ""},
        Identity{"workflow_run",
                 R"({"action":"completed","workflow_run":{"id":5,"run_attempt":2,"conclusion":"failure"}})",
                 "run|5|2|failure"},
        Identity{"workflow_run", R"({"action":"requested","workflow_run":{"id":5,"run_attempt":2}})",
                 "run|5|2|requested"},
        Identity{"workflow_dispatch", R"({"ref":"refs/heads/main","inputs":null})", ""}));

struct Fork {
  const char* head;  // the head object's repo member
  std::optional<bool> fork;
};

class Forks : public testing::TestWithParam<Fork> {};

TEST_P(Forks, CompareRepositories) {
  const std::string body = std::string(R"({"action":"opened","pull_request":{"head":{"ref":"x")") + GetParam().head +
                           R"(},"base":{"ref":"main","repo":{"id":1,"full_name":"acme/app"}}}})";
  EXPECT_EQ(must_map("pull_request", body).change->fork, GetParam().fork) << GetParam().head;
}

INSTANTIATE_TEST_SUITE_P(Rows, Forks,
                         testing::Values(Fork{R"(,"repo":{"full_name":"eve/app","fork":true})", true},
                                         Fork{R"(,"repo":{"full_name":"Acme/App","fork":true})",
                                              false},  // a fork of something, yet the same
                                         Fork{R"(,"repo":null)", true}, Fork{"", std::nullopt},
                                         Fork{R"(,"repo":{})", std::nullopt}, Fork{R"(,"repo":{"id":1})", false},
                                         Fork{R"(,"repo":{"id":2})", true}));

TEST(MapGithub, PushTellsRefShasAndTime) {
  const Event event =
      must_map("push", R"({"ref":"refs/heads/a/b","before":"0000000000000000000000000000000000000000","after":"aa",
    "head_commit":{"id":"aa"},)" +
                           std::string(repository) + "}");
  EXPECT_EQ(event.ref, "refs/heads/a/b");
  EXPECT_EQ(event.branch, "a/b");
  EXPECT_EQ(event.before, "") << "zeros are none";
  EXPECT_EQ(event.commit, "aa");
  EXPECT_EQ(event.time, "2026-03-02T10:00:00Z");
  EXPECT_FALSE(event.change);
}

TEST(MapGithub, DeletingPushHasNoCommit) {
  const Event event = must_map(
      "push",
      R"({"ref":"refs/tags/v1","before":"bb","after":"0000000000000000000000000000000000000000000000000000000000000000"})");
  EXPECT_EQ(event.names, std::vector<std::string>{"push.deleted"});
  EXPECT_EQ(event.tag, "v1");
  EXPECT_EQ(event.commit, "");
  EXPECT_EQ(event.before, "bb");
}

TEST(MapGithub, CreateHasAShortRefOrGiteasFullOne) {
  EXPECT_EQ(must_map("create", R"({"ref":"refs/heads/odd","ref_type":"branch"})").branch, "odd");
  EXPECT_EQ(must_map("create", R"({"ref":"a/b","ref_type":"branch"})").ref, "refs/heads/a/b");
  const Event gitea = must_map("create", R"({"ref":"v1","ref_type":"tag","sha":"aa"})", "gitea");
  EXPECT_EQ(gitea.tag, "v1");
  EXPECT_EQ(gitea.commit, "aa");
}

TEST(MapGithub, CommentIsOnAChangeWhereTheIssueSaysSo) {
  const Event change = must_map("issue_comment", R"({"action":"created","comment":{},"issue":{"number":7,"title":"t",
    "user":{"login":"eve"},"labels":[{"name":"x"}],"pull_request":{"url":"u"}}})");
  ASSERT_TRUE(change.change);
  EXPECT_EQ(change.change->number, 7);
  EXPECT_EQ(change.change->fork, std::nullopt);
  EXPECT_EQ(change.branch, "");
  EXPECT_FALSE(
      must_map("issue_comment", R"({"action":"created","comment":{},"issue":{"number":7,"pull_request":null}})")
          .change);
  EXPECT_TRUE(
      must_map("issue_comment", R"({"action":"created","comment":{},"issue":{"number":7},"is_pull":true})", "gitea")
          .change);
}

struct Comment {
  const char* issue;  // the members of the issue
  const char* top;    // members beside it
  std::optional<bool> on_change;
};

class Comments : public testing::TestWithParam<Comment> {};

TEST_P(Comments, AreOnAnIssueOnlyWhereTheBodySaysSoPlainly) {
  const std::string body = std::string(R"({"action":"created","comment":{},"issue":{"number":7)") + GetParam().issue +
                           "}" + GetParam().top + "}";
  const Event event = must_map("issue_comment", body, "gitea");
  EXPECT_EQ(event.on_change, GetParam().on_change) << body;
  EXPECT_EQ(event.change.has_value(), GetParam().on_change == true) << body;
}

INSTANTIATE_TEST_SUITE_P(Rows, Comments,
                         testing::Values(Comment{"", "", false}, Comment{R"(,"pull_request":null)", "", false},
                                         Comment{"", R"(,"is_pull":false)", false},
                                         Comment{R"(,"pull_request":{})", "", true},
                                         Comment{"", R"(,"is_pull":true)", true},
                                         Comment{R"(,"pull_request":"u")", "", std::nullopt},
                                         Comment{"", R"(,"is_pull":7)", std::nullopt}));

TEST(MapGithub, DeploymentStatusTellsEnvironmentAndState) {
  const Event event = must_map("deployment_status", R"({"action":"created","deployment":{"id":9,"ref":"main","sha":"aa",
    "environment":"staging"},"deployment_status":{"id":1,"state":"ERROR","environment":"production",
    "created_at":"2026-03-02T10:00:00+01:00"}})");
  ASSERT_TRUE(event.deployment);
  EXPECT_EQ(event.names, (std::vector<std::string>{"deployment_status.error", "deployment_status.created"}));
  EXPECT_EQ(event.environment, "production");
  EXPECT_EQ(event.deployment->state, "error");
  EXPECT_EQ(event.deployment->ref, "main");
  EXPECT_EQ(event.deployment->id, "9");
  EXPECT_EQ(event.state, "error");
  EXPECT_EQ(event.category.state, "failure");
  EXPECT_EQ(event.time, "2026-03-02T10:00:00+01:00");
}

TEST(MapGithub, ReleaseTellsItsTag) {
  const Event event =
      must_map("release", R"({"action":"published","release":{"tag_name":"v1","prerelease":true,"draft":false}})");
  EXPECT_EQ(event.tag, "v1");
  EXPECT_EQ(event.ref, "refs/tags/v1");
  ASSERT_TRUE(event.release);
  EXPECT_TRUE(event.release->prerelease);
}

TEST(MapGithub, WorkflowRunTellsWhereItsCommitLies) {
  const auto run = [](const std::string& head_repository) {
    return must_map("workflow_run",
                    R"({"action":"completed","workflow_run":{"head_branch":"topic","conclusion":"success")" +
                        head_repository + R"(},"repository":{"full_name":"acme/app"}})");
  };
  EXPECT_EQ(run("").head, "topic");
  EXPECT_EQ(run("").branch, "") << "the branch is a change's";
  EXPECT_EQ(run("").foreign_head, std::nullopt);
  EXPECT_EQ(run(R"(,"head_repository":{"full_name":"Acme/App"})").foreign_head, false);
  EXPECT_EQ(run(R"(,"head_repository":{"full_name":"eve/app"})").foreign_head, true);
  EXPECT_EQ(run(R"(,"head_repository":null)").foreign_head, true);
}

TEST(MapGithub, MismatchNamesWhatIsMissingAndWhatIsThere) {
  const auto event =
      map_github("pull_request", "github", collect_payload(R"({"ref":"refs/heads/x","before":"a"})").fields);
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().code, "payload-mismatch");
  for (const char* part : {"pull_request", "`ref`", "`before`"}) {
    EXPECT_NE(event.error().message.find(part), std::string::npos) << event.error().message;
  }
}

/// Gitea's and Forgejo's jobs name these by GitHub's word, and have Gitea's own body (modules/structs/hook.go).
TEST(MapGithub, GiteasWikiAndPackageBodiesComeUnderGithubsWords) {
  const auto wiki = map_github("gollum", "gitea",
                               collect_payload(R"({"action":"edited","page":"Home","comment":"c",
      "repository":{"full_name":"acme/app"},"sender":{"login":"dana"}})")
                                   .fields);
  ASSERT_TRUE(wiki) << wiki.error().message;
  EXPECT_EQ(wiki->name(), "wiki.edited");
  EXPECT_EQ(wiki->kind, "wiki");
  EXPECT_EQ(wiki->action, "edited");
  EXPECT_EQ(wiki->repo, "acme/app");
  const auto package = map_github("registry_package", "forgejo",
                                  collect_payload(R"({"action":"created","package":{"name":"p"}})").fields);
  ASSERT_TRUE(package) << package.error().message;
  EXPECT_EQ(package->name(), "package.created");
  EXPECT_FALSE(map_github("gollum", "github", collect_payload(R"({"action":"edited","page":"Home"})").fields));
  EXPECT_FALSE(map_github("gollum", "gitea", collect_payload(R"({"pages":[]})").fields));
}

TEST(MapGithub, APushNeedsNoMoreThanItsRefAndTip) {
  const auto event = map_github("push", "github", collect_payload(R"({"ref":"refs/heads/x","after":"aa"})").fields);
  ASSERT_TRUE(event.has_value());
  EXPECT_EQ(event->name(), "push");
  EXPECT_EQ(event->commit, "aa");
  EXPECT_EQ(event->before, "");
}

/// Every mapper with nothing and with null for whatever it reads.
TEST(MapGithub, SurvivesNullEverywhere) {
  std::string nulls = "{";
  for (const std::string_view path : wanted_paths()) {
    const std::string top(path.substr(0, path.find_first_of(".[")));
    if (nulls.find("\"" + top + "\"") == std::string::npos)
      nulls += (nulls.size() > 1 ? ",\"" : "\"") + top + "\":null";
  }
  nulls += "}";
  const std::string objects = [&] {
    std::string text = nulls;
    for (auto at = text.find("null"); at != std::string::npos; at = text.find("null")) text.replace(at, 4, "{}");
    return text;
  }();
  for (const char* webhook : {"push",
                              "create",
                              "delete",
                              "pull_request",
                              "pull_request_review",
                              "pull_request_review_comment",
                              "pull_request_review_thread",
                              "issues",
                              "issue_comment",
                              "release",
                              "deployment",
                              "deployment_status",
                              "status",
                              "check_run",
                              "check_suite",
                              "workflow_run",
                              "workflow_job",
                              "merge_group",
                              "repository_dispatch",
                              "ping",
                              "fork"}) {
    for (const std::string& body : {std::string("{}"), std::string("[]"), std::string("null"), nulls, objects}) {
      const auto event = map_github(webhook, "github", collect_payload(body).fields);
      if (event) {
        EXPECT_EQ(event->commit, "") << webhook;
      } else {
        EXPECT_EQ(event.error().code, "payload-mismatch");
      }
    }
  }
}

struct Host {
  const char* address;
  const char* host;
};

class Hosts : public testing::TestWithParam<Host> {};

TEST_P(Hosts, AreInLowerCaseWithAnUnusualPort) { EXPECT_EQ(host_of(GetParam().address), GetParam().host); }

INSTANTIATE_TEST_SUITE_P(Rows, Hosts,
                         testing::Values(Host{"https://github.com", "github.com"},
                                         Host{"https://GitHub.com/", "github.com"},
                                         Host{"https://ghe.example.com:8443/x", "ghe.example.com:8443"},
                                         Host{"https://github.com:443/x", "github.com"}, Host{"http://h:80", "h"},
                                         Host{"http://h:443", "h:443"}, Host{"https://u:p@h/x", "h"},
                                         Host{"https://[::1]:3000/", "[::1]:3000"}, Host{"ghe.example.com", ""},
                                         Host{"", ""}, Host{"https://a b/", ""}));

TEST(SetRef, StripsOnePrefix) {
  Event event;
  set_ref(event, "refs/heads/refs/heads/x");
  EXPECT_EQ(event.branch, "refs/heads/x");
  set_ref(event, "refs/tags/v1");
  EXPECT_EQ(event.branch, "");
  EXPECT_EQ(event.tag, "v1");
  set_ref(event, "refs/pull/7/merge");
  EXPECT_EQ(event.tag, "");
  EXPECT_EQ(event.ref, "refs/pull/7/merge");
  set_ref(event, "main");
  EXPECT_EQ(event.ref, "");
}

}  // namespace
}  // namespace lifecycle::forge
