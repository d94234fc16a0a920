#include "executors/process/step_feeder.h"

#include <gtest/gtest.h>

namespace lifecycle::process {
namespace {

struct OffsetCase {
  std::string label;
  std::string script;
  std::vector<std::string> steps;
  std::optional<std::vector<std::size_t>> expected;
};

class StepOffsets : public testing::TestWithParam<OffsetCase> {};

TEST_P(StepOffsets, FindsTheSteps) {
  EXPECT_EQ(step_offsets(GetParam().script, GetParam().steps), GetParam().expected);
}

using Offsets = std::vector<std::size_t>;

INSTANTIATE_TEST_SUITE_P(Table, StepOffsets,
                         testing::Values(OffsetCase{"Plain", "H\na\nbc\n", {"a", "bc"}, Offsets{2, 4}},
                                         OffsetCase{"NoLastNewline", "H\na\nbc", {"a", "bc"}, Offsets{2, 4}},
                                         OffsetCase{"NoHeader", "a\nb\n", {"a", "b"}, Offsets{0, 2}},
                                         OffsetCase{"EmptySteps", "H\n\n\n", {"", ""}, Offsets{2, 3}},
                                         OffsetCase{"EmptyStepsWithoutLastNewline", "H\n\n", {"", ""}, Offsets{2, 3}},
                                         OffsetCase{"StepEndsInNewline", "H\na\n", {"a\n"}, Offsets{2}},
                                         OffsetCase{
                                             "StepsEndInNewlines", "H\na\n\nb\n\n", {"a\n", "b\n"}, Offsets{2, 5}},
                                         OffsetCase{"SeveralLines", "H\na\nb\nc\n", {"a\nb", "c"}, Offsets{2, 6}},
                                         OffsetCase{"OtherText", "H\na\nc\n", {"a", "b"}, std::nullopt},
                                         OffsetCase{"HeaderInTheMiddleOfALine", "H a\n", {"a"}, std::nullopt},
                                         OffsetCase{"NoSteps", "H\n", {}, std::nullopt}),
                         [](const auto& row) { return row.param.label; });

/// Plays a shell that takes everything at once and counts what was sent when.
std::vector<std::string> pieces(StepFeeder& feeder, std::size_t limit) {
  std::vector<std::string> sent;
  for (;;) {
    if (const auto group = feeder.asked_for(0)) feeder.begin(*group);
    const auto piece = feeder.next(limit);
    if (piece.empty()) return sent;
    sent.emplace_back(piece);
    feeder.wrote(piece.size());
  }
}

TEST(StepFeeder, SendsTheRestOfAGroupWithTheFirstByteOfTheNext) {
  StepFeeder feeder("H\nabc\nde\nf\n", {2, 6, 9});
  EXPECT_EQ(pieces(feeder, 100), (std::vector<std::string>{"H\na", "bc\nd", "e\nf", "\n"}));
  EXPECT_TRUE(feeder.all_written());
  EXPECT_EQ(feeder.current(), 2);
}

TEST(StepFeeder, AGroupOfOneNewlineIsAskedForAndBegins) {
  StepFeeder feeder("H\n\nb\n", {2, 3});
  EXPECT_EQ(pieces(feeder, 100), (std::vector<std::string>{"H\n\n", "b", "\n"}));
}

TEST(StepFeeder, LargeGroupsGoInPieces) {
  StepFeeder feeder("H\nabcdefg\nh\n", {2, 10});
  EXPECT_EQ(pieces(feeder, 4), (std::vector<std::string>{"H\na", "bcde", "fg\nh", "\n"}));
}

TEST(StepFeeder, WaitsUntilTheNextGroupHasBegun) {
  StepFeeder feeder("H\na\nb\n", {2, 4});
  feeder.wrote(feeder.next(100).size());
  EXPECT_TRUE(feeder.next(100).empty());
  EXPECT_FALSE(feeder.asked_for(1));  // the question is still in the pipe
  EXPECT_EQ(feeder.asked_for(0), 0);
  feeder.begin(0);
  EXPECT_EQ(feeder.next(100), "\nb");
}

TEST(StepFeeder, OneUnreadByteAtTheEndMeansThatTheStepBeforeEndedTheScript) {
  StepFeeder feeder("H\na\nb\n", {2, 4});
  feeder.wrote(feeder.next(100).size());
  feeder.begin(0);
  feeder.wrote(feeder.next(100).size());
  EXPECT_FALSE(feeder.asked_for(1));
  EXPECT_EQ(feeder.current(), 0);
  EXPECT_FALSE(feeder.empty_group_at_end());
}

TEST(StepFeeder, AnEmptyLastGroupWithoutNewlineBeginsOnlyAtAGoodEnd) {
  StepFeeder feeder("H\na\n", {2, 4});
  EXPECT_EQ(pieces(feeder, 100), (std::vector<std::string>{"H\na", "\n"}));
  EXPECT_EQ(feeder.current(), 0);
  EXPECT_EQ(feeder.empty_group_at_end(), 1);
}

struct SelfCase {
  std::string step;
  bool expected = false;
};

class ReadsOwnScript : public testing::TestWithParam<SelfCase> {};

TEST_P(ReadsOwnScript, SeesTheNames) { EXPECT_EQ(reads_own_script(GetParam().step), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(Table, ReadsOwnScript,
                         testing::Values(SelfCase{"cat \"$0\"", true}, SelfCase{"cat $0", true},
                                         SelfCase{"source ${0}", true}, SelfCase{"echo ${0##*/}", true},
                                         SelfCase{"cd \"$(dirname \"$0\")\"", true},
                                         SelfCase{"head \"${BASH_SOURCE[0]}\"", true}, SelfCase{"echo ${#0}", true},
                                         SelfCase{"cat $BASH_ARGV0", true}, SelfCase{"cat <<E\nit's $0\nE", true},
                                         SelfCase{"echo \"it's $0\"", true}, SelfCase{"echo 'open $0", true},
                                         SelfCase{"awk '{print $0}' f", false},
                                         SelfCase{"awk \"{print \\$0}\" f", false},
                                         SelfCase{"echo $1 ${10} $x0", false}, SelfCase{"echo \"$\" 0", false},
                                         SelfCase{"echo ${x:0:1}", false}, SelfCase{"", false}));

}  // namespace
}  // namespace lifecycle::process
