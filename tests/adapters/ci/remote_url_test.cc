#include "adapters/ci/remote_url.h"

#include <gtest/gtest.h>

namespace lifecycle::ci {
namespace {

using Origin = RemoteFacts::Origin;

struct RemoteUrlRow {
  const char* url;
  const char* origin;
  Origin certainty;
  const char* host;
  const char* repo;  // empty: open, and the problem is told
};

class Remotes : public testing::TestWithParam<RemoteUrlRow> {};

TEST_P(Remotes, TellForgeHostAndRepository) {
  const RemoteFacts facts = parse_remote(GetParam().url);
  EXPECT_EQ(facts.origin, GetParam().origin) << GetParam().url;
  EXPECT_EQ(facts.certainty, GetParam().certainty) << GetParam().url;
  EXPECT_EQ(facts.host, GetParam().host) << GetParam().url;
  EXPECT_EQ(facts.repo, GetParam().repo) << GetParam().url;
  EXPECT_EQ(facts.repo_problem.empty(), !facts.repo.empty()) << facts.repo_problem;
}

INSTANTIATE_TEST_SUITE_P(
    Forges, Remotes,
    testing::Values(
        RemoteUrlRow{"https://github.com/acme/app.git", "github", Origin::certain, "github.com", "acme/app"},
        RemoteUrlRow{"HTTPS://GitHub.com/Acme/App", "github", Origin::certain, "github.com", "Acme/App"},
        RemoteUrlRow{"https://github.com/acme/app/tree/main", "github", Origin::certain, "github.com", ""},
        RemoteUrlRow{"https://github.com/acme", "github", Origin::certain, "github.com", ""},
        RemoteUrlRow{"https://github.com/acme/app?x=1#y", "github", Origin::certain, "github.com", "acme/app"},
        RemoteUrlRow{"https://u:p@ss@github.com/acme/app", "github", Origin::certain, "github.com", "acme/app"},
        RemoteUrlRow{"https://u:p/w@github.com/app.git", "", Origin::unknown, "", ""},
        RemoteUrlRow{"https://github.com/acme/app@2.git", "github", Origin::certain, "github.com", "acme/app@2"},
        RemoteUrlRow{"https://github.com:443/acme/app@2", "github", Origin::certain, "github.com", "acme/app@2"},
        RemoteUrlRow{"git@github.com:acme/app", "github", Origin::certain, "github.com", "acme/app"},
        RemoteUrlRow{"git@ssh.github.com:acme/app.git", "github", Origin::certain, "github.com", "acme/app"},
        RemoteUrlRow{"ssh+git://git@github.com/acme/app.git", "github", Origin::certain, "github.com", "acme/app"},
        RemoteUrlRow{"https://acme.ghe.com/acme/app", "github", Origin::certain, "acme.ghe.com", "acme/app"},
        RemoteUrlRow{"https://gitlab.com/a/b/c/d.git", "gitlab", Origin::certain, "gitlab.com", "a/b/c/d"},
        RemoteUrlRow{"https://gitlab.com/scm/group/app", "gitlab", Origin::certain, "gitlab.com", "scm/group/app"},
        RemoteUrlRow{"https://code.example.com/scm/~me/app.git", "bitbucket", Origin::certain, "code.example.com",
                     "~me/app"},
        RemoteUrlRow{"ssh://git@code.example.com:7999/P/app.git", "bitbucket", Origin::certain, "code.example.com",
                     "P/app"},
        RemoteUrlRow{"https://dev.azure.com/acme/_git/app", "azure", Origin::certain, "dev.azure.com", "acme/app/app"},
        RemoteUrlRow{"https://dev.azure.com/acme/My%20Shop/_git/app", "azure", Origin::certain, "dev.azure.com",
                     "acme/My Shop/app"},
        RemoteUrlRow{"https://acme.visualstudio.com/_git/app", "azure", Origin::certain, "acme.visualstudio.com",
                     "acme/app/app"},
        RemoteUrlRow{"acme@vs-ssh.visualstudio.com:v3/acme/Shop/app", "azure", Origin::certain, "acme.visualstudio.com",
                     "acme/Shop/app"},
        RemoteUrlRow{"codecommit::eu-west-1://me@app", "codecommit", Origin::certain,
                     "git-codecommit.eu-west-1.amazonaws.com", "app"}));

INSTANTIATE_TEST_SUITE_P(
    Guesses, Remotes,
    testing::Values(
        RemoteUrlRow{"https://gitlab.example.com/a/b/c", "gitlab", Origin::guessed, "gitlab.example.com", "a/b/c"},
        RemoteUrlRow{"https://gitea.example.com:3000/a/b", "gitea", Origin::guessed, "gitea.example.com:3000", "a/b"},
        RemoteUrlRow{"https://mygithub.example.com/a/b", "", Origin::unknown, "mygithub.example.com", "a/b"},
        RemoteUrlRow{"https://git.example.com/x/a/b", "", Origin::unknown, "git.example.com", ""},
        RemoteUrlRow{"ssh://git@[::1]:22/a/b", "", Origin::unknown, "[::1]", "a/b"},
        RemoteUrlRow{"git@[::1]:a/b", "", Origin::unknown, "[::1]", "a/b"}));

INSTANTIATE_TEST_SUITE_P(
    NoForge, Remotes,
    testing::Values(RemoteUrlRow{"", "", Origin::unknown, "", ""}, RemoteUrlRow{"app", "", Origin::unknown, "", ""},
                    RemoteUrlRow{"/srv/a:b/app", "", Origin::unknown, "", ""},
                    RemoteUrlRow{"./a:b", "", Origin::unknown, "", ""},
                    RemoteUrlRow{"~/a:b", "", Origin::unknown, "", ""},
                    RemoteUrlRow{"file:///srv/app", "", Origin::unknown, "", ""},
                    RemoteUrlRow{"C:\\src\\app", "", Origin::unknown, "", ""},
                    RemoteUrlRow{"c:/src/app", "", Origin::unknown, "", ""},
                    RemoteUrlRow{"ext::sh -c evil", "", Origin::unknown, "", ""},
                    RemoteUrlRow{"ftp://h/a/b", "", Origin::unknown, "", ""},
                    RemoteUrlRow{"https:///a/b", "", Origin::unknown, "", ""},
                    RemoteUrlRow{"https://a b/c/d", "", Origin::unknown, "", ""},
                    RemoteUrlRow{"https://github.com/a/%00b", "github", Origin::certain, "github.com", ""},
                    RemoteUrlRow{"https://github.com/a/%ff", "github", Origin::certain, "github.com", ""},
                    RemoteUrlRow{"https://github.com/a/..", "github", Origin::certain, "github.com", ""},
                    RemoteUrlRow{"https://github.com//", "github", Origin::certain, "github.com", ""}));

TEST(RemotesOfAnyBytes, GiveNoControlCharacterAndNoPassword) {
  std::uint32_t state = 11;
  const std::string alphabet = "htps:/@.[]%0a1b~githubcom _v3scm\n\x1b\xff\\";
  for (int round = 0; round < 20'000; ++round) {
    std::string url = round % 2 == 0 ? "https://u:SECRET@" : "u:SECRET@";
    for (int i = 0; i < 30; ++i) {
      state = state * 1664525 + 1013904223;
      url += alphabet[(state >> 8) % alphabet.size()];
    }
    const RemoteFacts facts = parse_remote(url);
    for (const std::string& field : {facts.origin, facts.host, facts.repo, facts.repo_problem}) {
      for (const char c : field) ASSERT_FALSE(c >= 0 && c < 0x20) << url;
      const bool has_password = round % 2 == 0 && field.find("SECRET") != std::string::npos;
      ASSERT_FALSE(has_password) << url;
    }
  }
}

}  // namespace
}  // namespace lifecycle::ci
