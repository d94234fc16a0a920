#include "agent/cli/help_text.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "agent/base/utf8.h"
#include "agent/cli/completion_script.h"
#include "agent/cli/man_page.h"

namespace lifecycle::cli {
namespace {

TEST(Help, OfTheProgramNamesEveryCommand) {
  const std::string text = program_help();
  for (const Command& command : commands()) {
    EXPECT_NE(text.find("\n  " + std::string(command.name) + " "), std::string::npos) << command.name;
  }
}

TEST(Help, OfEachCommandHasUsageFlagsAndAnExample) {
  for (const Command& command : commands()) {
    const std::string text = command_help(command.id);
    EXPECT_NE(text.find("usage: lifecycle-agent " + std::string(command.name)), std::string::npos);
    EXPECT_NE(text.find("\nexample:\n  "), std::string::npos) << command.name;
    for (const Flag* flag : flags_of(command.id)) {
      EXPECT_NE(text.find("--" + std::string(flag->name)), std::string::npos) << command.name << ' ' << flag->name;
    }
  }
}

TEST(Help, FitsATerminal) {
  for (const Command& command : commands()) {
    const std::string text = command_help(command.id);
    for (std::size_t start = 0; start < text.size();) {
      const auto end = text.find('\n', start);
      EXPECT_LE(count_characters(std::string_view(text).substr(start, end - start)), 100) << command.name;
      start = end + 1;
    }
  }
}

TEST(Wrap, BreaksAtBlanksOnly) {
  EXPECT_EQ(wrap("one two three", 2, 10), "  one two\n  three\n");
  EXPECT_EQ(wrap("extraordinarily long", 0, 5), "extraordinarily\nlong\n");
}

/// A shell that is there reads its script without a complaint.
void expect_shell_reads(const std::string& shell, const std::string& check) {
  const auto script = completion_script(shell);
  ASSERT_TRUE(script);
  if (std::system(("command -v " + shell + " >/dev/null").c_str()) != 0) GTEST_SKIP() << shell << " is not installed";
  const std::string path = testing::TempDir() + "completion." + shell;
  std::ofstream(path) << *script;
  EXPECT_EQ(std::system((check + " " + path).c_str()), 0);
}

TEST(Completion, BashReadsIt) { expect_shell_reads("bash", "bash -n"); }
TEST(Completion, ZshReadsIt) { expect_shell_reads("zsh", "zsh -n"); }
TEST(Completion, FishReadsIt) { expect_shell_reads("fish", "fish --no-execute"); }

/// What bash offers for a line that ends in the word to complete.
std::string bash_offers(const std::string& words, int index) {
  const std::string path = testing::TempDir() + "offers.bash";
  std::ofstream(path) << *completion_script("bash") << "COMP_WORDS=(" << words << ")\nCOMP_CWORD=" << index
                      << "\n_lifecycle_agent\nprintf '%s ' \"${COMPREPLY[@]}\"\n";
  std::string offered;
  FILE* shell = popen(("bash " + path).c_str(), "r");
  for (int c = std::fgetc(shell); c != EOF; c = std::fgetc(shell)) offered += static_cast<char>(c);
  EXPECT_EQ(pclose(shell), 0);
  return offered;
}

TEST(Completion, OffersCommandsFlagsAndValues) {
  EXPECT_EQ(bash_offers("lifecycle-agent pl", 1), "plan ");
  EXPECT_EQ(bash_offers("lifecycle-agent check --str", 2), "--strict ");
  EXPECT_EQ(bash_offers("lifecycle-agent check --format s", 3), "sarif ");
  EXPECT_EQ(bash_offers("lifecycle-agent completion z", 2), "zsh ");
  EXPECT_EQ(bash_offers("lifecycle-agent schema --str", 2), " ");
}

TEST(Completion, AnotherShellIsNamed) {
  const auto script = completion_script("fishh");
  ASSERT_FALSE(script);
  EXPECT_EQ(script.error().code, "shell-unknown");
  EXPECT_EQ(script.error().hint, "did you mean 'fish'?");
}

TEST(ManPage, IsTroffWithoutRequestsOfOurTexts) {
  const std::string page = man_page();
  EXPECT_TRUE(page.starts_with(".TH LIFECYCLE-AGENT 1\n"));
  for (const Flag& flag : flags()) {
    std::string name;
    for (const char c : flag.name) name += c == '-' ? std::string("\\-") : std::string(1, c);
    EXPECT_NE(page.find("\\fB\\-\\-" + name + "\\fR"), std::string::npos) << flag.name;
  }
}

}  // namespace
}  // namespace lifecycle::cli
