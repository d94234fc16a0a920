// Outputs, summaries, masks and colours of every CI, and the words of the documentation against what really comes out.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "adapters/dialect/dialect.h"
#include "adapters/dialect/variable_lines.h"
#include "tests/adapters/dialect/sample_environment.h"

namespace lifecycle::dialect {
namespace {

using Json = nlohmann::ordered_json;

std::string one_token() { return "token"; }

const std::vector<NamedOutput> outputs{{"result", "it's a $x `y` 100%"}, {"matched", R"(["b;c]"])"}};

TEST(HandedOn, ByTheFileOfActions) {
  const std::pair<std::string_view, std::string> rows[] = {{"github-actions", "GITHUB_OUTPUT"},
                                                           {"gitea-actions", "GITHUB_OUTPUT"},
                                                           {"gitea-actions", "GITEA_OUTPUT"},
                                                           {"forgejo-actions", "FORGEJO_OUTPUT"}};
  for (const auto& [ci, variable] : rows) {
    int calls = 0;
    const auto token = [&calls] { return "t" + std::to_string(calls++); };
    const std::vector<NamedOutput> two{{"a", "holds t0 inside"}, {"b", "x\ny"}};
    const OutputActions result = dialect_of(ci).hand_on(two, variables({{variable, "/f"}}), token);
    ASSERT_EQ(result.actions.size(), 1U) << ci;
    const auto& file = std::get<AppendToFile>(result.actions[0]);
    EXPECT_EQ(file.variable, variable);
    EXPECT_EQ(file.path, "/f");
    EXPECT_EQ(file.text, "a<<t0t1\nholds t0 inside\nt0t1\nb<<t2\nx\ny\nt2\n");
  }
  const std::vector<NamedOutput> bad{{"", "v"}, {"a=b", "v"}, {"a<<b", "v"}, {"a\nb", "v"}};
  const Environment step = variables({{"GITHUB_OUTPUT", "/f"}});
  EXPECT_EQ(dialect_of("github-actions").hand_on(bad, step, one_token).omitted.size(), 4U);
  EXPECT_TRUE(dialect_of("github-actions").hand_on(outputs, {}, one_token).actions.empty());
}

TEST(HandedOn, ByLinesOfTheLog) {
  EXPECT_EQ(lines_of(dialect_of("azure-pipelines").hand_on(outputs, {}, one_token).actions),
            "##vso[task.setvariable variable=result;isOutput=true]it's a $x `y` 100%AZP25\n"
            "##vso[task.setvariable variable=matched;isOutput=true][\"b;c]\"]\n");
  EXPECT_EQ(lines_of(dialect_of("teamcity").hand_on(outputs, {}, one_token).actions),
            "##teamcity[setParameter name='env.LIFECYCLE_OUT_RESULT' value='it|'s a $x `y` 100%']\n"
            "##teamcity[setParameter name='env.LIFECYCLE_OUT_MATCHED' value='|[\"b;c|]\"|]']\n");
}

TEST(HandedOn, ByFilesOfVariables) {
  struct FileCase {
    std::string_view ci;
    std::string variable;
    std::string path;
    std::string text;
  };
  const std::string plain = "LIFECYCLE_OUT_RESULT=it's a $x `y` 100%\nLIFECYCLE_OUT_MATCHED=[\"b;c]\"]\n";
  const FileCase rows[] = {
      {"circleci", "BASH_ENV", "/v",
       "export LIFECYCLE_OUT_RESULT='it'\\''s a $x `y` 100%'\nexport LIFECYCLE_OUT_MATCHED='[\"b;c]\"]'\n"},
      {"bitbucket-pipelines", "BITBUCKET_PIPELINES_VARIABLES_PATH", "/v", plain},
      {"codefresh", "CF_VOLUME_PATH", "/v/env_vars_to_export", plain},
      {"cloud-build", "BUILDER_OUTPUT", "/v/output", plain},
  };
  for (const auto& [ci, variable, path, text] : rows) {
    const OutputActions result = dialect_of(ci).hand_on(outputs, variables({{variable, "/v"}}), one_token);
    ASSERT_EQ(result.actions.size(), 1U) << ci;
    const auto& file = std::get<AppendToFile>(result.actions[0]);
    EXPECT_EQ(file.path, path) << ci;
    EXPECT_EQ(file.text, text) << ci;
    EXPECT_TRUE(dialect_of(ci).hand_on(outputs, {}, one_token).actions.empty()) << ci;
  }
  const OutputActions gitlab =
      dialect_of("gitlab-ci").hand_on(outputs, variables({{"LIFECYCLE_DOTENV", "out.env"}}), one_token);
  EXPECT_EQ(std::get<WriteFile>(gitlab.actions.at(0)).path, "out.env");
  EXPECT_EQ(std::get<WriteFile>(gitlab.actions.at(0)).text, plain);
}

TEST(HandedOn, WithoutWhatTheCiCannotTake) {
  const std::vector<NamedOutput> broken{{"a", "x\nPATH=/evil"}, {"b", "x\rY=1"}, {"c", "fits"}};
  for (const char* ci : {"bitbucket-pipelines", "codefresh", "cloud-build"}) {
    const OutputActions result = dialect_of(ci).hand_on(broken, ideal_environment(), one_token);
    EXPECT_EQ(std::get<AppendToFile>(result.actions.at(0)).text, "LIFECYCLE_OUT_C=fits\n") << ci;
    EXPECT_EQ(result.omitted.size(), 2U) << ci;
  }
  const std::vector<NamedOutput> large{{"result", "ok"}, {"runs", std::string(200'000, 'x')}};
  for (const char* ci : {"cloud-build", "gitlab-ci", "bitbucket-pipelines", "buildkite"}) {
    const OutputActions result = dialect_of(ci).hand_on(large, ideal_environment(), one_token);
    EXPECT_EQ(result.actions.size(), 1U) << ci;
    ASSERT_EQ(result.omitted.size(), 1U) << ci;
    EXPECT_EQ(result.omitted[0].name, "runs") << ci;
  }
}

TEST(HandedOn, ThroughAgentAndApi) {
  const auto buildkite = dialect_of("buildkite").hand_on(outputs, ideal_environment(), one_token);
  const auto& command = std::get<RunCommand>(buildkite.actions.at(0));
  EXPECT_EQ(command.words, (std::vector<std::string>{"buildkite-agent", "meta-data", "set", "lifecycle-agent:result"}));
  EXPECT_EQ(command.input, outputs[0].value);
  const auto appveyor = dialect_of("appveyor").hand_on(outputs, ideal_environment(), one_token);
  const auto& request = std::get<SendRequest>(appveyor.actions.at(1));
  EXPECT_EQ(request.url, "http://localhost:1/api/build/variables");
  EXPECT_EQ(Json::parse(request.body), Json({{"name", "LIFECYCLE_OUT_MATCHED"}, {"value", outputs[1].value}}));
}

const RunReport failure{
    .headline = "failure in 3s", .markdown = "### m", .plain = "table", .severity = Severity::error};

TEST(Summaries, GoWhereTheCiShowsThem) {
  const Environment all = ideal_environment();
  const auto github = dialect_of("github-actions").summarise(failure, all, "t");
  EXPECT_EQ(std::get<AppendToFile>(github.at(0)).text, "### m");
  const auto azure = dialect_of("azure-pipelines").summarise(failure, all, "tok");
  EXPECT_EQ(std::get<WriteFile>(azure.at(0)).path, "/some/path/tok.md");
  EXPECT_EQ(std::get<PrintLine>(azure.at(1)).text, "##vso[task.uploadsummary]/some/path/tok.md\n");
  const auto buildkite = dialect_of("buildkite").summarise(failure, all, "t");
  EXPECT_EQ(std::get<RunCommand>(buildkite.at(0)).words,
            (std::vector<std::string>{"buildkite-agent", "annotate", "--style", "error", "--context",
                                      "lifecycle-agent-run"}));
  EXPECT_EQ(std::get<RunCommand>(buildkite.at(0)).input, "### m");
  const auto appveyor = dialect_of("appveyor").summarise(failure, all, "t");
  EXPECT_EQ(Json::parse(std::get<SendRequest>(appveyor.at(0)).body),
            Json({{"message", "lifecycle-agent: failure in 3s"}, {"category", "error"}, {"details", "table"}}));
  const auto bitbucket = dialect_of("bitbucket-pipelines").summarise(failure, all, "t");
  EXPECT_EQ(Json::parse(std::get<SendRequest>(bitbucket.at(0)).body)["report_type"], "TEST");
  for (const std::string_view ci : dialect_names()) EXPECT_TRUE(dialect_of(ci).summarise(failure, {}, "t").empty());
}

TEST(NativeMasks, AreEscapedLinesOrInput) {
  const std::vector<SecretValue> secrets{{"A", "50% off\u00fc"}, {"B", "]second;"}};
  EXPECT_EQ(lines_of(dialect_of("github-actions").mask(secrets, {})),
            "::add-mask::50%25 off\u00fc\n::add-mask::]second;\n");
  EXPECT_EQ(lines_of(dialect_of("azure-pipelines").mask(secrets, {})),
            "##vso[task.setsecret]50%AZP25 off\u00fc\n##vso[task.setsecret]]second;\n");
  const auto buildkite = dialect_of("buildkite").mask(secrets, ideal_environment());
  ASSERT_EQ(buildkite.size(), 1U);
  const auto& command = std::get<RunCommand>(buildkite[0]);
  EXPECT_EQ(command.words, (std::vector<std::string>{"buildkite-agent", "redactor", "add", "--format", "json"}));
  EXPECT_EQ(Json::parse(command.input), Json({{"1", "50% off\u00fc"}, {"2", "]second;"}}));
}

TEST(NativeMasks, AreNeverArguments) {
  const std::vector<SecretValue> secrets{{"A", "hunter2-s3cret"}};
  for (const std::string_view ci : dialect_names()) {
    for (const NativeAction& action : dialect_of(ci).mask(secrets, ideal_environment())) {
      const auto* command = std::get_if<RunCommand>(&action);
      if (command == nullptr) continue;
      for (const std::string& word : command->words) EXPECT_EQ(word.find("hunter2"), std::string::npos) << ci;
    }
  }
}

/// What is done, in words in which those of the documentation must be found.
std::string described(const std::vector<NativeAction>& actions) {
  std::string text;
  for (const NativeAction& action : actions) {
    if (const auto* line = std::get_if<PrintLine>(&action)) text += line->text;
    if (const auto* file = std::get_if<AppendToFile>(&action)) text += file->variable + " " + file->path + "\n";
    if (const auto* file = std::get_if<WriteFile>(&action)) text += file->variable + " " + file->path + "\n";
    if (const auto* request = std::get_if<SendRequest>(&action)) {
      text += request->method + " " + request->url.substr(request->url.find("api")) + "\n";
    }
    if (const auto* command = std::get_if<RunCommand>(&action)) {
      for (const std::string& word : command->words) text += word + " ";
      text += "\n";
    }
  }
  return text;
}

/// The code words of a description, each in the pieces around its ellipses.
std::vector<std::string> code_pieces(const std::string& words) {
  static const std::regex code("`([^`]+)`");
  constexpr std::string_view ellipsis = "…";
  std::vector<std::string> pieces;
  for (std::sregex_iterator at(words.begin(), words.end(), code), end; at != end; ++at) {
    std::string rest = (*at)[1];
    while (!rest.empty()) {
      const std::size_t cut = std::min(rest.find(ellipsis), rest.size());
      std::string piece = rest.substr(0, cut);
      while (piece.ends_with(' ')) piece.pop_back();
      if (!piece.empty()) pieces.push_back(piece);
      rest.erase(0, cut == rest.size() ? cut : cut + ellipsis.size());
    }
  }
  return pieces;
}

/// Words of the CI's own configuration, and of names that only texts and bodies hold.
bool is_configuration(const std::string& piece) {
  const std::vector<std::string> words{"artifacts: reports: dotenv", "output-variables", "buildStepOutputs",
                                       "LIFECYCLE_OUT_", "env.LIFECYCLE_OUT_"};
  return std::ranges::find(words, piece) != words.end();
}

void expect_true_words(std::string_view ci, std::string_view what, std::string_view words, const std::string& done) {
  EXPECT_EQ(words.empty(), done.empty()) << ci << " " << what << ": " << words << " / " << done;
  int checked = 0;
  for (const std::string& piece : code_pieces(std::string(words))) {
    if (is_configuration(piece)) continue;
    EXPECT_NE(done.find(piece), std::string::npos) << ci << " " << what << ": " << piece << " is not in " << done;
    ++checked;
  }
  EXPECT_EQ(checked > 0, !words.empty()) << ci << " " << what;
}

TEST(NativeOutputs, AreWhatTheDialectsDo) {
  const Environment environment = ideal_environment();
  const Diagnostic diagnostic{.code = "c", .place = {.file = "ops.yml", .line = 3}, .message = "m"};
  const std::vector<SecretValue> secrets{{"A", "hunter2-s3cret"}};
  for (const std::string_view ci : dialect_names()) {
    const NativeOutput words = native_output(ci);
    const Dialect& dialect = dialect_of(ci);
    expect_true_words(ci, "groups", words.groups, dialect.group_start({.id = "i", .title = "t"}));
    expect_true_words(ci, "annotations", words.annotations,
                      described(dialect.annotate(std::span(&diagnostic, 1), environment)));
    expect_true_words(ci, "outputs", words.outputs,
                      described(dialect.hand_on(outputs, environment, one_token).actions));
    expect_true_words(ci, "summary", words.summary, described(dialect.summarise(failure, environment, "t")));
    expect_true_words(ci, "masks", words.masks, described(dialect.mask(secrets, environment)));
    if (ci != "jenkins") {
      EXPECT_EQ(words.colours, shows_colours(ci, environment)) << ci;
    }
  }
}

TEST(LogColours, AreKeptWhereTheLogPageShowsThem) {
  for (const char* ci : {"github-actions", "gitlab-ci", "buildkite", "circleci", "azure-pipelines", "teamcity"}) {
    EXPECT_TRUE(shows_colours(ci, {})) << ci;
  }
  for (const char* ci : {"codebuild", "cloud-build", "generic", "unheard-of"}) {
    EXPECT_FALSE(shows_colours(ci, {})) << ci;
  }
  EXPECT_FALSE(shows_colours("jenkins", {}));
  EXPECT_FALSE(shows_colours("jenkins", variables({{"TERM", "dumb"}})));
  EXPECT_FALSE(shows_colours("jenkins", variables({{"TERM", "xterm-256color"}})));
  EXPECT_TRUE(shows_colours("jenkins", variables({{"TERM", "xterm"}})));
}

struct ShellCase {
  std::string_view name;
  std::string_view value;
  std::string_view line;  // empty: refused
};

TEST(ShellExports, QuoteStrictlyOrRefuse) {
  const ShellCase rows[] = {
      {"A", "", "export A=''\n"},
      {"_a1", "x y", "export _a1='x y'\n"},
      {"A", "$(id) `id` \\ \"!\n;&", "export A='$(id) `id` \\ \"!\n;&'\n"},
      {"A", "it's", "export A='it'\\''s'\n"},
      {"A", "'", "export A=''\\'''\n"},
      {"", "v", ""},
      {"1A", "v", ""},
      {"A-B", "v", ""},
      {"A=B", "v", ""},
      {"A;id", "v", ""},
      {"AWS_SECRET_ACCESS_KEY", "v", ""},
      {"PATH", "v", ""},
      {"LD_PRELOAD", "v", ""},
      {"BASH_ENV", "v", ""},
      {"A", std::string_view("a\0b", 3), ""},
  };
  for (const auto& [name, value, line] : rows) EXPECT_EQ(shell_export_line(name, value).value_or(""), line) << name;
}

TEST(VariableNames, AreOfAPrefixOfTheirOwn) {
  EXPECT_EQ(variable_name("result"), "LIFECYCLE_OUT_RESULT");
  EXPECT_EQ(variable_name("a.b-c"), "LIFECYCLE_OUT_A_B_C");
}

}  // namespace
}  // namespace lifecycle::dialect
