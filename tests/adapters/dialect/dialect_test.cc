// Groups and annotations of every CI, byte by byte.
#include "adapters/dialect/dialect.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/dialect/annotations.h"
#include "adapters/dialect/escaping.h"
#include "tests/adapters/dialect/sample_environment.h"

namespace lifecycle::dialect {
namespace {

using Json = nlohmann::ordered_json;

TEST(Dialects, AreFoundByTheNameOfTheCi) {
  const std::pair<std::string_view, DialectKind> rows[] = {
      {"github-actions", DialectKind::actions},
      {"gitea-actions", DialectKind::actions},
      {"forgejo-actions", DialectKind::actions},
      {"gitlab-ci", DialectKind::gitlab},
      {"azure-pipelines", DialectKind::azure},
      {"teamcity", DialectKind::teamcity},
      {"travis-ci", DialectKind::travis},
      {"buildkite", DialectKind::buildkite},
      {"bitbucket-pipelines", DialectKind::plain},
      {"jenkins", DialectKind::plain},
      {"", DialectKind::plain},
  };
  for (const auto& [ci, kind] : rows) EXPECT_EQ(dialect_of(ci).kind(), kind) << ci;
}

std::string annotated(std::string_view ci, const Diagnostic& diagnostic, const Environment& environment = {}) {
  return lines_of(dialect_of(ci).annotate(std::span(&diagnostic, 1), environment));
}

constexpr Instant start_time{std::chrono::milliseconds(1'700'000'000'250)};
constexpr Instant end_time{std::chrono::milliseconds(1'700'000'003'500)};
constexpr std::string_view travis_end =
    "travis_time:end:id_1:start=1700000000250000000,finish=1700000003500000000,duration=3250000000\r\x1b[0K"
    "travis_fold:end:id_1\r\x1b[0K\n";

struct GroupCase {
  std::string_view ci;
  std::string_view title;
  std::string_view start;
  std::string_view end;
  std::string_view failed_end;
};

TEST(Dialects, OpenAndCloseGroups) {
  const GroupCase rows[] = {
      {"github-actions", "build 100%\n::x ##[y]", "::group::build 100%25\\x0a::x ## [y]\n", "::endgroup::\n",
       "::endgroup::\n"},
      {"forgejo-actions", "::x", "::group::: :x\n", "::endgroup::\n", "::endgroup::\n"},
      {"azure-pipelines", "a\r##vso[x]", "##[group]a\\x0d##vso [x]\n", "##[endgroup]\n", "##[endgroup]\n"},
      {"teamcity", "it's [x]|\n", "##teamcity[blockOpened name='id 1' description='it|'s |[x|]||\\x0a']\n",
       "##teamcity[blockClosed name='id 1']\n", "##teamcity[blockClosed name='id 1']\n"},
      {"teamcity", "\u00fc\U0001f600", "##teamcity[blockOpened name='id 1' description='|0x00FC|0xD83D|0xDE00']\n",
       "##teamcity[blockClosed name='id 1']\n", "##teamcity[blockClosed name='id 1']\n"},
      {"travis-ci", "fold:end:x",
       "travis_fold:start:id_1\r\x1b[0Ktravis_time:start:id_1\r\x1b[0K"
       "fold:end :x\n",
       travis_end, travis_end},
      {"gitlab-ci", "title\x1b", "\x1b[0Ksection_start:1700000000:id_1\r\x1b[0Ktitle\\x1b\n",
       "\x1b[0Ksection_end:1700000003:id_1\r\x1b[0K\n", "\x1b[0Ksection_end:1700000003:id_1\r\x1b[0K\n"},
      {"buildkite", "a\x1b[1m", "--- a\\x1b[1m\n", "", "^^^ +++\n"},
      {"jenkins", "a", "", "", ""},
      {"bitbucket-pipelines", "a", "", "", ""},
  };
  for (const auto& [ci, title, start, end, failed_end] : rows) {
    const Dialect& dialect = dialect_of(ci);
    LogGroup group{.id = "id 1", .title = title, .started = start_time, .ended = end_time};
    EXPECT_EQ(dialect.group_start(group), start);
    EXPECT_EQ(dialect.group_end(group), end);
    group.end = GroupEnd::failed;
    EXPECT_EQ(dialect.group_end(group), failed_end);
  }
}

TEST(Dialects, OnlyBuildkiteNeedsAHeadingBehindTheLastGroup) {
  for (const std::string_view ci : dialect_names()) {
    EXPECT_EQ(dialect_of(ci).heading("+++ end"), ci == "buildkite" ? "+++ ++ + end\n" : "") << ci;
  }
}

Diagnostic sample() {
  return {.code = "ops-duplicate-key",
          .severity = Severity::error,
          .place = {.file = "dir,1/ops.yml", .line = 31, .column = 5, .length = 5},
          .message = "duplicate key 'steps': 100%",
          .hint = "remove one"};
}

TEST(Dialects, AnnotateWithPlaces) {
  const std::string actions =
      "::error file=dir%2C1/ops.yml,line=31,col=5,endColumn=10,title=ops-duplicate-key::"
      "duplicate key 'steps': 100%25%0Aremove one\n";
  EXPECT_EQ(annotated("github-actions", sample()), actions);
  EXPECT_EQ(annotated("gitea-actions", sample()), actions);
  EXPECT_EQ(annotated("forgejo-actions", sample()), "");
  EXPECT_EQ(
      annotated("azure-pipelines", sample()),
      "##vso[task.logissue type=error;sourcepath=dir,1/ops.yml;linenumber=31;columnnumber=5;code=ops-duplicate-key]"
      "duplicate key 'steps': 100%AZP25%0Aremove one\n");
  EXPECT_EQ(annotated("teamcity", sample()),
            "##teamcity[inspectionType id='ops-duplicate-key' name='ops-duplicate-key' "
            "description='lifecycle-agent: ops-duplicate-key' category='lifecycle-agent']\n"
            "##teamcity[inspection typeId='ops-duplicate-key' message='duplicate key |'steps|': 100%|nremove one' "
            "file='dir,1/ops.yml' line='31' SEVERITY='ERROR']\n");
  for (const std::string_view ci : {"gitlab-ci", "travis-ci", "jenkins", "circleci"}) {
    EXPECT_EQ(annotated(ci, sample()), "") << ci;
  }
}

TEST(Dialects, AnnotateBySeverityAndWithoutPlaces) {
  Diagnostic diagnostic{.code = "origin", .severity = Severity::note, .message = "a"};
  EXPECT_EQ(annotated("github-actions", diagnostic), "::notice title=origin::a\n");
  EXPECT_EQ(annotated("azure-pipelines", diagnostic), "");
  EXPECT_EQ(annotated("teamcity", diagnostic), "##teamcity[message text='a' status='NORMAL']\n");
  diagnostic.severity = Severity::warning;
  EXPECT_EQ(annotated("gitea-actions", diagnostic), "::warning title=origin::a\n");
  EXPECT_EQ(annotated("azure-pipelines", diagnostic), "##vso[task.logissue type=warning;code=origin]a\n");
}

TEST(Dialects, DeclareAnInspectionOnce) {
  const std::vector<Diagnostic> two{sample(), sample()};
  const std::string text = lines_of(dialect_of("teamcity").annotate(two, {}));
  EXPECT_EQ(text.find("inspectionType"), text.rfind("inspectionType"));
  EXPECT_NE(text.find("[inspection "), text.rfind("[inspection "));
}

TEST(Dialects, KeepTheLimitsOfTeamcity) {
  Diagnostic longer = sample();
  longer.message = std::string(10'000, '|');
  const std::string text = annotated("teamcity", longer);
  const std::string message = text.substr(text.find("message='"));
  EXPECT_LE(message.size(), 2 * 4000 + 200U);
  EXPECT_NE(message.find("|0x2026'"), std::string::npos) << "the cut is shown";
}

TEST(Dialects, AnnotateOnBuildkiteThroughItsAgent) {
  const std::vector<Diagnostic> two{sample(), {.code = "x", .severity = Severity::warning, .message = "<b>*a*"}};
  EXPECT_TRUE(dialect_of("buildkite").annotate(two, {}).empty()) << "without its token the agent refuses";
  const Environment step = variables({{"BUILDKITE_AGENT_ACCESS_TOKEN", "t"},
                                      {"BUILDKITE_STEP_ID", "s-1"},
                                      {"BUILDKITE_JOB_ID", "j-1"},
                                      {"BUILDKITE_PARALLEL_JOB", "2"}});
  const auto actions = dialect_of("buildkite").annotate(two, step);
  ASSERT_EQ(actions.size(), 1U);
  const auto& command = std::get<RunCommand>(actions[0]);
  EXPECT_EQ(command.words, (std::vector<std::string>{"buildkite-agent", "annotate", "--style", "error", "--context",
                                                     "lifecycle-agent-check-s-1-2"}));
  EXPECT_EQ(command.input,
            "- **dir,1/ops.yml:31:5** duplicate key 'steps': 100%<br>remove one <code>ops-duplicate-key</code>\n"
            "- &#60;b&#62;&#42;a&#42; <code>x</code>\n");
}

TEST(Dialects, AnnotateOnAppveyorByRequests) {
  const Diagnostic diagnostic = sample();
  EXPECT_TRUE(dialect_of("appveyor").annotate(std::span(&diagnostic, 1), {}).empty());
  for (const char* url : {"http://localhost:1234", "http://localhost:1234/"}) {
    const auto actions =
        dialect_of("appveyor").annotate(std::span(&diagnostic, 1), variables({{"APPVEYOR_API_URL", url}}));
    ASSERT_EQ(actions.size(), 1U);
    const auto& request = std::get<SendRequest>(actions[0]);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, "http://localhost:1234/api/build/compilationmessages");
    EXPECT_EQ(request.proxy, "");
    EXPECT_EQ(Json::parse(request.body), Json({{"message", "duplicate key 'steps': 100%"},
                                               {"category", "error"},
                                               {"details", "duplicate key 'steps': 100%\nremove one"},
                                               {"fileName", "dir,1/ops.yml"},
                                               {"line", "31"},
                                               {"column", "5"}}));
  }
}

TEST(Dialects, AnnotateOnBitbucketWithAReport) {
  const Diagnostic diagnostic = sample();
  const auto actions =
      dialect_of("bitbucket-pipelines").annotate(std::span(&diagnostic, 1), variables(bitbucket_build()));
  ASSERT_EQ(actions.size(), 2U);
  const auto& report = std::get<SendRequest>(actions[0]);
  const std::string url =
      "http://api.bitbucket.org/2.0/repositories/acme/app/commit/abc123/reports/lifecycle-agent-check";
  EXPECT_EQ(report.method + " " + report.url, "PUT " + url);
  EXPECT_EQ(report.proxy, "http://localhost:29418");
  EXPECT_EQ(Json::parse(report.body)["result"], "FAILED");
  const auto& list = std::get<SendRequest>(actions[1]);
  EXPECT_EQ(list.method + " " + list.url, "POST " + url + "/annotations");
  const Json annotation = Json::parse(list.body)[0];
  EXPECT_EQ(annotation["path"], "dir,1/ops.yml");
  EXPECT_EQ(annotation["line"], 31);
  EXPECT_EQ(annotation["severity"], "HIGH");
  EXPECT_EQ(annotation["annotation_type"], "CODE_SMELL");
}

TEST(Dialects, ReachBitbucketFromAPipeAndNowhereElse) {
  const Diagnostic diagnostic = sample();
  const Dialect& bitbucket = dialect_of("bitbucket-pipelines");
  auto pipe = bitbucket_build();
  pipe["BITBUCKET_PIPE_STORAGE_DIR"] = "/opt/x";
  const auto actions = bitbucket.annotate(std::span(&diagnostic, 1), variables(pipe));
  EXPECT_EQ(std::get<SendRequest>(actions.at(0)).proxy, "http://host.docker.internal:29418");
  for (const char* hostile : {"", "acme/../other", "acme/app?x=1", "acme/app#", "a b", "acme@evil"}) {
    auto build = bitbucket_build();
    build["BITBUCKET_REPO_FULL_NAME"] = hostile;
    EXPECT_TRUE(bitbucket.annotate(std::span(&diagnostic, 1), variables(build)).empty()) << hostile;
  }
}

TEST(Dialects, KeepTheLimitsOfBitbucket) {
  Diagnostic longer = sample();
  for (int i = 0; i < 3000; ++i) longer.message += "\u00fc";
  const auto actions = dialect_of("bitbucket-pipelines").annotate(std::span(&longer, 1), variables(bitbucket_build()));
  const Json annotation = Json::parse(std::get<SendRequest>(actions.at(1)).body)[0];
  EXPECT_LE(annotation["summary"].get<std::string>().size(), 2 * 450U + 3);
  EXPECT_LE(annotation["details"].get<std::string>().size(), 2 * 2000U + 3);
}

TEST(Dialects, AnnotateWithVisibleTextOnly) {
  Diagnostic hostile = sample();
  hostile.place.file = "a\u202e";
  hostile.message = "x\u200by\n";
  hostile.hint = "one\ntwo\u2066";
  EXPECT_EQ(annotated("github-actions", hostile),
            "::error file=a\\xe2\\x80\\xae,line=31,col=5,endColumn=10,title=ops-duplicate-key::"
            "x\\xe2\\x80\\x8by\\x0a%0Aone%0Atwo\\xe2\\x81\\xa6\n");
  for (const std::string_view ci : {"github-actions", "azure-pipelines", "teamcity"}) {
    const std::string line = annotated(ci, hostile);
    ASSERT_FALSE(line.empty()) << ci;
    for (const std::string_view hidden : {"\u202e", "\u200b", "\u2066", "|0x202E", "|0x200B", "|0x2066"}) {
      EXPECT_EQ(line.find(hidden), line.npos) << ci;
    }
  }
}

/// What a value of ours may hold never ends it early: it stays one line, with one command in it.
TEST(Dialects, AnnotateHostileTextAsText) {
  Diagnostic hostile = sample();
  hostile.place.file = "a::b,c;d]e'f|g%h\r\n::set-output name=x::y";
  hostile.message = "m]##vso[task.setvariable variable=PATH]x\n##teamcity[buildStop ] ::stop-commands::x | ' %0A";
  hostile.hint = "::add-mask::x\n##[error]y\r::error::z";
  for (const std::string_view ci : {"github-actions", "gitea-actions", "azure-pipelines", "teamcity"}) {
    const std::string text = annotated(ci, hostile);
    EXPECT_EQ(std::ranges::count(text, '\n'), ci == "teamcity" ? 2 : 1) << text;
    EXPECT_EQ(text.find('\r'), std::string::npos) << text;
    if (ci == "teamcity") {
      EXPECT_EQ(text.find("##teamcity[buildStop"), std::string::npos) << text;
    }
    if (ci == "azure-pipelines") {
      EXPECT_EQ(text.find("##vso["), text.rfind("##vso[")) << text;
      EXPECT_EQ(text.find("##["), std::string::npos) << text;
    }
  }
}

TEST(BoundedAnnotations, SayHowManyAreNotShown) {
  std::vector<Diagnostic> many;
  for (int i = 0; i < 14; ++i) {
    many.push_back({.code = "e", .severity = Severity::error, .message = "error " + std::to_string(i)});
    if (i < 10) many.push_back({.code = "w", .severity = Severity::warning, .message = "w"});
  }
  const auto kept = bounded(many, 10);
  EXPECT_EQ(std::ranges::count(kept, Severity::error, &Diagnostic::severity), 10);
  EXPECT_EQ(std::ranges::count(kept, Severity::warning, &Diagnostic::severity), 10);
  const auto last = std::ranges::find(kept, "the log shows all of them", &Diagnostic::hint);
  ASSERT_NE(last, kept.end());
  EXPECT_EQ(last->message, "5 further errors, of which this is the first: error 9");
  EXPECT_TRUE(bounded({}, 10).empty());
  EXPECT_EQ(bounded(std::span(many).first(1), 1).size(), 1U);
}

TEST(EscapedMarkdown, LeavesNoSpecialByte) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"a|b", "a&#124;b"},
      {"<img src=x>", "&#60;img src=x&#62;"},
      {"one\ntwo", "one two"},
      {"npm ci", "npm ci"},
      {"a_snake_case: (name)", "a_snake_case: (name)"},
      {"_a_ https://x", "&#95;a&#95; https&#58;//x"},
      {"www.a.b", "www&#46;a.b"},
  };
  for (const auto& [text, escaped] : rows) EXPECT_EQ(escape_markdown(text), escaped);
  std::string every;
  for (int byte = 1; byte < 128; ++byte) every += static_cast<char>(byte);
  std::string escaped = escape_markdown(every);
  for (std::size_t at = 0; (at = escaped.find("&#")) != std::string::npos;) {
    escaped.erase(at, escaped.find(';', at) + 1 - at);
  }
  for (const char byte : std::string("<>|`*_[]#~\\@$&\n\r\t\x1b")) {
    EXPECT_EQ(escaped.find(byte), std::string::npos) << byte;
  }
}

TEST(CutText, CountsCharacters) {
  EXPECT_EQ(cut_text("abc", 3), "abc");
  EXPECT_EQ(cut_text("abcd", 3), "ab…");
  EXPECT_EQ(cut_text("\u00fc\u00fc\u00fc\u00fc", 3), "\u00fc\u00fc…");
  EXPECT_EQ(cut_text("", 3), "");
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
