// Names and origins that are none: nothing is made of them that they are not.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/adapters/ci/read_event_fixture.h"

namespace lifecycle::ci {
namespace {

TEST_F(ReadEvent, ClaimsNoPushOfWhatNamesItself) {
  struct Row {
    const char* name;
    const char* body;
    const char* warning;
  };
  for (const Row& row : {Row{"ping", R"({"zen":"x","hook_id":1})", "ping"}, Row{"ping", "", "ping"},
                         Row{"we ird", R"({"zen":"x"})", "\"we ird\""}, Row{"we ird", push_body, "\"we ird\""}}) {
    const auto detected = read_event(github(row.name, row.body), {}, nullptr);
    ASSERT_TRUE(detected) << row.name << ": " << detected.error().message;
    EXPECT_TRUE(detected->event.names.empty()) << row.name;
    EXPECT_FALSE(detected->claimed) << row.name;
    EXPECT_TRUE(warns(detected->event, row.warning)) << row.name;
  }
  const auto unread = read_event(github("we ird", ""), {}, nullptr);
  ASSERT_FALSE(unread) << "neither the name nor the payload tells the event";
  EXPECT_EQ(unread.error().code, "payload-unreadable");
}

TEST_F(ReadEvent, TakesAPingByNameOrBodyForNoEvent) {
  const EventFacts facts{.origin = "github", .repo = "acme/app", .branch = "main"};
  EventFacts named = facts;
  named.name = "ping";
  EventFacts trigger = facts;
  trigger.name = "github:acme/app:ping";
  EventFacts with_body = facts;
  with_body.payload = (folder_.path() / "ping.json").string();
  std::ofstream(with_body.payload) << R"({"zen":"x","hook_id":1,"hook":{}})";
  EventFacts other_body = facts;
  other_body.payload = (folder_.path() / "other.json").string();
  std::ofstream(other_body.payload) << R"({"object_kind":"pipeline"})";
  for (const EventFacts& given : {named, trigger, with_body, other_body}) {
    const event::Event event = must_read(Environment(), given);
    EXPECT_TRUE(event.names.empty()) << given.name << given.payload;
    EXPECT_FALSE(warns(event, "did you mean")) << given.name;
  }
  for (const EventFacts& given : {named, trigger}) {
    EXPECT_TRUE(must_read(github("push", push_body), given).names.empty()) << given.name;
  }
  EXPECT_TRUE(must_read(github("ping", ""), {.action = "opened"}).names.empty());
  EXPECT_TRUE(
      must_read(Environment(), {.origin = "bitbucket", .name = "diagnostics.ping", .branch = "main"}).names.empty());
}

TEST_F(ReadEvent, SaysWhereAnOriginIsUnknown) {
  for (const EventFacts& given : {EventFacts{.name = "gihub:acme/app:push"}, EventFacts{.origin = "gihub"}}) {
    EXPECT_TRUE(warns(must_read(github("push", push_body), given), "did you mean github?"));
    EXPECT_EQ(must_read(github("push", push_body), given).origin, "gihub") << "a forge of one's own may have any";
  }
  Environment environment = github("push", push_body);
  environment.set("LIFECYCLE_EVENT_ORIGIN", "gihub");
  EXPECT_TRUE(warns(must_read(environment), "the origin gihub is none of github, gitlab"));
  EXPECT_TRUE(warns(must_read(Environment(), {.origin = "foo"}), "the origin foo is none of"));
  for (const char* known : {"github", "GitLab", "bitbucket", "gitea", "forgejo", "azure", "codecommit"}) {
    EXPECT_FALSE(warns(must_read(environment, {.origin = known}), "is none of github")) << known;
  }
}

TEST_F(ReadEvent, NamesACreatedOrDeletedRefByTheRefThatIsGiven) {
  struct Row {
    const char* name;
    const char* ref;
    const char* event;
    bool warned;
  };
  for (const Row& row :
       {Row{"create", "refs/tags/v1", "create.tag", false}, Row{"create", "refs/heads/x", "create.branch", false},
        Row{"delete", "refs/tags/v1", "delete.tag", false}, Row{"delete", "refs/heads/x", "delete.branch", false},
        Row{"github:acme/app:delete", "refs/tags/v1", "delete.tag", false},
        Row{"create.branch", "refs/heads/x", "create.branch", false}, Row{"create", "", "create", true},
        Row{"create", "refs/notes/x", "create", true}, Row{"push", "refs/tags/v1", "push.tag", false}}) {
    const EventFacts facts{.origin = "github", .repo = "acme/app", .name = row.name, .ref = row.ref};
    const event::Event event = must_read(Environment(), facts);
    EXPECT_EQ(event.name(), row.event) << row.name << " " << row.ref;
    EXPECT_EQ(event.ref, row.ref) << row.name;
    EXPECT_EQ(warns(event, "is none of github's"), row.warned) << row.name << " " << row.ref;
  }
  EXPECT_EQ(must_read(Environment(), {.repo = "acme/app", .name = "create", .tag = "v1"}).tag, "v1");
  EXPECT_EQ(must_read(Environment(), {.repo = "acme/app", .name = "delete", .branch = "x"}).name(), "delete.branch");
  EXPECT_EQ(must_read(github("push", push_body), {.name = "delete"}).name(), "delete") << "the CI's ref is another";
}

TEST_F(ReadEvent, HasTheCommonNameFirstAndTheForgesOwn) {
  using Names = std::vector<std::string>;
  struct Row {
    const char* origin;
    const char* name;
    Names names;
    const char* state;
  };
  for (const Row& row :
       {Row{"gitlab", "merge_request.merged", {"pull_request.merged", "merge_request.merged"}, "merge"},
        Row{"gitlab", "pull_request.merged", {"pull_request.merged", "merge_request.merged"}, "merge"},
        Row{"gitlab", "merge_request.approved", {"merge_request.approved"}, ""},
        Row{"bitbucket", "pullrequest.fulfilled", {"pull_request.merged", "pullrequest.fulfilled"}, "merge"},
        Row{"bitbucket", "pr.deleted", {"pull_request.closed", "pr.deleted"}, "close"},
        Row{"bitbucket", "pull_request.merged", {"pull_request.merged"}, "merge"},
        Row{"bitbucket", "pull_request.closed", {"pull_request.closed"}, "close"},
        Row{"azure", "pull_request.reopened", {"pull_request.reopened", "pullrequest.reactivated"}, "reopen"},
        Row{"github", "pull_request.merged", {"pull_request.merged"}, "merge"},
        Row{"github", "merge_request.merged", {"merge_request.merged"}, ""}}) {
    const event::Event event = must_read(
        Environment(), {.origin = row.origin, .repo = "acme/app", .name = row.name, .base = "main", .number = "7"});
    EXPECT_EQ(event.names, row.names) << row.origin << " " << row.name;
    EXPECT_EQ(event.category.state, row.state) << row.origin << " " << row.name;
    EXPECT_EQ(event.base, "main") << row.origin << " " << row.name;
  }
  const EventFacts trigger{.name = "gitlab:acme/app:merge_request.merged", .number = "7"};
  const EventFacts common{.name = "gitlab:acme/app:pull_request.merged", .number = "7"};
  EXPECT_EQ(must_read(Environment(), trigger).names, must_read(Environment(), common).names);
  EXPECT_EQ(must_read(Environment(), trigger).identity, must_read(Environment(), common).identity);
}

TEST_F(ReadEvent, SaysThatMergedIsMissingWhereClosedWasGiven) {
  const EventFacts facts{.origin = "github", .repo = "acme/app", .name = "pull_request", .action = "closed"};
  for (const event::Event& event :
       {must_read(Environment(), facts), must_read(github("pull_request", ""), {.action = "closed"})}) {
    EXPECT_EQ(event.name(), "pull_request");
    EXPECT_TRUE(warns(event, "say it with --merged true or --merged false"));
    EXPECT_FALSE(warns(event, "--action"));
  }
  EventFacts open = facts;
  open.action.clear();
  EXPECT_TRUE(warns(must_read(Environment(), open), "say it with --action"));
  EventFacts merged = facts;
  merged.merged = "false";
  EXPECT_FALSE(warns(must_read(Environment(), merged), "--merged"));
}

TEST_F(ReadEvent, SaysWhereAnAssumedActionIsUnknown) {
  EXPECT_TRUE(
      warns(must_read(github("pull_request", ""), {.assume_action = "Merged"}), "did you mean pull_request.merged?"));
  EXPECT_FALSE(warns(must_read(github("pull_request", ""), {.assume_action = "synchronized"}), "is none of"));
}

TEST_F(ReadEvent, HasNoCommitOfADeletion) {
  for (const char* name : {"delete.branch", "push.deleted"}) {
    const event::Event event = must_read(github("push", push_body), {.name = name, .branch = "x"});
    EXPECT_EQ(event.name(), name);
    EXPECT_EQ(event.commit, "") << name << ": the run's commit is another branch's";
  }
}

TEST_F(ReadEvent, SaysWhereANameIsUnknown) {
  const event::Event event = must_read(github("push", push_body), {.name = "pull_request.open"});
  EXPECT_TRUE(warns(event, "did you mean pull_request.opened?"));
}

}  // namespace
}  // namespace lifecycle::ci
