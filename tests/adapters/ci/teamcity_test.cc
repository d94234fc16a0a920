// TeamCity's files: which are read, and what becomes of those that cannot be.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "adapters/ci/read_event.h"
#include "tests/adapters/ci/ci_case.h"

namespace lifecycle::ci {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

class TeamcityFile : public testing::Test {
 protected:
  void lay(const std::string& name, const std::string& text) {
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
  }
  event::Event read(const std::string& file) {
    const auto detected = read_event(Environment(Variables{{"TEAMCITY_VERSION", "2024.12"},
                                                           {"BUILD_NUMBER", "188"},
                                                           {"BUILD_URL", "https://teamcity.example/build/90417"},
                                                           {"TEAMCITY_BUILD_PROPERTIES_FILE", file}}),
                                     {}, nullptr);
    EXPECT_TRUE(detected);
    return detected ? detected->event : event::Event{};
  }
  static bool warns(const event::Event& event, const std::string& word) {
    return std::ranges::any_of(event.warnings,
                               [&](const std::string& warning) { return warning.find(word) != std::string::npos; });
  }

  ScratchFolder folder_;
};

constexpr const char* teamcity_configuration =
    "teamcity.build.vcs.branch.App=refs/heads/topic\nteamcity.build.triggeredBy=Git\n"
    "vcsroot.App.url=https\\://github.com/acme/app\n";

TEST_F(TeamcityFile, IsNamedByTheFirstOne) {
  lay("config.properties", teamcity_configuration);
  const std::string path = (folder_.path() / "config.properties").string();
  for (const std::string& named : {path, std::string("config.properties"), std::string("./config.properties")}) {
    lay("build.properties", "teamcity.build.id=7\nteamcity.configuration.properties.file=" + named + "\n");
    const event::Event event = read((folder_.path() / "build.properties").string());
    EXPECT_EQ(event.branch, "topic") << named;
    EXPECT_EQ(event.name(), "push") << named;
    EXPECT_EQ(event.repo, "acme/app") << named;
    EXPECT_EQ(event.run.id, "7") << named;
    EXPECT_FALSE(warns(event, "propert")) << named;
  }
}

TEST_F(TeamcityFile, IsReadUpToABound) {
  lay("config.properties", teamcity_configuration + std::string("x=") + std::string(std::size_t{1} << 20, 'x'));
  lay("build.properties", "teamcity.configuration.properties.file=config.properties\n");
  const event::Event event = read((folder_.path() / "build.properties").string());
  EXPECT_EQ(event.branch, "");
  EXPECT_TRUE(warns(event, "propert"));
}

TEST_F(TeamcityFile, ThatCannotBeReadIsSaid) {
  for (const std::string& path : {folder_.path().string(), folder_.path().string() + "/none"}) {
    const event::Event event = read(path);
    EXPECT_TRUE(warns(event, "propert")) << path;
    EXPECT_TRUE(warns(event, "event")) << path;
    EXPECT_TRUE(event.names.empty()) << path;
    EXPECT_EQ(event.run.id, "90417") << "by the page";
  }
  for (const std::string& warning : read("/nowhere/\x1b[31m\n::error::x").warnings) {
    EXPECT_EQ(warning.find_first_of("\x1b\n"), std::string::npos) << warning;
  }
}

TEST_F(TeamcityFile, MayBeBroken) {
  lay("build.properties", std::string("\0\\u\xFF=\\\n\\", 8));
  const event::Event event = read((folder_.path() / "build.properties").string());
  EXPECT_TRUE(warns(event, "propert")) << "it names no second file";
}

TEST_F(TeamcityFile, ThatIsAPipeIsNotWaitedFor) {
  const std::string path = (folder_.path() / "pipe").string();
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_TRUE(warns(read(path), "is no file"));
}

}  // namespace
}  // namespace lifecycle::ci
