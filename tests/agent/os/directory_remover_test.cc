#include "agent/os/directory_remover.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace lifecycle::os {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

TemporaryDirectory made(int files) {
  auto directory = TemporaryDirectory::create(fs::temp_directory_path(), "la-remover-");
  EXPECT_TRUE(directory.has_value());
  for (int i = 0; i < files; ++i) {
    fs::create_directories(directory->path() / std::to_string(i % 50) / std::to_string(i));
  }
  return *std::move(directory);
}

TEST(DirectoryRemover, AnEmptyDirectoryGoesAtOnce) {
  DirectoryRemover remover;
  TemporaryDirectory directory = made(0);
  const fs::path path = directory.path();
  remover.remove(std::move(directory));
  EXPECT_FALSE(fs::exists(path));
  EXPECT_TRUE(remover.finish_within(milliseconds(0)));
}

TEST(DirectoryRemover, RemovesAllBeforeItsEnd) {
  std::vector<fs::path> paths;
  {
    DirectoryRemover remover;
    for (int i = 0; i < 3; ++i) {
      TemporaryDirectory directory = made(200);
      paths.push_back(directory.path());
      remover.remove(std::move(directory));
    }
  }
  for (const fs::path& path : paths) EXPECT_FALSE(fs::exists(path)) << path;
}

TEST(DirectoryRemover, WaitsNoLongerThanItIsTold) {
  DirectoryRemover remover;
  TemporaryDirectory directory = made(6000);
  const std::string path = directory.path().string();
  remover.remove(std::move(directory));
  EXPECT_FALSE(remover.finish_within(milliseconds(1)));
  EXPECT_TRUE(remover.finish_within(milliseconds(60000)));
  EXPECT_FALSE(fs::exists(path));
  EXPECT_TRUE(remover.take_failures().empty());
}

TEST(DirectoryRemover, NamesWhatIsLeftWhenItIsAbandoned) {
  TemporaryDirectory directory = made(6000);
  const std::string path = directory.path().string();
  {
    DirectoryRemover remover;
    remover.remove(std::move(directory));
    static_cast<void>(remover.finish_within(milliseconds(1)));
    EXPECT_EQ(remover.abandon(), std::vector<std::string>{path});
  }
  for (int i = 0; i < 600 && fs::exists(path); ++i) std::this_thread::sleep_for(milliseconds(100));
  EXPECT_FALSE(fs::exists(path)) << "the thread goes on for as long as the program lives";
}

}  // namespace
}  // namespace lifecycle::os
