#include "agent/secrets/secret_store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "agent/os/files.h"

namespace lifecycle::secrets {
namespace {

namespace fs = std::filesystem;

class Store : public testing::Test {
 protected:
  Store() {
    for (const char* name : {"secrets", "run"}) fs::create_directory(directory_.path() / name);
    places_.secrets_dir = path("secrets");
    places_.plan_secrets = path("run");
  }

  [[nodiscard]] std::string path(std::string_view name) const { return (directory_.path() / name).string(); }
  void write(std::string_view name, std::string_view text) const { ASSERT_TRUE(os::write_file(path(name), text)); }
  [[nodiscard]] SecretStore open() const {
    auto store = SecretStore::open(places_, own_);
    EXPECT_TRUE(store) << store.error().message;
    return *store;
  }

  os::TemporaryDirectory directory_ = *os::TemporaryDirectory::create(fs::temp_directory_path(), "secret-store-");
  SecretPlaces places_;
  Environment own_;
};

TEST_F(Store, AsksThePlacesInOrder) {
  write("secrets/A", "directory");
  write(".env", "A=file\nB=file\n");
  write("run/A", "run");
  write("run/B", "run");
  write("run/C", "run");
  write("run/D", "run");
  places_.env_files = {path(".env")};
  own_ = Environment({{"A", "own"}, {"B", "own"}, {"C", "own"}});
  const SecretStore store = open();
  EXPECT_EQ(store.find("A"), "directory");
  EXPECT_EQ(store.find("B"), "file");
  EXPECT_EQ(store.find("C"), "own");
  EXPECT_EQ(store.find("D"), "run");
  EXPECT_EQ(store.find("E"), std::nullopt);
  EXPECT_EQ(store.provider_of("A"), path("secrets"));
  EXPECT_EQ(store.provider_of("B"), path(".env"));
  EXPECT_EQ(store.provider_of("C"), "environment");
  EXPECT_EQ(store.provider_of("D"), path("run"));
  EXPECT_EQ(store.provider_of("E"), std::nullopt);
  EXPECT_EQ(store.places(), (std::vector<std::string>{path("secrets"), path(".env"), "environment", path("run")}));
}

TEST_F(Store, TheLaterEnvFileWins) {
  write("a.env", "A=1\nB=1\n");
  write("b.env", "A=2\n");
  places_.env_files = {path("a.env"), path("b.env")};
  const SecretStore store = open();
  EXPECT_EQ(store.find("A"), "2");
  EXPECT_EQ(store.provider_of("A"), path("b.env"));
  EXPECT_EQ(store.provider_of("B"), path("a.env"));
}

TEST_F(Store, DropsOneTrailingNewline) {
  write("secrets/NONE", "x");
  write("secrets/ONE", "x\n");
  write("secrets/TWO", "x\n\n");
  write("secrets/DOS", "x\r\n");
  write("secrets/BLANKS", " x \n");
  write("secrets/EMPTY", "");
  const SecretStore store = open();
  EXPECT_EQ(store.find("NONE"), "x");
  EXPECT_EQ(store.find("ONE"), "x");
  EXPECT_EQ(store.find("TWO"), "x\n");
  EXPECT_EQ(store.find("DOS"), "x");
  EXPECT_EQ(store.find("BLANKS"), " x ");
  EXPECT_EQ(store.find("EMPTY"), "");
  EXPECT_EQ(store.size_of("TWO"), 2U);
  EXPECT_EQ(store.size_of("ABSENT"), 0U);
}

TEST_F(Store, ReadsSecretsAsKubernetesLaysThemOut) {
  fs::create_directory(directory_.path() / "secrets/..2026_01_01");
  write("secrets/..2026_01_01/TOKEN", "value\n");
  fs::create_symlink("..2026_01_01", path("secrets/..data"));
  fs::create_symlink("..data/TOKEN", path("secrets/TOKEN"));
  EXPECT_EQ(open().find("TOKEN"), "value");
}

TEST_F(Store, NamesNeverLeaveTheDirectory) {
  write("outside", "x");
  write("secrets/..hidden", "x");
  fs::create_directory(directory_.path() / "secrets/sub");
  write("secrets/sub/A", "x");
  const SecretStore store = open();
  for (const std::string_view name : std::initializer_list<std::string_view>{
           "../outside", "..hidden", "sub/A", "/etc/hostname", ".", "..", "", "sub", std::string_view("A\0B", 3)}) {
    EXPECT_EQ(store.find(name), std::nullopt) << name;
    EXPECT_EQ(store.provider_of(name), std::nullopt) << name;
  }
}

TEST_F(Store, APipeInTheDirectoryIsNotWaitedFor) {
  ASSERT_EQ(::mkfifo(path("secrets/PIPE").c_str(), 0600), 0);
  const SecretStore store = open();
  EXPECT_EQ(store.find("PIPE"), std::nullopt);
  EXPECT_NE(store.trouble_with("PIPE").find("no regular file"), std::string::npos);
}

TEST_F(Store, AnEmptyVariableIsMissing) {
  own_ = Environment({{"A", ""}, {"B", ""}});
  write("run/B", "run");
  const SecretStore store = open();
  EXPECT_EQ(store.find("A"), std::nullopt);
  EXPECT_EQ(store.trouble_with("A"), "the environment has it, but empty");
  EXPECT_EQ(store.find("B"), "run");
  EXPECT_EQ(store.trouble_with("B"), "");
  EXPECT_EQ(store.trouble_with("C"), "");
}

TEST_F(Store, NeverGivesTheAgentsOwnTokens) {
  own_ = Environment({{"LIFECYCLE_TOKEN", "x"}, {"ACTIONS_RUNTIME_TOKEN", "x"}, {"GITHUB_TOKEN", "job"}});
  write("secrets/CTOAI_EVENTS_API_TOKEN", "x");
  const SecretStore store = open();
  EXPECT_EQ(store.find("LIFECYCLE_TOKEN"), std::nullopt);
  EXPECT_EQ(store.find("ACTIONS_RUNTIME_TOKEN"), std::nullopt);
  EXPECT_EQ(store.find("CTOAI_EVENTS_API_TOKEN"), std::nullopt);
  EXPECT_EQ(store.find("GITHUB_TOKEN"), "job");
}

TEST_F(Store, ANulByteInAFileIsSaid) {
  write("secrets/A", std::string_view("a\0b", 3));
  EXPECT_EQ(open().find("A"), std::nullopt);
  EXPECT_NE(open().trouble_with("A").find("NUL"), std::string::npos);
}

TEST_F(Store, AbsentPlacesAreErrorsOnlyWhereTheyWereAskedFor) {
  places_.plan_secrets = path("absent");
  EXPECT_EQ(open().find("A"), std::nullopt);
  places_.secrets_dir = path("absent");
  EXPECT_EQ(SecretStore::open(places_, own_).error().code, "secrets-dir-unreadable");
  write("file", "A=1");
  places_.secrets_dir = path("file");
  EXPECT_EQ(SecretStore::open(places_, own_).error().code, "secrets-dir-unreadable");
  places_.secrets_dir.clear();
  places_.env_files = {path("absent.env")};
  EXPECT_EQ(SecretStore::open(places_, own_).error().code, "env-file-unreadable");
  write("broken.env", "A=1\nhunter2\n");
  places_.env_files = {path("broken.env")};
  const auto broken = SecretStore::open(places_, own_);
  EXPECT_EQ(broken.error().code, "env-file-syntax");
  EXPECT_EQ(broken.error().place.line, 2);
}

}  // namespace
}  // namespace lifecycle::secrets
