#include "adapters/dialect/neutraliser.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/string_sink.h"

namespace lifecycle::dialect {
namespace {

std::string neutralise(const NeutraliserOptions& options, const std::vector<std::string_view>& chunks) {
  Neutraliser neutraliser(options);
  StringSink sink;
  for (const std::string_view chunk : chunks) neutraliser.feed(chunk, sink);
  neutraliser.flush(sink);
  return sink.text;
}

constexpr DialectKind actions = DialectKind::actions;
constexpr DialectKind azure = DialectKind::azure;
constexpr DialectKind gitlab = DialectKind::gitlab;
constexpr DialectKind teamcity = DialectKind::teamcity;
constexpr DialectKind travis = DialectKind::travis;
constexpr DialectKind buildkite = DialectKind::buildkite;

struct TextCase {
  std::string_view label;
  DialectKind kind;
  std::string_view input;
  std::string_view expected;
};

class NeutralTexts : public testing::TestWithParam<TextCase> {};

TEST_P(NeutralTexts, FollowTheTableUnderEveryCut) {
  const auto& [label, kind, input, expected] = GetParam();
  const NeutraliserOptions options{.kind = kind};
  EXPECT_EQ(neutralise(options, {input}), expected);
  for (std::size_t cut = 0; cut <= input.size(); ++cut) {
    EXPECT_EQ(neutralise(options, {input.substr(0, cut), input.substr(cut)}), expected) << "cut at " << cut;
  }
  std::vector<std::string_view> bytes;
  for (std::size_t i = 0; i < input.size(); ++i) bytes.push_back(input.substr(i, 1));
  EXPECT_EQ(neutralise(options, bytes), expected) << "byte by byte";
}

const TextCase marker_cases[] = {
    {"PlainText", actions, "hello\nworld: 5\n", "hello\nworld: 5\n"},
    {"CommandAtStart", actions, "::set-output name=a::b\n", ": :set-output name=a::b\n"},
    {"CommandOnSecondLine", actions, "x\n::error::y\n", "x\n: :error::y\n"},
    {"CommandInsideALine", actions, "x ::error::y\n", "x ::error::y\n"},
    {"CommandBehindCr", actions, "50%\r::set-output name=a::b\n", "50%\n: :set-output name=a::b\n"},
    {"CommandBehindCrLf", actions, "a\r\n::x::\r\n", "a\r\n: :x::\r\n"},
    {"CommandBehindBlanks", actions, " \t ::x::\n", " \t : :x::\n"},
    {"CommandBehindNoBreakSpace", actions, "\xc2\xa0::x::\n", "\xc2\xa0: :x::\n"},
    {"CommandBehindIdeographicSpace", actions, "\xe3\x80\x80\xe2\x80\xa8::x::\n", "\xe3\x80\x80\xe2\x80\xa8: :x::\n"},
    {"CommandBehindNextLine", actions, "\xc2\x85::x::\n", "\xc2\x85: :x::\n"},
    {"CommandBehindByteOrderMark", actions, "\xef\xbb\xbf::x::\n", "\xef\xbb\xbf: :x::\n"},
    {"NotWhiteSpaceBefore", actions, "\xc3\xa9::x::\n", "\xc3\xa9::x::\n"},
    {"BrokenWhiteSpaceBefore", actions, "\xe2\x80::x::\n", "\xe2\x80::x::\n"},
    {"CommandBehindColour", actions, "\x1b[31m::x::\n", "\x1b[31m: :x::\n"},
    {"CommandWithColourInside", actions, ":\x1b[0m:x::\n", ":\x1b[0m :x::\n"},
    {"CommandWithRemovedSequenceInside", actions, ":\x1b[K:x::\n", ": :x::\n"},
    {"CommandBehindRemovedSequence", actions, "\x1b[2K\x1b]0;t\x07::x::\n", ": :x::\n"},
    {"ThreeColons", actions, ":::\n", ": ::\n"},
    {"OneColon", actions, ":x\n", ":x\n"},
    {"HashAnywhere", actions, "abc ##[set-env name=A]b\n", "abc ## [set-env name=A]b\n"},
    {"HashWithColourInside", actions, "##\x1b[1m[group]\n", "##\x1b[1m [group]\n"},
    {"HashWithSplitColour", actions, "#\x1b[1m#\x1b[0m[group]\n", "#\x1b[1m#\x1b[0m [group]\n"},
    {"HashThrice", actions, "###[x]\n", "### [x]\n"},
    {"HashOnce", actions, "#[x] # #[\n", "#[x] # #[\n"},
    {"HashOverLineEnd", actions, "##\n[x]\n", "##\n[x]\n"},
    {"VerticalTab", actions, "\v::x\n", "\\x0b::x\n"},
    {"AzureCommand", azure, "x ##vso[task.setvariable]y\n", "x ##vso [task.setvariable]y\n"},
    {"AzureAnyCase", azure, "##VsO[task.complete]\n", "##VsO [task.complete]\n"},
    {"AzureFormat", azure, "##[error]x\n", "## [error]x\n"},
    {"AzureColons", azure, "::error::x\n", "::error::x\n"},
    {"TeamCityMessage", teamcity, "a ##teamcity[buildStatus]\n", "a ##teamcity [buildStatus]\n"},
    {"TeamCityAnyCase", teamcity, "##TeamCity[x]\n", "##TeamCity [x]\n"},
    {"TeamCityOther", teamcity, "##[x] teamcity[\n", "##[x] teamcity[\n"},
    {"TravisFold", travis, "travis_fold:start:x\r\x1b[0Ky\n", "travis_fold:start :x\ny\n"},
    {"TravisTime", travis, "time:end:x time:start\n", "time:end :x time:start\n"},
    {"TravisTwoInARow", travis, "fold:end:fold:start:\n", "fold:end :fold:start :\n"},
    {"BuildkiteGroup", buildkite, "--- x\n", "-- - x\n"},
    {"BuildkiteAll", buildkite, "+++ x\n~~~ y\n^^^ +++\n", "++ + x\n~~ ~ y\n^^ ^ +++\n"},
    {"BuildkiteInside", buildkite, "a --- x\n", "a --- x\n"},
    {"BuildkiteMixed", buildkite, "-+- x\n--\n", "-+- x\n--\n"},
    {"BuildkiteLong", buildkite, "-----\n", "-- ---\n"},
    {"GitlabSection", gitlab, "\x1b[0Ksection_start:1:a\r\x1b[0Kb\n", "section_start:1:a\nb\n"},
};

const TextCase byte_cases[] = {
    {"Colour", actions, "\x1b[1;38;5;8mx\x1b[m\n", "\x1b[1;38;5;8mx\x1b[m\n"},
    {"KeyboardModeIsNoColour", actions, "\x1b[>4mx\n", "x\n"},
    {"CursorMoves", actions, "a\x1b[2Kb\x1b[1A\x1b[?25lc\n", "abc\n"},
    {"Title", actions,
     "a\x1b]0;title\x07"
     "b\x1b]8;;http://x\x1b\\c\n",
     "abc\n"},
    {"DeviceControl", actions, "\x1bPq#1\x1b\\x\n", "\\x1bPq#1\\x1b\\x\n"},
    {"Application", buildkite, "\x1b_bk;t=1\x07x\n", "\\x1b_bk;t=1\\x07x\n"},
    {"PrivacyAndString", actions, "\x1b^a\x1bXb\n", "\\x1b^a\\x1bXb\n"},
    {"Unfinished", actions, "a\x1b[3", "a\\x1b[3"},
    {"UnfinishedAtLineEnd", actions, "a\x1b[3\n::x\n", "a\\x1b[3\n: :x\n"},
    {"UnfinishedTitle", actions, "a\x1b]0;t\n::x\n", "a\\x1b]0;t\n: :x\n"},
    {"UnfinishedTitleThenColour", actions, "a\x1b]0;t\r\x1b[1mb\n", "a\\x1b]0;t\n\x1b[1mb\n"},
    {"UnfinishedTitleAndEscape", actions, "a\x1b]0;t\r\x1b", "a\\x1b]0;t\n\\x1b"},
    {"LoneEscape", actions, "a\x1b\x1b[1mb\n", "a\\x1b\x1b[1mb\n"},
    {"Controls", actions, std::string_view("\0\x01\x07\x08\x0c\x7f\t\n", 8), "\\x00\\x01\\x07\\x08\\x0c\\x7f\t\n"},
    {"CrLf", actions, "a\r\nb\r\n", "a\r\nb\r\n"},
    {"LoneCr", actions, "10%\r20%\r100%\n", "10%\n20%\n100%\n"},
    {"CrAtEnd", actions, "10%\r", "10%\n"},
    {"CrCrLf", actions, "a\r\r\nb\n", "a\n\r\nb\n"},
    {"CrThenColour", actions, "a\r\x1b[1mb\n", "a\n\x1b[1mb\n"},
    {"NotUtf8", actions, "\xff\xfe::\x80\n", "\xff\xfe::\x80\n"},
};

std::string label(const testing::TestParamInfo<TextCase>& info) { return std::string(info.param.label); }
INSTANTIATE_TEST_SUITE_P(Markers, NeutralTexts, testing::ValuesIn(marker_cases), label);
INSTANTIATE_TEST_SUITE_P(Bytes, NeutralTexts, testing::ValuesIn(byte_cases), label);

TEST(Neutralisers, ShowASequenceThatASecretWasTakenOutOf) {
  EXPECT_EQ(neutralise({.kind = actions}, {"a\x1b]8;;http://h/?t=***\x07"
                                           "b"}),
            "a\\x1b]8;;http://h/?t=***\\x07"
            "b");
  EXPECT_EQ(neutralise({.kind = actions}, {"a\x1b[***mb"}), "a\\x1b[***mb");
}

TEST(Neutralisers, DropColoursWhereNoneShow) {
  EXPECT_EQ(neutralise({.kind = azure, .colours = Colours::drop}, {"#\x1b[1m#\x1b[0mvso[x]\n"}), "##vso [x]\n");
}

TEST(Neutralisers, ShowWhatIsLongerThanASequence) {
  const std::string parameters(65, '1');
  EXPECT_EQ(neutralise({.kind = actions}, {"\x1b[" + parameters + "mx"}), "\\x1b[" + parameters + "mx");
  const std::string title(1025, 't');
  EXPECT_EQ(neutralise({.kind = actions}, {"\x1b]" + title + "\x07x"}), "\\x1b]" + title + "\\x07x");
  EXPECT_EQ(neutralise({.kind = actions}, {"\x1b]" + title.substr(1) + "\x07x"}), "x");
}

TEST(Neutralisers, LeaveMarkersWhereCommandsMayPass) {
  EXPECT_EQ(neutralise({.kind = actions, .pass_commands = true}, {"::x::\n##[y]\n\x1b[K\a"}), "::x::\n##[y]\n\\x07");
  const std::string_view section = "\x1b[0Ksection_start:1:a\r\x1b[0Kb\n";
  EXPECT_EQ(neutralise({.kind = gitlab, .pass_commands = true}, {section}), section);
}

struct RawCase {
  std::string_view label;
  DialectKind kind;
  std::string_view input;
  std::string_view expected;
};

TEST(Neutralisers, BreakMarkersInRawBytesToo) {
  const RawCase rows[] = {
      {"controls pass", actions, "a\r\x1b[2Kb\a\x1b]0;t\x07\n", "a\r\x1b[2Kb\a\x1b]0;t\x07\n"},
      {"command", actions, "a\r::x::\n", "a\r: :x::\n"},
      {"behind a form feed", actions, "\f::x::\n", "\f: :x::\n"},
      {"colour inside", actions, "#\x1b[1m#[x]\n", "#\x1b[1m# [x]\n"},
      {"within a sequence", actions, "\x1b[##[x]\n", "\x1b[## [x]\n"},
      {"within a title", azure, "\x1b]0;##vso[x]\x07\n", "\x1b]0;##vso [x]\x07\n"},
      {"section", gitlab, "\x1b[0Ksection_start:1:a\r\x1b[0Kb\n", "\x1b[0Ksection_start :1:a\r\x1b[0Kb\n"},
      {"no dialect", DialectKind::plain, "::x::\x1b]52;c;eA==\x07\x1bPq\x1b\\", "::x::\x1b]52;c;eA==\x07\x1bPq\x1b\\"},
  };
  for (const auto& [name, kind, input, expected] : rows) {
    for (std::size_t cut = 0; cut <= input.size(); ++cut) {
      const NeutraliserOptions options{.kind = kind, .pass_control_bytes = true};
      EXPECT_EQ(neutralise(options, {input.substr(0, cut), input.substr(cut)}), expected) << name << ", cut " << cut;
    }
  }
}

TEST(Neutralisers, ProtectATerminal) {
  const RawCase rows[] = {
      {"programs draw", DialectKind::plain,
       "\x1b[31ma\r\x1b[2Kb\a\x1b[?1049h\x1b]0;t\x07\x1b(B\x1b"
       "7",
       "\x1b[31ma\r\x1b[2Kb\a\x1b[?1049h\x1b]0;t\x07\x1b(B\x1b"
       "7"},
      {"links and markers", DialectKind::plain, "\x1b]8;;http://x\x1b\\t\x1b]8;;\x1b\\ ::x:: ##[y]",
       "\x1b]8;;http://x\x1b\\t\x1b]8;;\x1b\\ ::x:: ##[y]"},
      {"clipboard", DialectKind::plain,
       "a\x1b]52;c;eA==\x07"
       "b",
       "a\\x1b]52;c;eA==\x07"
       "b"},
      {"clipboard with zeros", DialectKind::plain, "\x1b]0052;c;eA==\x07", "\\x1b]0052;c;eA==\x07"},
      {"clipboard behind a control", DialectKind::plain,
       std::string_view("\x1b\0]52;x\x1b]5\0"
                        "2;x",
                        14),
       std::string_view("\\x1b\0]52;x\\x1b]5\0"
                        "2;x",
                        20)},
      {"other numbers", DialectKind::plain, "\x1b]520;x\x07\x1b]5;2\x07\x1b];x\x07",
       "\x1b]520;x\x07\x1b]5;2\x07\x1b];x\x07"},
      {"device control", DialectKind::plain, "\x1bPq\x1b\\", "\\x1bPq\x1b\\"},
      {"application", DialectKind::plain, "\x1b_G\x1b\\", "\\x1b_G\x1b\\"},
      {"escape twice", DialectKind::plain, "\x1b\x1bP", "\\x1b\\x1bP"},
      {"eight bits", DialectKind::plain,
       "\xc2\x90q \xc2\x9d"
       "52;c \xc2\x9f \xc2\xa0\xc3\x90",
       "\xc2\\x90q \xc2\\x9d"
       "52;c \xc2\\x9f \xc2\xa0\xc3\x90"},
  };
  for (const auto& [name, kind, input, expected] : rows) {
    for (std::size_t cut = 0; cut <= input.size(); ++cut) {
      EXPECT_EQ(neutralise({.kind = kind}, {input.substr(0, cut), input.substr(cut)}), expected)
          << name << ", cut " << cut;
    }
  }
}

TEST(Neutralisers, TreatACiWithoutWordsAsACi) {
  EXPECT_EQ(neutralise({.plain_ci = true}, {"::x::\r\x1b[8mha:\x1b[0m\x1b[K\a"}), "::x::\nha:\x1b[0m\\x07");
}

TEST(Neutralisers, HoldNothingButWhatIsUnfinished) {
  Neutraliser neutraliser({.kind = actions});
  StringSink shown;
  neutraliser.feed("Password: ", shown);
  EXPECT_FALSE(neutraliser.holds());
  neutraliser.feed("##", shown);
  EXPECT_FALSE(neutraliser.holds());
  EXPECT_EQ(shown.text, "Password: ##");
  neutraliser.feed("[x\x1b", shown);
  EXPECT_TRUE(neutraliser.holds());
  neutraliser.flush(shown);
  EXPECT_FALSE(neutraliser.holds());
  EXPECT_EQ(shown.text, "Password: ## [x\\x1b");
}

TEST(Neutralisers, TakeACrAndAnLfThatComesLateForOneLineEnd) {
  Neutraliser neutraliser({.kind = actions});
  StringSink shown;
  neutraliser.feed("50%\r", shown);
  EXPECT_EQ(shown.text, "50%");
  neutraliser.flush(shown);
  EXPECT_EQ(shown.text, "50%\n");
  EXPECT_TRUE(neutraliser.at_line_start());
  neutraliser.feed("\n::x", shown);
  EXPECT_EQ(shown.text, "50%\n: :x");
}

TEST(Neutralisers, KnowWhereALineStands) {
  for (const DialectKind kind : {actions, azure, DialectKind::plain}) {
    Neutraliser neutraliser({.kind = kind});
    StringSink shown;
    EXPECT_TRUE(neutraliser.at_line_start());
    neutraliser.feed(" ", shown);
    EXPECT_FALSE(neutraliser.at_line_start());
    neutraliser.feed("a\n\x1b[0m", shown);
    neutraliser.feed("b\n", shown);
    EXPECT_TRUE(neutraliser.at_line_start());
    neutraliser.feed("##", shown);
    EXPECT_FALSE(neutraliser.at_line_start());
    neutraliser.line_was_ended();
    EXPECT_TRUE(neutraliser.at_line_start());
  }
}

TEST(Neutralisers, SeeACommandBehindALineOfTheAgent) {
  Neutraliser neutraliser({.kind = actions});
  StringSink shown;
  neutraliser.feed("abc", shown);
  neutraliser.line_was_ended();
  neutraliser.feed("::x::", shown);
  EXPECT_EQ(shown.text, "abc: :x::");
}

TEST(Neutralisers, PassOrdinaryTextUncopied) {
  struct PointerSink final : ByteSink {
    void take(std::string_view bytes) override {
      at = bytes.data();
      ++pieces;
    }
    const char* at = nullptr;
    int pieces = 0;
  };
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "2026-11-24T07:00:00Z [info] compiled src/main.cc: ok\r\n";
  for (const DialectKind kind : {actions, azure, gitlab, teamcity, travis, buildkite, DialectKind::plain}) {
    Neutraliser neutraliser({.kind = kind});
    PointerSink sink;
    neutraliser.feed(text, sink);
    EXPECT_EQ(sink.at, text.data());
    EXPECT_EQ(sink.pieces, 1);
  }
}

}  // namespace
}  // namespace lifecycle::dialect
