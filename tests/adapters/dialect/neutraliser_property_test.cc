// What holds for every input and every way to cut it, checked by readers written anew from what the CIs' runners
// do, not from the neutraliser.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/dialect/neutraliser.h"
#include "tests/adapters/dialect/runner_models.h"
#include "tests/string_sink.h"

namespace lifecycle::dialect {
namespace {

const DialectKind ci_kinds[] = {DialectKind::actions,  DialectKind::gitlab, DialectKind::azure,
                                DialectKind::teamcity, DialectKind::travis, DialectKind::buildkite};

/// The lines that a reader sees who ends them at LF and at CR.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines{""};
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

std::string trim_start(const std::string& line) {
  static const std::regex white(
      "^([ "
      "\t\v\f]|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80|\xef\xbb\xbf)*");
  return std::regex_replace(line, white, "", std::regex_constants::format_first_only);
}

/// A line that the CI would obey, or nothing.
std::string forged_line(DialectKind kind, const std::string& text) {
  static const std::regex anywhere_azure("##(vso)?\\[", std::regex::icase);
  static const std::regex anywhere_teamcity("##teamcity\\[", std::regex::icase);
  static const std::regex anywhere_travis("(fold|time):(start|end):");
  static const std::regex section("section_(start|end):[0-9]+:[A-Za-z0-9_.-]+(\\[.*\\])?\r\x1b\\[0K");
  static const std::regex header("^(---|\\+\\+\\+|~~~|\\^\\^\\^)");
  if (kind == DialectKind::gitlab && std::regex_search(text, section)) return text;
  for (const std::string& line : lines_of(text)) {
    bool obeyed = false;
    switch (kind) {
      case DialectKind::actions:
        obeyed = trim_start(line).starts_with("::") || line.find("##[") != std::string::npos;
        break;
      case DialectKind::azure:
        obeyed = std::regex_search(line, anywhere_azure);
        break;
      case DialectKind::teamcity:
        obeyed = std::regex_search(line, anywhere_teamcity);
        break;
      case DialectKind::travis:
        obeyed = std::regex_search(line, anywhere_travis);
        break;
      case DialectKind::buildkite:
        obeyed = std::regex_search(trim_start(line), header);
        break;
      case DialectKind::gitlab:
      case DialectKind::plain:
        break;
    }
    if (obeyed) return line;
  }
  return {};
}

/// What must still be there, in order: the text without complete CSI and OSC, without control bytes.
std::string text_bytes(const std::string& input) {
  static const std::regex removed(
      "\x1b\\[[\\x30-\\x3f]{0,64}[\\x20-\\x2f]{0,8}[\\x40-\\x7e]|\x1b\\][^\x07\x1b]{0,1024}(\x07|\x1b\\\\)");
  std::string text = std::regex_replace(input, removed, "");
  std::erase_if(text,
                [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f; });
  return text;
}

bool is_subsequence(const std::string& part, const std::string& whole) {
  std::size_t at = 0;
  for (const char c : whole) {
    if (at < part.size() && part[at] == c) ++at;
  }
  return at == part.size();
}

std::string bad_control(const std::string& output) {
  const std::string text = without_colours(output);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool line_end = c == '\n' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n');
    if ((c < 0x20 && c != '\t' && !line_end) || c == 0x7f)
      return "byte " + std::to_string(c) + " at " + std::to_string(i);
  }
  return {};
}

std::string run(DialectKind kind, const std::vector<std::string>& chunks) {
  Neutraliser neutraliser({.kind = kind});
  StringSink sink;
  for (const std::string& chunk : chunks) neutraliser.feed(chunk, sink);
  neutraliser.flush(sink);
  return sink.text;
}

void check(DialectKind kind, const std::string& input, const std::vector<std::string>& chunks) {
  const std::string output = run(kind, chunks);
  const std::string what = testing::PrintToString(input) + " became " + testing::PrintToString(output);
  ASSERT_EQ(output, run(kind, {input})) << "depends on cuts: " << what;
  ASSERT_EQ(forged_line(kind, output), "") << what;
  ASSERT_EQ(forged_line(kind, without_colours(output)), "") << "without colours: " << what;
  ASSERT_EQ(bad_control(output), "") << what;
  ASSERT_TRUE(is_subsequence(text_bytes(input), output)) << "text is lost: " << what;
  ASSERT_EQ(run(kind, {output}), output) << "not idempotent: " << what;
}

const std::vector<std::string> pieces = {"::",
                                         ":",
                                         "##[",
                                         "#",
                                         "[",
                                         "##vso[",
                                         "##VSO[",
                                         "##teamcity[",
                                         "TeamCity[",
                                         "fold:",
                                         "time:",
                                         "start:",
                                         "end:",
                                         "end",
                                         "---",
                                         "-",
                                         "+++",
                                         "~~~",
                                         "^^^",
                                         "^",
                                         "section_start:1:a",
                                         "\r",
                                         "\n",
                                         "\r\n",
                                         " ",
                                         "\t",
                                         "\v",
                                         "\xc2\xa0",
                                         "\xe2\x80\x8a",
                                         "\xe2",
                                         "\x80",
                                         "\xef\xbb\xbf",
                                         "\x1b[31m",
                                         "\x1b[0m",
                                         "\x1b[K",
                                         "\x1b[0K",
                                         "\x1b]0;t\x07",
                                         "\x1b]8;;x\x1b\\",
                                         "\x1b",
                                         "\x1b[",
                                         "\x1b]",
                                         "\x1bP",
                                         "\x1b\\",
                                         "\x1b_",
                                         "\x1b(B",
                                         "\x07",
                                         "\x7f",
                                         "m",
                                         "1;",
                                         "a",
                                         "word text",
                                         "error::",
                                         "\x08",
                                         "\x1b[>4m"};

TEST(NeutraliserProperties, HoldForRandomInputsUnderRandomCuts) {
  std::mt19937 engine(7);
  const auto below = [&engine](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine);
  };
  for (int round = 0; round < 20000; ++round) {
    std::string input;
    const std::size_t count = 1 + below(14);
    for (std::size_t i = 0; i < count; ++i) input += pieces[below(pieces.size())];
    std::vector<std::string> chunks;
    for (std::size_t at = 0; at < input.size();) {
      const std::size_t length = 1 + below(5);
      chunks.push_back(input.substr(at, length));
      at += length;
    }
    check(ci_kinds[below(std::size(ci_kinds))], input, chunks);
    if (HasFatalFailure()) return;
  }
}

TEST(NeutraliserProperties, HoldForLongTextWithPiecesInIt) {
  std::mt19937 engine(11);
  const auto below = [&engine](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine);
  };
  for (int round = 0; round < 400; ++round) {
    std::string input;
    while (input.size() < 2000) {
      input += std::string(below(150), 'x');
      input += pieces[below(pieces.size())];
      if (below(2) == 0) input += pieces[below(pieces.size())];
    }
    const std::size_t cut = below(input.size());
    check(ci_kinds[below(std::size(ci_kinds))], input, {input.substr(0, cut), input.substr(cut)});
    if (HasFatalFailure()) return;
  }
}

/// With a flush between any two writes the result may differ, but what the CI must not see is not there.
TEST(NeutraliserProperties, HoldWithPausesToo) {
  std::mt19937 engine(13);
  const auto below = [&engine](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine);
  };
  for (int round = 0; round < 10000; ++round) {
    const DialectKind kind = ci_kinds[below(std::size(ci_kinds))];
    Neutraliser neutraliser({.kind = kind});
    StringSink sink;
    std::string input;
    const std::size_t count = 1 + below(10);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string& piece = pieces[below(pieces.size())];
      input += piece;
      neutraliser.feed(piece, sink);
      if (below(3) == 0) neutraliser.flush(sink);
    }
    neutraliser.flush(sink);
    ASSERT_EQ(forged_line(kind, sink.text), "") << testing::PrintToString(input);
    ASSERT_EQ(forged_line(kind, without_colours(sink.text)), "") << testing::PrintToString(input);
    ASSERT_EQ(bad_control(sink.text), "") << testing::PrintToString(input);
  }
}

TEST(NeutraliserProperties, TheReadersSeeWhatTheyShould) {
  EXPECT_NE(forged_line(DialectKind::actions, "a\r \xc2\xa0::x::"), "");
  EXPECT_NE(forged_line(DialectKind::actions, "a ##[x]"), "");
  EXPECT_NE(forged_line(DialectKind::azure, "a ##VSO[x]"), "");
  EXPECT_NE(forged_line(DialectKind::teamcity, "##TEAMCITY[x]"), "");
  EXPECT_NE(forged_line(DialectKind::travis, "travis_fold:end:x"), "");
  EXPECT_NE(forged_line(DialectKind::buildkite, "a\n+++ x"), "");
  EXPECT_NE(forged_line(DialectKind::gitlab, "section_end:1:x\r\x1b[0K"), "");
}

}  // namespace
}  // namespace lifecycle::dialect
