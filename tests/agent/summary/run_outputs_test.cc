#include "agent/summary/run_outputs.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "tests/agent/summary/sample_record.h"

namespace lifecycle::summary {
namespace {

using Json = nlohmann::ordered_json;

TEST(RunOutputs, AreMatchedResultAndRuns) {
  const mask::MaskTable mask;
  const auto outputs = run_outputs(sample_record(), mask);
  ASSERT_EQ(outputs.size(), 3U);
  EXPECT_EQ(outputs[0].name, "matched");
  EXPECT_EQ(Json::parse(outputs[0].value), Json({"web", "build", "alt-über", "database"}));
  EXPECT_EQ(outputs[1].name, "result");
  EXPECT_EQ(outputs[1].value, "failure");
  EXPECT_EQ(outputs[2].name, "runs");
  const Json runs = Json::parse(outputs[2].value);
  EXPECT_EQ(runs.size(), 4U);
  EXPECT_FALSE(runs[1]["jobs"][0].contains("steps"));
  for (const RunOutput& output : outputs) EXPECT_EQ(output.value.find('\n'), std::string::npos);
}

TEST(RunOutputs, WithoutMatchesAreEmpty) {
  const mask::MaskTable mask;
  run::RunRecord record;
  record.result = run::RunResult::skipped;
  const auto outputs = run_outputs(record, mask);
  EXPECT_EQ(outputs[0].value, "[]");
  EXPECT_EQ(outputs[1].value, "none");
  EXPECT_EQ(outputs[2].value, "[]");
}

TEST(RunOutputs, TellAnErrorAsAFailure) {
  EXPECT_EQ(result_output(run::RunResult::error), "failure");
  EXPECT_EQ(result_output(run::RunResult::cancelled), "cancelled");
}

TEST(RunOutputs, HoldNoSecretAndSurviveForeignBytes) {
  mask::MaskTable mask;
  mask.add("TOKEN", "hunter2-s3cret", mask::SecretOrigin::declared);
  for (const RunOutput& output : run_outputs(hostile_record("hunter2-s3cret\xff"), mask)) {
    EXPECT_EQ(output.value.find("hunter2-s3cret"), std::string::npos) << output.name;
  }
}

TEST(RunOutputs, AreTheSameOutOfAWrittenRecord) {
  const mask::MaskTable mask;
  const auto outputs = run_outputs(sample_record(), mask);
  const auto read = outputs_of_record(run::to_json(sample_record()));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), outputs.size());
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    EXPECT_EQ((*read)[i].name, outputs[i].name);
    EXPECT_EQ((*read)[i].value, outputs[i].value);
  }
}

TEST(RunOutputs, AreNotReadOutOfSomethingElse) {
  for (const char* text :
       {"null", "[]", "{}", R"({"schema":"lifecycle-agent/plan/1"})", R"({"schema":"lifecycle-agent/run/1"})",
        R"({"schema":"lifecycle-agent/run/1","result":"x","workflows":[]})",
        R"({"schema":"lifecycle-agent/run/1","result":"success","workflows":[1]})"}) {
    EXPECT_FALSE(outputs_of_record(Json::parse(text))) << text;
  }
}

TEST(RandomToken, DiffersEachTime) {
  std::set<std::string> seen;
  for (int round = 0; round < 100; ++round) seen.insert(random_token());
  EXPECT_EQ(seen.size(), 100U);
}

}  // namespace
}  // namespace lifecycle::summary
