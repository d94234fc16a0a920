// What check says of a file, word for word and caret for caret: tests/golden/ops holds files and what is said of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "tests/agent/ops/corpus_files.h"
#include "tests/agent/ops/reading_text.h"

namespace lifecycle::ops {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> problem_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(LA_SOURCE_DIR) / "tests/golden/ops")) {
    if (entry.path().extension() == ".yml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string problem_name(const testing::TestParamInfo<fs::path>& row) {
  std::string name = row.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

class OpsProblems : public testing::TestWithParam<fs::path> {};

TEST_P(OpsProblems, AreSaidWordForWord) {
  fs::path golden = GetParam();
  golden.replace_extension(".txt");
  const OpsReading reading = read(read_file(GetParam()));
  EXPECT_EQ(reading.file.has_value(), !reading.has_errors());
  const std::string said = print_with_caret(reading.diagnostics);
  const std::string expected = read_file(golden);
  if (said != expected && std::getenv("LA_UPDATE_GOLDEN") != nullptr) std::ofstream(golden, std::ios::binary) << said;
  EXPECT_EQ(said, expected);
}
INSTANTIATE_TEST_SUITE_P(Golden, OpsProblems, testing::ValuesIn(problem_files()), problem_name);

TEST(OpsProblems, HaveCodesOutOfTheTable) {
  std::vector<std::string_view> codes;
  for (const DiagnosticCode& code : ops_diagnostic_codes()) codes.push_back(code.code);
  for (const fs::path& path : problem_files()) {
    for (const Diagnostic& d : read(read_file(path)).diagnostics) {
      const bool known = std::ranges::find(codes, d.code) != codes.end() || d.code.starts_with("trigger-");
      EXPECT_TRUE(known) << d.code;
    }
  }
}

}  // namespace
}  // namespace lifecycle::ops
