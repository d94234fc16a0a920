#include "agent/log/log.h"

#include <gtest/gtest.h>

namespace lifecycle::log {
namespace {

/// What a piece of work wrote to stderr.
template <class Work>
std::string stderr_of(Work work) {
  testing::internal::CaptureStderr();
  work();
  return testing::internal::GetCapturedStderr();
}

class Log : public testing::Test {
 protected:
  void TearDown() override {
    start(Level::off);
    set_mask({});
  }
};

TEST_F(Log, SaysNothingBeforeItIsStarted) {
  EXPECT_EQ(stderr_of([] { write(Level::error, "lost"); }), "");
  EXPECT_FALSE(is_enabled(Level::error));
}

TEST_F(Log, WritesFromItsLevelOn) {
  const std::string written = stderr_of([] {
    start(Level::info);
    write(Level::debug, "too quiet");
    write(Level::info, "heard");
    write(Level::error, "heard too");
  });
  EXPECT_EQ(written.find("too quiet"), std::string::npos);
  EXPECT_NE(written.find("Z info: heard\n"), std::string::npos);
  EXPECT_NE(written.find("Z error: heard too\n"), std::string::npos);
}

TEST_F(Log, EveryLinePassesTheMask) {
  const std::string written = stderr_of([] {
    start(Level::trace);
    set_mask([](std::string_view text) {
      std::string masked(text);
      const auto found = masked.find("hunter2");
      return found == std::string::npos ? masked : masked.replace(found, 7, "***");
    });
    write(Level::trace, "the word is hunter2");
  });
  EXPECT_NE(written.find("the word is ***\n"), std::string::npos);
}

TEST_F(Log, AMessageIsDataAndStaysOnItsLine) {
  const std::string written = stderr_of([] {
    start(Level::info);
    write(Level::info, "{} %s\n::error::forged\x1b[2J");
  });
  EXPECT_NE(written.find("info: {} %s\\x0a::error::forged\\x1b[2J\n"), std::string::npos);
}

TEST_F(Log, KnowsItsLevels) {
  EXPECT_EQ(parse_level("warn"), Level::warn);
  EXPECT_EQ(parse_level("off"), Level::off);
  EXPECT_EQ(parse_level("loud"), std::nullopt);
}

}  // namespace
}  // namespace lifecycle::log
