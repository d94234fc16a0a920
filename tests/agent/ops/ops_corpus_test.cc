// The corpus of real files (LIFECYCLE_CORPUS, else ../shared/corpus beside the sources): those that are an ops.yml
// load, those that only have its name are refused with what they are.
#include <gtest/gtest.h>

#include "tests/agent/ops/corpus_files.h"
#include "tests/agent/ops/reading_text.h"

namespace lifecycle::ops {
namespace {

std::string test_name(const testing::TestParamInfo<std::filesystem::path>& row) {
  std::string name = row.param.stem().string();
  for (char& c : name) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!is_plain) c = '_';
  }
  return name;
}

class OpsFiles : public testing::TestWithParam<std::filesystem::path> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(OpsFiles);

TEST_P(OpsFiles, Load) {
  const OpsReading reading = read(read_file(GetParam()));
  EXPECT_FALSE(reading.has_errors()) << print_diagnostics(reading.diagnostics);
  ASSERT_TRUE(reading.file.has_value());
  EXPECT_FALSE(reading.file->workflows.empty());
}
INSTANTIATE_TEST_SUITE_P(Corpus, OpsFiles, testing::ValuesIn(corpus_files("ops")), test_name);

class OtherFiles : public testing::TestWithParam<std::filesystem::path> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(OtherFiles);

TEST_P(OtherFiles, AreRefusedByWhatTheyAre) {
  const OpsReading reading = read(read_file(GetParam()));
  EXPECT_FALSE(reading.file.has_value());
  EXPECT_EQ(print_codes(reading.diagnostics), "ops-not-ops");
  // The one file that is a single text resembles nothing.
  const bool is_text = GetParam().string().find("fixtures") != std::string::npos;
  EXPECT_EQ(reading.diagnostics.at(0).message.find("it looks like") == std::string::npos, is_text)
      << reading.diagnostics.at(0).message;
}
INSTANTIATE_TEST_SUITE_P(Corpus, OtherFiles, testing::ValuesIn(corpus_files("not-ops")), test_name);

TEST(OpsCorpus, IsComplete) {
  if (corpus_files("ops").empty()) GTEST_SKIP() << "no corpus at " << corpus_folder() << "; see LIFECYCLE_CORPUS";
  EXPECT_GE(corpus_files("ops").size(), 95U);
  EXPECT_GE(corpus_files("not-ops").size(), 24U);
}

// One workflow of each kind, read in full: what the files of the corpus have between them.
TEST(OpsCorpus, HoldsTheWorkflowsThatItsAuthorsMeant) {
  if (corpus_files("ops").empty()) GTEST_SKIP() << "no corpus at " << corpus_folder() << "; see LIFECYCLE_CORPUS";
  std::size_t jobs = 0;
  std::size_t events = 0;
  std::size_t kinds[4] = {};
  for (const auto& path : corpus_files("ops")) {
    const OpsReading reading = read(read_file(path));
    ASSERT_TRUE(reading.file.has_value()) << path;
    for (const Workflow& workflow : reading.file->workflows) {
      ++kinds[static_cast<std::size_t>(workflow.kind)];
      jobs += workflow.jobs.size();
      events += workflow.events.size();
    }
  }
  EXPECT_GE(kinds[static_cast<std::size_t>(WorkflowKind::command)], 70U);
  EXPECT_GE(kinds[static_cast<std::size_t>(WorkflowKind::pipeline)], 16U);
  EXPECT_GE(kinds[static_cast<std::size_t>(WorkflowKind::service)], 31U);
  EXPECT_GE(kinds[static_cast<std::size_t>(WorkflowKind::workflow)], 4U);
  EXPECT_GE(jobs, 26U);
  EXPECT_GE(events, 30U);
}

}  // namespace
}  // namespace lifecycle::ops
