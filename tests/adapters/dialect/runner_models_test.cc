// Every marker of every CI, in every disguise, over every cut: the models of the runners obey nothing of it, while they
// do obey the same bytes before the neutraliser, and the agent's own lines after their escaping.
#include "tests/adapters/dialect/runner_models.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

#include "adapters/dialect/dialect.h"
#include "adapters/dialect/neutraliser.h"
#include "tests/string_sink.h"

namespace lifecycle::dialect {
namespace {

struct Runner {
  std::string_view name;
  std::string_view ci;  // one that it serves
  Commands (*obeys)(std::string_view log);
  std::vector<std::string> markers;
};

const std::vector<Runner>& runners() {
  static const std::vector<Runner> all{
      {"GitHub",
       "github-actions",
       obeyed_by_github,
       {"::set-output name=a::b", "::add-mask::a", "::stop-commands::x", "::error file=a::b", "##[add-mask]a",
        "##[set-output name=a]b", "::endgroup::"}},
      {"Go", "gitea-actions", obeyed_by_go_runners, {"::set-output name=a::b", "::add-mask::a", "##[add-mask]a"}},
      {"Azure",
       "azure-pipelines",
       obeyed_by_azure,
       {"##vso[task.setvariable variable=a]b", "##vso[task.complete result=Succeeded]", "##[error]a", "##[group]a"}},
      {"TeamCity",
       "teamcity",
       obeyed_by_teamcity,
       {"##teamcity[buildStatus status='SUCCESS']", "##teamcity[buildStop]"}},
      {"Travis", "travis-ci", obeyed_by_travis, {"travis_fold:start:a", "fold:end:a", "travis_time:end:a:start=1"}},
      {"Buildkite", "buildkite", obeyed_by_buildkite, {"--- a", "+++ a", "~~~ a", "^^^ +++"}},
      {"GitLab", "gitlab-ci", obeyed_by_gitlab, {"section_start:1:a\r\x1b[0Kt", "\x1b[0Ksection_end:1:a\r\x1b[0K"}},
  };
  return all;
}

std::string in_case(std::string text, int style) {
  if (style == 0) return text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char& c = text[i];
    const bool upper = style == 1 || i % 2 == 0;
    if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

/// The marker as it is, behind something, with something inside.
std::set<std::string> disguises(const std::string& marker) {
  std::set<std::string> texts;
  for (int style = 0; style < 3; ++style) {
    const std::string text = in_case(marker, style);
    for (const std::string_view before :
         {"",       "\r",        "\n",       "\r\n",       "50%\r",   "text",         "text ",
          " ",      "\t",        "\v\f",     "\u00a0",     "\u0085",  "\u2003\u3000", "\u2028",
          "\ufeff", "\r\u2029 ", "\x1b[31m", "\x1b[0;1m ", "\x1b[0K", "\r\x1b[0K",    "\x1b_bk;t=12\x07",
          ":",      "#",         "-",        "::",         "##",      "\x1b]0;t\x07", "\x1b[2J",
          "\x1b"}) {
      texts.insert(std::string(before) + text);
    }
    for (std::size_t at = 1; at < std::min<std::size_t>(text.size(), 13); ++at) {
      for (const std::string_view inside : {"\x1b[0m", "\x1b[1;32m", "\x1b]8;;x\x07", "\x1b[K"}) {
        texts.insert(text.substr(0, at) + std::string(inside) + text.substr(at));
      }
    }
  }
  return texts;
}

enum class Pauses { none, between };

std::string neutral(NeutraliserOptions options, const std::vector<std::string_view>& chunks, Pauses pauses) {
  Neutraliser neutraliser(options);
  StringSink sink;
  for (const std::string_view chunk : chunks) {
    neutraliser.feed(chunk, sink);
    if (pauses == Pauses::between) neutraliser.flush(sink);
  }
  neutraliser.feed("\n", sink);
  neutraliser.flush(sink);
  return sink.text;
}

/// Whole, byte by byte, and in every two and three pieces.
void for_every_cut(std::string_view text, const std::function<void(const std::vector<std::string_view>&)>& check) {
  check({text});
  std::vector<std::string_view> bytes;
  for (std::size_t i = 0; i < text.size(); ++i) bytes.push_back(text.substr(i, 1));
  check(bytes);
  for (std::size_t first = 1; first < text.size(); ++first) {
    check({text.substr(0, first), text.substr(first)});
    for (std::size_t second = first + 1; second < text.size(); second += 3) {
      check({text.substr(0, first), text.substr(first, second - first), text.substr(second)});
    }
  }
}

class EveryRunner : public testing::TestWithParam<Runner> {};

TEST_P(EveryRunner, WouldObeyTheMarkers) {
  const Runner& runner = GetParam();
  for (const std::string& marker : runner.markers) {
    EXPECT_EQ(runner.obeys(marker + "\n").size(), 1U) << marker;
    EXPECT_EQ(runner.obeys("text\n" + marker + "\n").size(), 1U) << marker;
  }
}

TEST_P(EveryRunner, ObeysNothingOfAWorkflow) {
  const Runner& runner = GetParam();
  const NeutraliserOptions shown{.kind = dialect_of(runner.ci).kind()};
  NeutraliserOptions raw = shown;
  raw.pass_control_bytes = true;
  std::set<std::string> seen;  // most cuts make no difference
  for (const std::string& marker : runner.markers) {
    for (const std::string& text : disguises(marker)) {
      for_every_cut(text, [&](const std::vector<std::string_view>& chunks) {
        for (const Pauses pauses : {Pauses::none, Pauses::between}) {
          for (const NeutraliserOptions& options : {shown, raw}) {
            const std::string log = neutral(options, chunks, pauses);
            if (!seen.insert(log).second) continue;
            if (!runner.obeys(log).empty() || !runner.obeys(without_colours(log)).empty()) {
              ADD_FAILURE() << testing::PrintToString(text) << " became " << testing::PrintToString(log);
            }
          }
        }
      });
      if (HasFailure()) return;
    }
  }
}

/// A title with a marker in it: the group is obeyed, the title is not.
TEST_P(EveryRunner, ObeysOneCommandInTheAgentsOwnLines) {
  const Runner& runner = GetParam();
  const Dialect& dialect = dialect_of(runner.ci);
  const std::size_t of_a_group = runner.obeys(dialect.group_start({.id = "i", .title = "plain"})).size();
  for (const std::string& marker : runner.markers) {
    for (const std::string& text : disguises(marker)) {
      const LogGroup group{.id = text, .title = text};
      const std::string start = dialect.group_start(group);
      EXPECT_EQ(runner.obeys(start).size(), of_a_group) << testing::PrintToString(start);
      EXPECT_EQ(runner.obeys(printable_for(dialect.kind(), text) + "\n").size(), 0U) << testing::PrintToString(text);
      EXPECT_LE(runner.obeys(dialect.heading(text)).size(), 1U);
      const Diagnostic diagnostic{
          .code = "c", .place = {.file = text, .line = 1, .column = 1}, .message = text, .hint = text};
      for (const NativeAction& action : dialect.annotate(std::span(&diagnostic, 1), {})) {
        const std::string& line = std::get<PrintLine>(action).text;
        EXPECT_EQ(runner.obeys(line).size(), 1U) << testing::PrintToString(line);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Runners, EveryRunner, testing::ValuesIn(runners()),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace lifecycle::dialect
