// Every case of tests/cases: the environment of one CI each, and the event that it is.
#include <gtest/gtest.h>

#include "adapters/ci/ci_table.h"
#include "adapters/ci/read_event.h"
#include "agent/event/event_json.h"
#include "tests/adapters/ci/ci_case.h"

namespace lifecycle::ci {
namespace {

class CiCases : public testing::TestWithParam<CiCaseFile> {};

/// Every CI has a folder of its name; in `mixed` the variables of several are there.
std::vector<CiCaseFile> all_cases() {
  std::vector<std::string> folders{"mixed"};
  for (const CiRow* row : ci_rows()) folders.emplace_back(row->name);
  return find_cases(folders);
}

TEST_P(CiCases, SayWhatIsExpected) {
  const ScratchFolder folder;
  const CiCase ci_case = load_case(GetParam());
  const CaseRun run = run_case(ci_case, folder.path());
  for (const std::string& difference : differences(ci_case, run)) ADD_FAILURE() << difference;
  if (!run.detected) return;
  // No secret of an address comes out anywhere.
  const std::string printed = event::to_json(run.detected->event).dump();
  EXPECT_EQ(printed.find("ghs_"), std::string::npos);
  EXPECT_EQ(printed.find("glcbt-"), std::string::npos);
}

/// A test's name holds letters, digits and `_` only.
std::string test_name(const testing::TestParamInfo<CiCaseFile>& parameter) {
  std::string name = parameter.param.name;
  for (char& c : name) {
    if (c == '-' || c == '/') c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, CiCases, testing::ValuesIn(all_cases()), test_name);

}  // namespace
}  // namespace lifecycle::ci
