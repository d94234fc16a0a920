// Whole summaries, byte by byte. `LA_UPDATE_GOLDEN=1` rewrites the files and fails, so that the diff is read.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "agent/summary/markdown_summary.h"
#include "agent/summary/terminal_table.h"
#include "tests/agent/summary/sample_record.h"

namespace lifecycle::summary {
namespace {

void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(LA_SOURCE_DIR) + "/tests/golden/summary/" + name;
  std::ifstream file(path, std::ios::binary);
  const std::string expected{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (std::getenv("LA_UPDATE_GOLDEN") != nullptr && text != expected) {
    std::ofstream(path, std::ios::binary) << text;
    FAIL() << "rewrote " << path << "; read the difference";
  }
  EXPECT_EQ(text, expected) << path;
}

TEST(Golden, TableAt100Columns) {
  const mask::MaskTable mask;
  expect_golden("table-100.txt", terminal_table(sample_record(), mask, {.columns = 100}));
}

TEST(Golden, TableAt80Columns) {
  const mask::MaskTable mask;
  expect_golden("table-80.txt", terminal_table(sample_record(), mask, {.columns = 80}));
}

TEST(Golden, TableOfARunWithoutMatches) {
  const mask::MaskTable mask;
  run::RunRecord record;
  record.result = run::RunResult::skipped;
  expect_golden("table-nothing.txt", terminal_table(record, mask, {}));
}

TEST(Golden, TableOfACancelledRunWithSurvivors) {
  const mask::MaskTable mask;
  run::RunRecord record = hostile_record("build");
  record.result = run::RunResult::cancelled;
  record.signal = 15;
  record.processes_left = 1;
  record.workflows[0].jobs[0].survivors = {{99, "dd"}};
  record.workflows[0].jobs[0].leftovers.clear();
  expect_golden("table-cancelled.txt", terminal_table(record, mask, {}));
}

TEST(Golden, Markdown) {
  const mask::MaskTable mask;
  expect_golden("summary.md", markdown_summary(sample_record(), mask));
}

}  // namespace
}  // namespace lifecycle::summary
