#include "adapters/dialect/dialect.h"

#include <gtest/gtest.h>

#include <regex>
#include <string>

namespace lifecycle::dialect {
namespace {

TEST(Dialects, AreFoundByTheNameOfTheCi) {
  const std::pair<std::string_view, DialectKind> rows[] = {
      {"github-actions", DialectKind::actions},  {"gitea-actions", DialectKind::actions},
      {"forgejo-actions", DialectKind::actions}, {"gitlab-ci", DialectKind::gitlab},
      {"azure-pipelines", DialectKind::azure},   {"teamcity", DialectKind::teamcity},
      {"travis-ci", DialectKind::travis},        {"buildkite", DialectKind::buildkite},
      {"jenkins", DialectKind::plain},           {"", DialectKind::plain},
  };
  for (const auto& [ci, kind] : rows) EXPECT_EQ(dialect_of(ci).kind(), kind) << ci;
}

struct GroupCase {
  std::string_view ci;
  std::string_view title;
  std::string_view start;
  std::string_view end;
};

TEST(Dialects, OpenAndCloseGroups) {
  const GroupCase rows[] = {
      {"github-actions", "build 100%\n::x ##[y]", "::group::build 100%25\\x0a::x ## [y]\n", "::endgroup::\n"},
      {"azure-pipelines", "a\r##vso[x]", "##[group]a\\x0d##vso [x]\n", "##[endgroup]\n"},
      {"teamcity", "it's [x]|\n", "##teamcity[blockOpened name='id 1' description='it|'s |[x|]||\\x0a']\n",
       "##teamcity[blockClosed name='id 1']\n"},
      {"travis-ci", "fold:end:x", "travis_fold:start:id_1\r\x1b[0Kfold:end :x\n", "travis_fold:end:id_1\r\x1b[0K\n"},
      {"buildkite", "a\x1b[1m", "--- a\\x1b[1m\n", ""},
      {"jenkins", "a", "", ""},
  };
  for (const auto& [ci, title, start, end] : rows) {
    EXPECT_EQ(dialect_of(ci).group_start("id 1", title), start);
    EXPECT_EQ(dialect_of(ci).group_end("id 1"), end);
  }
}

TEST(Dialects, TellGitlabTheTime) {
  const Dialect& gitlab = dialect_of("gitlab-ci");
  const std::regex start("\x1b\\[0Ksection_start:[0-9]{10}:a_1\r\x1b\\[0Ktitle\\\\x1b\n");
  const std::regex end("\x1b\\[0Ksection_end:[0-9]{10}:a_1\r\x1b\\[0K\n");
  EXPECT_TRUE(std::regex_match(gitlab.group_start("a[1", "title\x1b"), start))
      << gitlab.group_start("a[1", "title\x1b");
  EXPECT_TRUE(std::regex_match(gitlab.group_end("a[1"), end));
}

Diagnostic sample() {
  return {.code = "ops-duplicate-key",
          .severity = Severity::error,
          .place = {.file = "dir,1/ops.yml", .line = 31, .column = 5, .length = 5},
          .message = "duplicate key 'steps': 100%",
          .hint = "remove one"};
}

TEST(Dialects, AnnotateWithPlaces) {
  EXPECT_EQ(dialect_of("github-actions").annotation(sample()),
            "::error file=dir%2C1/ops.yml,line=31,col=5,endColumn=10,title=ops-duplicate-key::"
            "duplicate key 'steps': 100%25%0Aremove one\n");
  EXPECT_EQ(
      dialect_of("azure-pipelines").annotation(sample()),
      "##vso[task.logissue type=error;sourcepath=dir,1/ops.yml;linenumber=31;columnnumber=5;code=ops-duplicate-key]"
      "duplicate key 'steps': 100%AZP25%0Aremove one\n");
  EXPECT_EQ(
      dialect_of("teamcity").annotation(sample()),
      "##teamcity[message text='dir,1/ops.yml:31:5: duplicate key |'steps|': 100%|nremove one' status='ERROR']\n");
  for (const std::string_view ci : {"gitlab-ci", "travis-ci", "buildkite", "jenkins"}) {
    EXPECT_FALSE(dialect_of(ci).annotation(sample())) << ci;
  }
}

TEST(Dialects, AnnotateBySeverityAndWithoutPlaces) {
  Diagnostic diagnostic{.code = "origin", .severity = Severity::note, .message = "a"};
  EXPECT_EQ(dialect_of("github-actions").annotation(diagnostic), "::notice title=origin::a\n");
  EXPECT_FALSE(dialect_of("azure-pipelines").annotation(diagnostic));
  diagnostic.severity = Severity::warning;
  EXPECT_EQ(dialect_of("gitea-actions").annotation(diagnostic), "::warning title=origin::a\n");
  EXPECT_EQ(dialect_of("azure-pipelines").annotation(diagnostic), "##vso[task.logissue type=warning;code=origin]a\n");
}

TEST(Dialects, WriteOutputs) {
  const Dialect& actions = dialect_of("github-actions");
  EXPECT_EQ(actions.output_entry("runs", "a\nb=c", "ghadelimiter_1"), "runs<<ghadelimiter_1\na\nb=c\nghadelimiter_1\n");
  EXPECT_EQ(actions.output_entry("empty", "", "d"), "empty<<d\n\nd\n");
  EXPECT_FALSE(actions.output_entry("", "v", "d"));
  EXPECT_FALSE(actions.output_entry("a=b", "v", "d"));
  EXPECT_FALSE(actions.output_entry("a<<b", "v", "d"));
  EXPECT_FALSE(actions.output_entry("a\nb", "v", "d"));
  EXPECT_FALSE(actions.output_entry("a", "x d y", "d"));
  EXPECT_FALSE(dialect_of("gitlab-ci").output_entry("a", "v", "d"));
}

TEST(Dialects, AnnotateWithVisibleTextOnly) {
  Diagnostic hostile = sample();
  hostile.place.file = "a\u202e";
  hostile.message = "x\u200by\n";
  hostile.hint = "one\ntwo\u2066";
  EXPECT_EQ(dialect_of("github-actions").annotation(hostile),
            "::error file=a\\xe2\\x80\\xae,line=31,col=5,endColumn=10,title=ops-duplicate-key::"
            "x\\xe2\\x80\\x8by\\x0a%0Aone%0Atwo\\xe2\\x81\\xa6\n");
  for (const std::string_view ci : {"github-actions", "azure-pipelines", "teamcity"}) {
    const std::string line = dialect_of(ci).annotation(hostile).value();
    for (const std::string_view hidden : {"\u202e", "\u200b", "\u2066"}) EXPECT_EQ(line.find(hidden), line.npos) << ci;
  }
}

TEST(PrintableText, IsOneLineOfVisibleText) {
  EXPECT_EQ(printable_for(DialectKind::plain, "a\tb\n\u202e\xc2"), "a\\x09b\\x0a\\xe2\\x80\\xae\\xc2");
}

TEST(PrintableText, HoldsNoMarker) {
  EXPECT_EQ(printable_for(DialectKind::actions, "::x ##[y]"), ": :x ## [y]");
  EXPECT_EQ(printable_for(DialectKind::plain, "::x ##[y]\n"), "::x ##[y]\\x0a");
}

}  // namespace
}  // namespace lifecycle::dialect
