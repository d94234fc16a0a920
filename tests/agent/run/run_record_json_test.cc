#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "agent/run/run_record.h"

namespace lifecycle::run {
namespace {

using Json = nlohmann::ordered_json;

Instant at(int milliseconds_since_start) { return Instant(milliseconds(milliseconds_since_start)); }

RunRecord sample() {
  RunRecord record;
  record.id = "run-1";
  record.result = RunResult::failure;
  WorkflowRecord& workflow = record.workflows.emplace_back();
  workflow.workflow = "build";
  workflow.version = "1.0.0";
  workflow.file = "ops.yml";
  workflow.line = 3;
  workflow.result = RunResult::failure;
  workflow.started = at(0);
  workflow.ended = at(2500);
  JobRecord& job = workflow.jobs.emplace_back();
  job.name = "test";
  job.result = RunResult::failure;
  job.reason = "exit 2";
  job.exit = 2;
  job.failed_step = 0;
  job.last_step = 0;
  job.tries = 1;
  job.leftovers = {{12,
                    "sl\xff"
                    "eep"}};
  StepRecord& step = job.steps.emplace_back();
  step.text = "npm test";
  step.result = StepResult::failed;
  step.started = at(0);
  step.ended = at(1500);
  step.exit = 2;
  step.output_bytes = 77;
  return record;
}

TEST(RunRecordJson, HoldsEveryKeyOfAStepAndAJob) {
  const Json json = to_json(sample());
  EXPECT_EQ(json["schema"], "lifecycle-agent/run/1");
  const Json& job = json["workflows"][0]["jobs"][0];
  EXPECT_EQ(job["steps"][0], Json({{"index", 0},
                                   {"first", 0},
                                   {"last", 0},
                                   {"text", "npm test"},
                                   {"result", "failed"},
                                   {"started", "1970-01-01T00:00:00Z"},
                                   {"ended", "1970-01-01T00:00:01.500Z"},
                                   {"exit", 2},
                                   {"output_bytes", 77}}));
  for (const char* key : {"result", "exit", "signal", "failed_step", "last_step", "tries", "leftovers"}) {
    EXPECT_TRUE(job.contains(key)) << key;
  }
  EXPECT_EQ(job["signal"], nullptr);
  EXPECT_EQ(json["workflows"][0]["kind"], "pipeline");
  EXPECT_EQ(json["workflows"][0]["duration_s"], 2.5);
}

TEST(RunRecordJson, ForeignBytesDoNotBreakIt) {
  const std::string text = to_json(sample()).dump();
  EXPECT_NE(text.find("sl\xEF\xBF\xBD"
                      "eep"),
            std::string::npos);
}

TEST(RunRecordJson, RunsHaveNoSteps) {
  const Json json = runs_json(sample());
  ASSERT_EQ(json.size(), 1U);
  EXPECT_EQ(json[0]["workflow"], "build");
  EXPECT_FALSE(json[0]["jobs"][0].contains("steps"));
}

TEST(CombinedResult, OneStands) {
  const auto both = [](RunResult one, RunResult other) {
    EXPECT_EQ(combine(one, other), combine(other, one));
    return combine(one, other);
  };
  EXPECT_EQ(both(RunResult::error, RunResult::cancelled), RunResult::cancelled);
  EXPECT_EQ(both(RunResult::error, RunResult::failure), RunResult::failure);
  EXPECT_EQ(both(RunResult::error, RunResult::success), RunResult::error);
  EXPECT_EQ(both(RunResult::cancelled, RunResult::failure), RunResult::cancelled);
  EXPECT_EQ(both(RunResult::failure, RunResult::success), RunResult::failure);
  EXPECT_EQ(both(RunResult::success, RunResult::skipped), RunResult::success);
  EXPECT_EQ(combined_result(std::vector<JobRecord>{}), RunResult::skipped);
}

}  // namespace
}  // namespace lifecycle::run
