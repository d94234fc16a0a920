#include "executors/process/step_groups.h"

#include "tests/executors/process/job_fixture.h"

namespace lifecycle::process {
namespace {

struct CompleteCase {
  std::string text;
  bool expected = false;
};

class ObviouslyComplete : public testing::TestWithParam<CompleteCase> {};

TEST_P(ObviouslyComplete, IsCertain) { EXPECT_EQ(is_obviously_complete(GetParam().text), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    Certain, ObviouslyComplete,
    testing::Values(CompleteCase{"echo 1", true}, CompleteCase{"", true}, CompleteCase{"  ", true},
                    CompleteCase{"# it's (a comment", true}, CompleteCase{"echo a # it's fine", true},
                    CompleteCase{"echo \"a b\" 'c d' > f 2>&1", true}, CompleteCase{"npm ci && npm test", true},
                    CompleteCase{"cd /tmp; ls | wc -l", true}, CompleteCase{"echo \"${A}-$B ${C:-d}\"", true},
                    CompleteCase{"sleep 1 &", true}, CompleteCase{"a\nb", true}, CompleteCase{"echo a\\ b \\\"", true},
                    CompleteCase{"echo {a,b} a#b $#", true}, CompleteCase{"echo \"if\"", true},
                    CompleteCase{"make &> log", true}));

INSTANTIATE_TEST_SUITE_P(
    Uncertain, ObviouslyComplete,
    testing::Values(CompleteCase{"if true", false}, CompleteCase{"fi", false}, CompleteCase{"for i in a", false},
                    CompleteCase{"{", false}, CompleteCase{"(", false}, CompleteCase{"f() {", false},
                    CompleteCase{"echo 'open", false}, CompleteCase{"echo \"open", false},
                    CompleteCase{"cat <<EOT", false}, CompleteCase{"echo $(date)", false},
                    CompleteCase{"echo \"$(date)\"", false}, CompleteCase{"echo `date`", false},
                    CompleteCase{"echo a \\", false}, CompleteCase{"true &&", false}, CompleteCase{"false ||", false},
                    CompleteCase{"ls |", false}, CompleteCase{"ls | # comment", false}, CompleteCase{"ls |\nwc", false},
                    CompleteCase{"[[ a", false}, CompleteCase{"x=(1", false}, CompleteCase{"case a in", false},
                    CompleteCase{"echo ${x:-\"}", false}, CompleteCase{"cat <(ls)", false},
                    CompleteCase{"echo ${x", false}, CompleteCase{";;", false}, CompleteCase{"echo $'a", false},
                    CompleteCase{"echo \"${x}$(", false}, CompleteCase{"a;if b", false}));

struct MessageCase {
  int exit = 0;
  std::string messages;
  Syntax expected = Syntax::complete;
};

class Messages : public testing::TestWithParam<MessageCase> {};

TEST_P(Messages, AreJudged) { EXPECT_EQ(judge_messages(GetParam().exit, GetParam().messages), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    OfBash, Messages,
    testing::Values(MessageCase{0, "", Syntax::complete},
                    MessageCase{
                        0, "bash: line 2: warning: here-document at line 1 delimited by end-of-file (wanted `E')\n",
                        Syntax::open},
                    MessageCase{2, "bash: line 2: syntax error: unexpected end of file\n", Syntax::open},
                    MessageCase{2, "bash: line 1: unexpected EOF while looking for matching `\"'\n", Syntax::open},
                    MessageCase{2, "bash: line 1: unexpected token `EOF' in conditional command\n", Syntax::open},
                    MessageCase{2, "bash: line 1: syntax error near unexpected token `fi'\n", Syntax::wrong},
                    MessageCase{-1, "", Syntax::wrong}));

TEST(EndsInBackslash, CountsThem) {
  EXPECT_TRUE(ends_in_backslash("a \\"));
  EXPECT_FALSE(ends_in_backslash("a \\\\"));
  EXPECT_TRUE(ends_in_backslash("\\"));
  EXPECT_FALSE(ends_in_backslash(""));
}

class Grouping : public JobTest {
 protected:
  std::vector<std::pair<int, int>> groups(std::vector<std::string> steps, GroupingLimits limits = {}) {
    ProcessTree tree(marker);
    std::vector<run::StepGroup> found;
    boost::asio::co_spawn(io, group_steps(io.get_executor(), tree, "/bin/bash", std::move(steps), limits, &probes),
                          [&](std::exception_ptr error, std::vector<run::StepGroup> result) {
                            EXPECT_FALSE(error);
                            found = std::move(result);
                          });
    io.restart();
    io.run();
    std::vector<std::pair<int, int>> pairs;
    for (const run::StepGroup& group : found) pairs.emplace_back(group.first, group.last);
    return pairs;
  }
  int probes = 0;
};

using Pairs = std::vector<std::pair<int, int>>;

TEST_F(Grouping, SimpleStepsAskNobody) {
  std::vector<std::string> steps;
  for (int i = 0; i < 1000; ++i) steps.push_back("echo " + std::to_string(i));
  EXPECT_EQ(groups(steps).size(), 1000U);
  EXPECT_EQ(probes, 0);
}

TEST_F(Grouping, AnIfOverSixStepsIsOneGroup) {
  EXPECT_EQ(groups({"set +u", "if [ -z $A ]; then", "  echo 'no'", "  exit 1", "else", "  echo yes", "fi", "ls"}),
            (Pairs{{0, 0}, {1, 6}, {7, 7}}));
  EXPECT_LE(probes, 6);
}

TEST_F(Grouping, ASyntaxErrorIsABoundary) {
  EXPECT_EQ(groups({"echo a", "fi", "echo b"}), (Pairs{{0, 0}, {1, 1}, {2, 2}}));
}

TEST_F(Grouping, WhatIsNeverClosedIsTheLastGroup) { EXPECT_EQ(groups({"cat <<E", "a", "b"}), (Pairs{{0, 2}})); }

TEST_F(Grouping, NothingIsExecuted) {
  const std::string file = directory.path() / "made";
  groups({"if true; then touch " + file + "; fi", "x=$(touch " + file + ")"});
  EXPECT_EQ(probes, 2);
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(Grouping, WithoutTimeEveryStepStandsAlone) {
  GroupingLimits limits;
  limits.total = run::milliseconds(0);
  EXPECT_EQ(groups({"if true", "then :", "fi"}, limits), (Pairs{{0, 0}, {1, 1}, {2, 2}}));
  EXPECT_EQ(probes, 0);
}

TEST_F(Grouping, AgreesWithTheJudgeWhereItDidNotAsk) {
  const std::vector<std::string> texts = {"echo \"a\" 'b'", "a && b || c", "x=1 y=\"${z:-1}\" cmd >f <g 2>&1 &",
                                          "echo a # 'x",    "cd /; ls|wc", "a;b\nc # (\nd"};
  for (const std::string& text : texts) {
    ASSERT_TRUE(is_obviously_complete(text)) << text;
    // A reserved word behind it makes the whole step one that the judge sees.
    EXPECT_EQ(groups({text + "\nif true; then :; fi", "echo"}).size(), 2U) << text;
    EXPECT_EQ(probes, 1);
  }
}

}  // namespace
}  // namespace lifecycle::process
