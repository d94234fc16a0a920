#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "agent/summary/markdown_summary.h"
#include "tests/agent/summary/sample_record.h"

namespace lifecycle::summary {
namespace {

struct HostileCase {
  std::string_view label;
  std::string text;
};
class Hostile : public testing::TestWithParam<HostileCase> {};

/// The frame of the summary is the same whatever the names say: as many rows, cells and elements.
TEST_P(Hostile, NamesChangeNothingButTheirCells) {
  const mask::MaskTable mask;
  const auto frame = [&mask](const std::string& text) {
    const std::string summary = markdown_summary(hostile_record(text), mask);
    std::string kept;
    for (const char byte : summary) {
      if (std::string_view("|<>\n`").find(byte) != std::string_view::npos) kept += byte;
    }
    return kept;
  };
  EXPECT_EQ(frame(GetParam().text), frame("harmless"));
}

INSTANTIATE_TEST_SUITE_P(Texts, Hostile,
                         testing::Values(HostileCase{"Cell", "a | b | c"}, HostileCase{"Row", "a |\n| b | c"},
                                         HostileCase{"Html", "</code></details><script>x</script>"},
                                         HostileCase{"Backticks", "```\nx\n```"},
                                         HostileCase{"Image", "![x](https://example.org/pixel)"},
                                         HostileCase{"CarriageReturn", "a\r\n# title\r\n"},
                                         HostileCase{"NoUtf8", "a\xff\xfe|"}),
                         [](const auto& row) { return std::string(row.param.label); });

TEST(Markdown, IsCutBetweenRowsWithAPointer) {
  const mask::MaskTable mask;
  run::RunRecord record = sample_record();
  run::JobRecord& job = record.workflows[1].jobs[0];
  for (int step = 0; step < 20000; ++step) {
    job.steps.push_back(job.steps.front());
    job.steps.back().text = std::string(90, '|');
  }
  const std::string text = markdown_summary(record, mask);
  EXPECT_LE(text.size(), std::size_t{1} << 20);
  EXPECT_GT(text.size(), std::size_t{900} << 10);
  EXPECT_NE(text.find("This summary was cut"), std::string::npos);
  EXPECT_NE(text.find("processes left"), std::string::npos) << "what matters comes before what is long";
  const auto count = [&text](std::string_view what) {
    std::size_t found = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
  };
  EXPECT_EQ(count("<details>"), count("</details>"));
}

TEST(Markdown, NeverExceedsItsLimit) {
  const mask::MaskTable mask;
  for (std::size_t limit = 0; limit < 4000; limit += 7) {
    EXPECT_LE(markdown_summary(sample_record(), mask, limit).size(), limit);
  }
}

TEST(Markdown, IsMaskedBeforeItIsEscaped) {
  mask::MaskTable mask;
  mask.add("TOKEN", "hunter|2<s3cret", mask::SecretOrigin::declared);
  const std::string text = markdown_summary(hostile_record("hunter|2<s3cret"), mask);
  EXPECT_EQ(text.find("hunter"), std::string::npos) << text;
}

}  // namespace
}  // namespace lifecycle::summary
