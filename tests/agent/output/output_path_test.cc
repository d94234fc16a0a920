#include "agent/output/output_path.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/string_sink.h"

namespace lifecycle::output {
namespace {

const dialect::NeutraliserOptions actions{.kind = dialect::DialectKind::actions};

class OutputPaths : public testing::Test {
 protected:
  OutputPaths() { table.add("TOKEN", "s3cr3tTokenValue", mask::SecretOrigin::declared); }

  mask::MaskTable table;
  StringSink shown;
};

TEST_F(OutputPaths, MaskAndNeutralise) {
  OutputPath path(table, actions, shown);
  path.feed("a s3cr3t");
  path.feed("TokenValue\r::set-output name=x::s3cr3tTokenValue\n##[y]\x1b[K\a\n");
  path.finish();
  EXPECT_EQ(shown.text, "a ***\n: :set-output name=x::***\n## [y]\\x07\n");
  EXPECT_EQ(path.bytes(), 8U + 59U);
}

TEST_F(OutputPaths, ObeyAddMaskFromTheNextByteOn) {
  OutputPath path(table, actions, shown);
  path.feed("qwertz-1 before\n::add-mask::qwertz-1%0Asecond-line\nqwertz-1, second-line after\n");
  path.finish();
  EXPECT_EQ(shown.text, "qwertz-1 before\n***, *** after\n");
}

TEST_F(OutputPaths, TellWhenAMaskIsRefused) {
  OutputPath path(table, actions, shown);
  std::vector<std::string> warnings;
  path.on_warning([&warnings](const Diagnostic& diagnostic) { warnings.emplace_back(diagnostic.code); });
  path.feed("::add-mask::x\nx\n");
  path.finish();
  EXPECT_EQ(shown.text, "x\n");
  EXPECT_EQ(warnings, std::vector<std::string>{"secret-too-short"});
}

TEST_F(OutputPaths, ShowAPromptAtOnce) {
  OutputPath path(table, actions, shown);
  path.feed("Continue? [y/N] ");
  EXPECT_FALSE(path.holds());
  EXPECT_EQ(shown.text, "Continue? [y/N] ");
}

TEST_F(OutputPaths, ShowAtAPauseWhatIsHeldForLittle) {
  OutputPath path(table, actions, shown);
  path.feed("Files");
  EXPECT_TRUE(path.holds());
  path.pause();
  EXPECT_EQ(shown.text, "Files");
  path.feed("\n:");
  path.pause();
  path.feed(":x\x1b[");
  path.pause();
  EXPECT_EQ(shown.text, "Files\n: :x\\x1b[");
}

TEST_F(OutputPaths, EndAnOpenLineAtABoundary) {
  OutputPath path(table, actions, shown);
  path.boundary();
  EXPECT_EQ(shown.text, "");
  path.feed("no line end");
  path.boundary();
  EXPECT_EQ(shown.text, "no line end\n");
  shown.text += "== step 2\n";
  path.feed("line\n");
  path.boundary();
  EXPECT_EQ(shown.text, "no line end\n== step 2\nline\n");
}

TEST_F(OutputPaths, KeepASecretAcrossABoundary) {
  OutputPath path(table, actions, shown);
  path.feed("x s3cr3tTokenV");
  path.boundary();
  shown.text += "== step 2\n";
  path.feed("alue y\n");
  path.finish();
  EXPECT_EQ(shown.text, "x ***\n== step 2\n*** y\n");
}

TEST_F(OutputPaths, SeeACommandBehindALineOfTheAgent) {
  OutputPath path(table, actions, shown);
  path.feed("abc");
  path.boundary();
  path.feed("::error::x\n");
  path.finish();
  EXPECT_EQ(shown.text, "abc\n: :error::x\n");
}

TEST_F(OutputPaths, JoinNothingThatTheMaskerSawApart) {
  OutputPath path(table, actions, shown);
  path.feed("s3cr3t\x1b[KTokenValue s3cr3t\x1b]0;t\x07TokenValue s3cr3t\bTokenValue s3cr3t\x1b(BTokenValue\n");
  path.finish();
  EXPECT_EQ(shown.text.find("s3cr3tTokenValue"), std::string::npos);
  EXPECT_EQ(shown.text, "*** *** s3cr3t\\x08TokenValue ***\n");
}

/// mask(neutralise(mask(x))) == neutralise(mask(x)): what is shown holds no secret that was not there before.
TEST(OutputPathProperty, WhatIsShownHoldsNoSecret) {
  std::mt19937 engine(5);
  const auto below = [&engine](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine);
  };
  const std::vector<std::string> secrets = {"s3cr3tTokenValue", "tokenTok", "first-line\nsecond\nx", "vvvabcvvv"};
  const std::vector<std::string> between = {
      "\x1b[K", "\x1b[31m", "\x1b]0;t\x07", "\x1b",  "\x1b[",  "\r", "\n",    "\r\n",
      "\b",     "::",       "##[",          "\x1b]", "\x1b(B", " ",  "\x1b\\"};
  for (int round = 0; round < 20000; ++round) {
    mask::MaskTable table;
    for (const std::string& secret : secrets) table.add("S", secret, mask::SecretOrigin::declared);
    std::string input;
    for (std::size_t i = 0; i < 1 + below(8); ++i) {
      const std::string& secret = secrets[below(secrets.size())];
      const std::size_t at = below(secret.size());
      input += secret.substr(0, at);
      if (below(3) > 0) input += between[below(between.size())];
      input += secret.substr(at);
      input += between[below(between.size())];
    }
    StringSink shown;
    OutputPath path(table, actions, shown);
    for (std::size_t at = 0; at < input.size();) {
      const std::size_t length = 1 + below(12);
      path.feed(std::string_view(input).substr(at, length));
      at += length;
    }
    path.finish();
    ASSERT_EQ(table.mask_text(shown.text), shown.text) << testing::PrintToString(input);
  }
}

}  // namespace
}  // namespace lifecycle::output
