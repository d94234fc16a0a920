#include "adapters/ci/forge_page.h"

#include <gtest/gtest.h>

namespace lifecycle::ci {
namespace {

struct ChangeRefRow {
  const char* ref;
  const char* origin;
  std::optional<std::int64_t> number;
};

TEST(ChangeRef, TellsForgeAndNumber) {
  for (const ChangeRefRow& row :
       {ChangeRefRow{"refs/pull/42/merge", "", 42}, ChangeRefRow{"refs/pull/42/head", "", 42},
        ChangeRefRow{"refs/merge-requests/7/head", "gitlab", 7},
        ChangeRefRow{"refs/pull-requests/7/from", "bitbucket", 7}, ChangeRefRow{"refs/pullreq/3/head", "", 3},
        ChangeRefRow{"refs/pull/42", "", 42}, ChangeRefRow{"refs/pull/x42/head", "", std::nullopt},
        ChangeRefRow{"refs/pull/", "", std::nullopt}, ChangeRefRow{"refs/heads/release-2", "", std::nullopt},
        ChangeRefRow{"refs/heads/refs/pull/2/head", "", std::nullopt}, ChangeRefRow{"", "", std::nullopt}}) {
    EXPECT_EQ(origin_of_change_ref(row.ref), row.origin) << row.ref;
    EXPECT_EQ(number_of_change_ref(row.ref), row.number) << row.ref;
  }
}

TEST(ChangePage, TellsTheNumber) {
  EXPECT_EQ(number_of_change_page("https://github.com/acme/app/pull/42"), 42);
  EXPECT_EQ(number_of_change_page("https://git.example/acme/app/pulls/42#issue"), 42);
  EXPECT_EQ(number_of_change_page("https://bitbucket.org/acme/app/pull-requests/7/overview"), 7);
  EXPECT_EQ(number_of_change_page("https://gitlab.com/acme/app/-/merge_requests/7?x=1"), 7);
  EXPECT_EQ(number_of_change_page("https://dev.azure.com/o/p/_git/r/pullrequest/9"), 9);
  EXPECT_EQ(number_of_change_page("https://github.com/acme/pull/commit/1"), std::nullopt);
  EXPECT_EQ(number_of_change_page(""), std::nullopt);
}

struct PageRow {
  const char* address;
  const char* origin;
  const char* host;
  bool guessed;
};

TEST(ForgePage, TellsForgeAndHost) {
  for (const PageRow& row :
       {PageRow{"https://github.com/acme/app/commit/1", "github", "github.com", false},
        PageRow{"https://git.example:8443/acme/app/-/commit/1", "gitlab", "git.example:8443", false},
        PageRow{"https://git.example/projects/P/repos/app/commits/1", "bitbucket", "git.example", false},
        PageRow{"https://gitea.example/acme/app/commit/1", "gitea", "gitea.example", true},
        PageRow{"https://github.com/acme/app/tree/-/x", "github", "github.com", false},
        PageRow{"https://git.example/acme/app/commit/1", "", "git.example", false},
        PageRow{"https://user:secret@git.example/a/b", "", "git.example", false}, PageRow{"/a/-/b", "", "", false},
        PageRow{"", "", "", false}}) {
    event::Event event;
    add_page(event, row.address);
    EXPECT_EQ(event.origin, row.origin) << row.address;
    EXPECT_EQ(event.host, row.host) << row.address;
    EXPECT_EQ(event.repo, "") << row.address;
    EXPECT_EQ(event.warnings.size(), row.guessed ? 1U : 0U) << row.address;
  }
}

TEST(ForgePage, LeavesWhatIsKnown) {
  event::Event event{.origin = "forgejo", .host = "code.example"};
  add_page(event, "https://github.com/acme/app/commit/1");
  EXPECT_EQ(event.origin, "forgejo");
  EXPECT_EQ(event.host, "code.example");
}

}  // namespace
}  // namespace lifecycle::ci
