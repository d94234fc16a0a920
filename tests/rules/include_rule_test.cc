// Who may include whom: every #include of the tree against the USES lines of the folders (build/layers.txt),
// and against the short list of who may see a library.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Include {
  std::string file;    // agent/plan/resolve.cc
  std::string folder;  // agent/plan
  std::string target;  // agent/event/lifecycle_event.h or boost/asio.hpp
  bool quoted = false;
};

std::map<std::string, std::set<std::string>> read_layers() {
  std::map<std::string, std::set<std::string>> layers;
  std::ifstream file(LA_BUILD_DIR "/layers.txt");
  for (std::string line; std::getline(file, line);) {
    const auto colon = line.find(':');
    std::istringstream uses(line.substr(colon + 1));
    auto& allowed = layers[line.substr(0, colon)];
    for (std::string room; uses >> room;) allowed.insert(room);
  }
  return layers;
}

std::vector<Include> read_includes() {
  std::vector<Include> includes;
  const fs::path root = LA_SOURCE_DIR;
  for (const char* top : {"agent", "adapters", "executors"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (extension != ".cc" && extension != ".h") continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        if (line.rfind("#include ", 0) != 0) continue;
        const char open = line[9];
        const auto close = line.find(open == '<' ? '>' : '"', 10);
        const fs::path relative = fs::relative(entry.path(), root);
        includes.push_back(
            {relative.string(), relative.parent_path().string(), line.substr(10, close - 10), open == '"'});
      }
    }
  }
  return includes;
}

TEST(IncludeRule, FollowsTheUsesLines) {
  const auto layers = read_layers();
  ASSERT_GT(layers.size(), 15U) << "configuring writes layers.txt";
  const auto includes = read_includes();
  ASSERT_GT(includes.size(), 100U);
  for (const auto& include : includes) {
    if (!include.quoted) continue;
    const std::string target = fs::path(include.target).parent_path().string();
    if (target == include.folder) continue;
    ASSERT_TRUE(layers.contains(include.folder)) << include.file << " lies in no room";
    EXPECT_TRUE(layers.at(include.folder).contains(target))
        << include.file << " includes " << include.target << ", which the USES line of " << include.folder
        << " does not allow";
  }
}

TEST(IncludeRule, RoomsIncludeUpwardsOnly) {
  const auto layers = read_layers();
  // A cycle would let a room include what lies below it: follow the USES lines from every room.
  for (const auto& [start, unused] : layers) {
    std::set<std::string> seen;
    std::vector<std::string> open(layers.at(start).begin(), layers.at(start).end());
    while (!open.empty()) {
      const std::string room = open.back();
      open.pop_back();
      if (!seen.insert(room).second) continue;
      ASSERT_NE(room, start) << start << " uses itself through other rooms";
      ASSERT_TRUE(layers.contains(room)) << room << " is used by " << start << " and is no room";
      open.insert(open.end(), layers.at(room).begin(), layers.at(room).end());
    }
  }
}

struct LibraryRule {
  std::string_view prefix;                // of the include's path
  std::vector<std::string_view> may_see;  // folders or files
};

TEST(IncludeRule, LibrariesStayBehindTheirRooms) {
  const std::vector<LibraryRule> rules = {
      {"yaml-cpp/", {"agent/ops/yaml_tree.cc"}},
      {"curl/", {"agent/http"}},
      {"spdlog/", {"agent/log"}},
      {"openssl/", {"agent/report"}},
      {"boost/process", {"executors/process/launch.cc"}},
      {"boost/asio", {"agent/run", "agent/summary", "executors/process", "agent/cli"}},
      {"boost/", {"agent/run", "agent/summary", "executors/process", "agent/cli"}},
  };
  for (const auto& include : read_includes()) {
    if (include.quoted) continue;
    const auto rule =
        std::ranges::find_if(rules, [&](const LibraryRule& r) { return include.target.rfind(r.prefix, 0) == 0; });
    if (rule == rules.end()) continue;
    const bool allowed = std::ranges::any_of(
        rule->may_see, [&](std::string_view place) { return include.folder == place || include.file == place; });
    EXPECT_TRUE(allowed) << include.file << " includes <" << include.target << ">, which is not its to see";
  }
}

}  // namespace
