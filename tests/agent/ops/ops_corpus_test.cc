// The corpus of real files (LIFECYCLE_CORPUS, else ../shared/corpus beside the sources): those that are an ops.yml
// load, those that only have its name are refused with what they are.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "agent/ops/ops_file.h"

namespace lifecycle::ops {
namespace {

namespace fs = std::filesystem;

fs::path corpus() {
  const char* named = std::getenv("LIFECYCLE_CORPUS");
  return named != nullptr ? fs::path(named) : fs::path(LA_SOURCE_DIR) / ".." / "shared" / "corpus";
}

std::vector<fs::path> files_of(std::string_view folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(corpus() / folder, error)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string test_name(const testing::TestParamInfo<fs::path>& row) {
  std::string name = row.param.stem().string();
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

std::string print_all(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) {
    text += d.place.file + ":" + std::to_string(d.place.line) + ":" + std::to_string(d.place.column) + "+" +
            std::to_string(d.place.length) + ": " + (d.severity == Severity::error ? "error" : "warning") + ": " +
            d.message + " [" + std::string(d.code) + "] " + d.hint + "\n";
  }
  return text;
}

class OpsFiles : public testing::TestWithParam<fs::path> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(OpsFiles);

TEST_P(OpsFiles, Load) {
  const OpsReading reading = read_ops(read_file(GetParam()), GetParam().filename().string());
  EXPECT_FALSE(reading.has_errors()) << print_all(reading.diagnostics);
  ASSERT_TRUE(reading.file.has_value());
  EXPECT_FALSE(reading.file->workflows.empty());
}
INSTANTIATE_TEST_SUITE_P(Corpus, OpsFiles, testing::ValuesIn(files_of("ops")), test_name);

class OtherFiles : public testing::TestWithParam<fs::path> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(OtherFiles);

TEST_P(OtherFiles, AreRefusedByName) {
  const OpsReading reading = read_ops(read_file(GetParam()), GetParam().filename().string());
  EXPECT_FALSE(reading.file.has_value());
  ASSERT_EQ(reading.diagnostics.size(), 1U) << print_all(reading.diagnostics);
  EXPECT_EQ(reading.diagnostics[0].code, "ops-not-ops");
}
INSTANTIATE_TEST_SUITE_P(Corpus, OtherFiles, testing::ValuesIn(files_of("not-ops")), test_name);

TEST(OpsCorpus, IsThere) {
  if (files_of("ops").empty()) GTEST_SKIP() << "no corpus at " << corpus() << "; LIFECYCLE_CORPUS names another place";
  EXPECT_GE(files_of("ops").size(), 95U);
  EXPECT_GE(files_of("not-ops").size(), 24U);
}

}  // namespace
}  // namespace lifecycle::ops
