// Every case of the Actions family, of generic, and of the mixed ones that the Actions family wins.
#include <gtest/gtest.h>

#include "adapters/ci/read_event.h"
#include "agent/event/event_json.h"
#include "tests/adapters/ci/ci_case.h"

namespace lifecycle::ci {
namespace {

class CiCases : public testing::TestWithParam<CiCase> {};

std::vector<CiCase> readable_cases() {
  std::vector<CiCase> cases = load_cases({"github-actions", "gitea-actions", "forgejo-actions", "generic", "mixed"});
  std::erase_if(cases, [](const CiCase& ci_case) {
    const std::string ci = ci_case.json["expect"]["ci"];
    return !ci.ends_with("-actions") && ci != "generic";
  });
  return cases;
}

TEST_P(CiCases, SayWhatIsExpected) {
  const ScratchFolder folder;
  const CaseRun run = run_case(GetParam(), folder.path());
  for (const std::string& difference : differences(GetParam(), run)) ADD_FAILURE() << difference;
  if (!run.detected) return;
  // No secret of an address comes out anywhere.
  const std::string printed = event::to_json(run.detected->event).dump();
  EXPECT_EQ(printed.find("ghs_"), std::string::npos);
  EXPECT_EQ(printed.find("glcbt-"), std::string::npos);
}

/// A test's name holds letters, digits and `_` only.
std::string test_name(const testing::TestParamInfo<CiCase>& parameter) {
  std::string name = parameter.param.name;
  for (char& c : name) {
    if (c == '-' || c == '/') c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, CiCases, testing::ValuesIn(readable_cases()), test_name);

class OtherCis : public testing::TestWithParam<CiCase> {};

std::vector<CiCase> recognised_cases() {
  std::vector<CiCase> cases = load_cases({"mixed"});
  std::erase_if(cases, [](const CiCase& ci_case) {
    return ci_case.json["expect"]["ci"].get<std::string>().ends_with("-actions");
  });
  return cases;
}

TEST_P(OtherCis, AreRecognisedByTheirSigns) {
  const ScratchFolder folder;
  const CaseRun run = run_case(GetParam(), folder.path());
  ASSERT_TRUE(run.detected) << run.detected.error().message;
  EXPECT_EQ(run.detected->event.ci, GetParam().json["expect"]["ci"].get<std::string>());
}

INSTANTIATE_TEST_SUITE_P(Mixed, OtherCis, testing::ValuesIn(recognised_cases()), test_name);

}  // namespace
}  // namespace lifecycle::ci
