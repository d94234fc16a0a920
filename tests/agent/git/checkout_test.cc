#include "agent/git/checkout.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/agent/git/git_folder.h"

namespace lifecycle::git {
namespace {

class Checkout : public GitFolder {
 protected:
  void SetUp() override {
    GitFolder::SetUp();
    must({"init", "-q", "-b", "feature/login"});
  }
  CheckoutFacts read() const { return read_checkout(folder_, environment()); }
};

TEST_F(Checkout, TellsBranchCommitAndOrigin) {
  commit();
  must({"remote", "add", "other", "https://example.com/x/y"});
  must({"remote", "add", "origin", "https://github.com/acme/app.git"});
  std::filesystem::create_directories(folder_ / "a/b");
  for (const auto& place : {folder_, folder_ / "a/b"}) {
    const CheckoutFacts facts = read_checkout(place, environment());
    EXPECT_TRUE(facts.found);
    EXPECT_EQ(facts.branch, "feature/login");
    EXPECT_EQ(facts.commit, must({"rev-parse", "HEAD"}));
    EXPECT_EQ(facts.remote_url, "https://github.com/acme/app.git");
    EXPECT_TRUE(facts.warnings.empty());
  }
}

TEST_F(Checkout, KnowsWhenItIsDetachedOrEmpty) {
  EXPECT_EQ(read().branch, "feature/login");
  EXPECT_EQ(read().commit, "");
  EXPECT_TRUE(read().warnings.empty());
  commit();
  must({"checkout", "-q", "--detach"});
  EXPECT_EQ(read().branch, "");
  EXPECT_EQ(read().commit.size(), 40U);
  EXPECT_TRUE(read().warnings.empty());
}

TEST_F(Checkout, TakesTheOnlyRemoteElseTheUpstreams) {
  commit();
  EXPECT_EQ(read().remote_url, "");
  must({"remote", "add", "one", "https://example.com/a/one"});
  EXPECT_EQ(read().remote_url, "https://example.com/a/one");
  must({"remote", "add", "two", "https://example.com/a/two"});
  EXPECT_EQ(read().remote_url, "");
  must({"config", "branch.feature/login.remote", "two"});
  EXPECT_EQ(read().remote_url, "https://example.com/a/two");
}

TEST_F(Checkout, AppliesInsteadOf) {
  must({"remote", "add", "origin", "gh:acme/app"});
  must({"config", "url.https://github.com/.insteadOf", "gh:"});
  EXPECT_EQ(read().remote_url, "https://github.com/acme/app");
}

TEST_F(Checkout, ReadsAWorktree) {
  commit();
  must({"worktree", "add", "-q", "-b", "side", (folder_ / "tree").string()});
  EXPECT_EQ(read_checkout(folder_ / "tree", environment()).branch, "side");
}

TEST_F(Checkout, IsReadThoughItBelongsToAnother) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a directory away";
  commit();
  ASSERT_EQ(::chown(folder_.c_str(), 12345, 12345), 0);
  ASSERT_EQ(::chown((folder_ / ".git").c_str(), 12345, 12345), 0);
  EXPECT_EQ(read().branch, "feature/login");
  EXPECT_TRUE(read().warnings.empty()) << read().warnings.front();
}

TEST_F(Checkout, ThatIsBrokenIsAWarning) {
  std::filesystem::remove_all(folder_ / ".git");
  std::ofstream(folder_ / ".git") << "gitdir: /nonexistent\n";
  const CheckoutFacts facts = read();
  EXPECT_TRUE(facts.found);
  ASSERT_EQ(facts.warnings.size(), 1U);
  EXPECT_NE(facts.warnings.front().find("could not be read"), std::string::npos);
}

TEST_F(Checkout, WithoutGitIsAWarning) {
  const CheckoutFacts facts = read_checkout(folder_, Environment(Variables{{"PATH", "/nonexistent"}}));
  ASSERT_EQ(facts.warnings.size(), 1U);
  EXPECT_NE(facts.warnings.front().find("git is not installed"), std::string::npos);
}

TEST_F(Checkout, ThatIsNoneRunsNoGit) {
  std::filesystem::remove_all(folder_ / ".git");
  const CheckoutFacts facts = read_checkout(folder_, Environment(Variables{{"PATH", "/nonexistent"}}));
  EXPECT_FALSE(facts.found);
  EXPECT_TRUE(facts.warnings.empty());
  EXPECT_FALSE(read_checkout(folder_ / "none", environment()).found);
}

}  // namespace
}  // namespace lifecycle::git
