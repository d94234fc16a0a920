#include "agent/run/console_floor.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace lifecycle::run {
namespace {

class Console final : public ByteSink {
 public:
  void take(std::string_view bytes) override { text.append(bytes); }
  std::string text;
};

TEST(ConsoleFloor, OneVoiceIsPassedOnAsItCame) {
  Console console;
  ConsoleFloor floor(console, LineBreaks::ours);
  Voice voice(floor, {});
  voice.take("a");
  voice.take("b\nc");
  EXPECT_EQ(console.text, "ab\nc");
  EXPECT_FALSE(voice.at_line_start());
  voice.take("\n");
  EXPECT_TRUE(voice.at_line_start());
}

TEST(ConsoleFloor, APrefixBeginsEachLine) {
  Console console;
  ConsoleFloor floor(console, LineBreaks::ours);
  Voice voice(floor, "web | ");
  voice.take("one\ntw");
  voice.take("o\n\nthree");
  EXPECT_EQ(console.text, "web | one\nweb | two\nweb | \nweb | three");
}

TEST(ConsoleFloor, AnUnfinishedLineHoldsTheFloorUntilItsEnd) {
  Console console;
  ConsoleFloor floor(console, LineBreaks::ours);
  int contentions = 0;
  floor.on_contention = [&contentions] { ++contentions; };
  Voice job(floor, {});
  Voice service(floor, "web | ");
  bool drained = false;
  service.on_drained = [&drained] { drained = true; };
  job.take("name? ");
  service.take("GET /\n");
  EXPECT_EQ(console.text, "name? ");
  EXPECT_EQ(service.waiting(), 6U);
  EXPECT_EQ(contentions, 1);
  EXPECT_TRUE(floor.is_contended());
  job.take("Ann\n");
  EXPECT_EQ(console.text, "name? Ann\nweb | GET /\n");
  EXPECT_EQ(service.waiting(), 0U);
  EXPECT_TRUE(drained);
  EXPECT_FALSE(floor.is_contended());
}

TEST(ConsoleFloor, ASilentHolderIsInterruptedAndItsRestGoesOnUnderItsPrefix) {
  Console console;
  ConsoleFloor floor(console, LineBreaks::ours);
  Voice job(floor, "build | ");
  Voice service(floor, "web | ");
  job.take("name? ");
  service.take("GET /\n");
  floor.interrupt();
  EXPECT_EQ(console.text, "build | name? \nweb | GET /\n");
  job.take("Ann\n");
  EXPECT_EQ(console.text, "build | name? \nweb | GET /\nbuild | Ann\n");
}

TEST(ConsoleFloor, TheLineEndOfABrokenLineIsNotWrittenTwice) {
  Console console;
  ConsoleFloor floor(console, LineBreaks::ours);
  Voice job(floor, {});
  Voice service(floor, "web | ");
  job.take("done");
  service.take("GET /\n");
  floor.interrupt();
  job.take("\nnext\n");
  EXPECT_EQ(console.text, "done\nweb | GET /\nnext\n");
}

TEST(ConsoleFloor, RawAddsNoByte) {
  Console console;
  ConsoleFloor floor(console, LineBreaks::none);
  Voice job(floor, {});
  Voice service(floor, {});
  job.take("name? ");
  service.take("GET /\n");
  floor.interrupt();
  job.take("Ann\n");
  EXPECT_EQ(console.text, "name? GET /\nAnn\n");
}

TEST(ConsoleFloor, AStreamInMidLineLetsOthersInAtItsLineEnds) {
  Console console;
  ConsoleFloor floor(console, LineBreaks::ours);
  Voice loud(floor, {});
  Voice quiet(floor, "web | ");
  loud.take("1\n2\n3");
  quiet.take("hello\n");
  loud.take("3\n44");
  EXPECT_EQ(console.text, "1\n2\n33\nweb | hello\n44");
}

TEST(ConsoleFloor, ClosingAVoiceWritesWhatWaitsAndFreesTheFloor) {
  Console console;
  ConsoleFloor floor(console, LineBreaks::ours);
  Voice job(floor, {});
  {
    Voice service(floor, "web | ");
    job.take("open");
    service.take("last words");
  }
  EXPECT_EQ(console.text, "open\nweb | last words");
  job.take("\nmore\n");
  EXPECT_EQ(console.text.substr(console.text.size() - 5), "more\n");
}

/// Random pieces of lines that name their voice and number: whatever the cuts and interruptions, no line of the
/// console holds two voices' bytes, and each voice's bytes come in order.
TEST(ConsoleFloor, LinesNeverMix) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    Console console;
    ConsoleFloor floor(console, LineBreaks::ours);
    constexpr int count = 4;
    std::vector<std::unique_ptr<Voice>> voices;
    std::vector<std::string> left(count);
    for (int index = 0; index < count; ++index) {
      const std::string letter(1, static_cast<char>('a' + index));
      voices.push_back(std::make_unique<Voice>(floor, letter + "|"));
      for (int line = 0; line < 20; ++line) left[static_cast<std::size_t>(index)] += std::string(5, letter[0]) + "\n";
    }
    const std::vector<std::string> whole = left;
    auto unfinished = [&left] {
      for (const std::string& rest : left) {
        if (!rest.empty()) return true;
      }
      return false;
    };
    while (unfinished()) {
      const auto index = static_cast<std::size_t>(random() % count);
      const std::size_t size = std::min<std::size_t>(left[index].size(), random() % 9);
      voices[index]->take(left[index].substr(0, size));
      left[index].erase(0, size);
      if (random() % 10 == 0) floor.interrupt();
    }
    voices.clear();
    std::map<char, std::string> seen;
    std::size_t at = 0;
    while (at < console.text.size()) {
      const std::size_t end = console.text.find('\n', at);
      ASSERT_NE(end, std::string::npos);
      const std::string line = console.text.substr(at, end - at);
      at = end + 1;
      ASSERT_GE(line.size(), 2U);
      ASSERT_EQ(line[1], '|') << line;
      for (const char byte : line.substr(2)) ASSERT_EQ(byte, line[0]) << line;
      seen[line[0]] += line.substr(2);
    }
    for (int index = 0; index < count; ++index) {
      std::string expected = whole[static_cast<std::size_t>(index)];
      std::erase(expected, '\n');
      EXPECT_EQ(seen[static_cast<char>('a' + index)], expected);
    }
  }
}

}  // namespace
}  // namespace lifecycle::run
