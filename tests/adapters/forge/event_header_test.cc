#include "adapters/forge/event_header.h"

#include <gtest/gtest.h>

namespace lifecycle::forge {
namespace {

struct HeaderName {
  const char* word;
  Form form;
  const char* name;
};

TEST(EventHeaders, TellTheirForgeAndTheirEvent) {
  for (const HeaderName& row : std::initializer_list<HeaderName>{
           {"Push Hook", Form::gitlab, "push"},
           {"Tag Push Hook", Form::gitlab, "tag_push"},
           {"Confidential Issue Hook", Form::gitlab, "issue"},
           {"Merge Request Hook", Form::gitlab, "merge_request"},
           {"Resource Access Token Hook", Form::gitlab, "access_token"},
           {"System Hook", Form::gitlab, ""},
           {"repo:push", Form::bitbucket_cloud, "push"},
           {"pullrequest:fulfilled", Form::bitbucket_cloud, "pullrequest.fulfilled"},
           {"repo:commit_status_created", Form::bitbucket_cloud, "commit_status.created"},
           {"repo:refs_changed", Form::bitbucket_dc, "push"},
           {"pr:reviewer:needs_work", Form::bitbucket_dc, "pr.reviewer.changes_requested"},
           {"repo:comment:added", Form::bitbucket_dc, "repo.comment.added"},
           {"diagnostics:ping", Form::bitbucket_dc, "diagnostics.ping"},
           {"git.push", Form::azure, "push"},
           {"git.pullrequest.updated", Form::azure, "pullrequest.updated"},
           {"ms.vss-release.deployment-started-event", Form::azure, "release.deployment_started"},
           {"workitem.created", Form::azure, "workitem.created"},
           {"push", Form::unknown, "push"},
           {"pull_request", Form::unknown, "pull_request"},
           {"merge_request", Form::unknown, "merge_request"},
           {"github:acme/app:push", Form::unknown, ""},
           {"", Form::unknown, ""}}) {
    EXPECT_EQ(form_of_header(row.word), row.form) << row.word;
    EXPECT_EQ(name_of_header(row.word), row.name) << row.word;
  }
}

TEST(NameWords, AreOfTheCharactersOfNames) {
  EXPECT_EQ(name_word("partiallySucceeded"), "partially_succeeded");
  EXPECT_EQ(name_word("SUCCESSFUL"), "successful");
  EXPECT_EQ(name_word("a-b c:d"), "a_b_c.d");
  EXPECT_EQ(name_word("a;b"), "");
  EXPECT_EQ(name_word(std::string(101, 'a')), "");
}

}  // namespace
}  // namespace lifecycle::forge
