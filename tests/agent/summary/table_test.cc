#include <gtest/gtest.h>

#include <algorithm>

#include "agent/summary/columns.h"
#include "agent/summary/terminal_table.h"
#include "tests/agent/summary/sample_record.h"

namespace lifecycle::summary {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

TEST(Table, FitsItsColumns) {
  const mask::MaskTable mask;
  for (const std::size_t columns : {80U, 100U, 120U}) {
    for (const std::string& line : lines_of(terminal_table(sample_record(), mask, {.columns = columns}))) {
      const bool is_sentence = line.starts_with("step times") || line.find(": ") < line.find("  ");
      if (is_sentence) continue;  // a terminal may wrap it
      EXPECT_LE(display_width(line), columns) << line;
    }
  }
}

TEST(Table, NamesFromAFileAreNoCommandsAndNoControlBytes) {
  const mask::MaskTable mask;
  const std::string text = terminal_table(hostile_record("x\n::error::a\x1b[2J##[error]b\r::notice::c"), mask,
                                          {.kind = dialect::DialectKind::actions});
  EXPECT_EQ(text.find("\n::"), std::string::npos) << text;
  EXPECT_EQ(text.find("##["), std::string::npos) << text;
  for (const char byte : text) EXPECT_TRUE(byte == '\n' || static_cast<unsigned char>(byte) >= 0x20) << text;
}

TEST(Table, NamesNeitherHideNorTurnDirection) {
  const mask::MaskTable mask;
  const std::string text = terminal_table(hostile_record("a\u202eb\u200bc"), mask, {});
  EXPECT_EQ(text.find("\u202e"), std::string::npos) << text;
  EXPECT_EQ(text.find("\u200b"), std::string::npos) << text;
  EXPECT_NE(text.find("a\\xe2\\x80\\xaeb"), std::string::npos) << text;
}

TEST(Table, IsMasked) {
  mask::MaskTable mask;
  mask.add("TOKEN", "hunter2-s3cret", mask::SecretOrigin::declared);
  const std::string text = terminal_table(hostile_record("hunter2-s3cret"), mask, {});
  EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
}

}  // namespace
}  // namespace lifecycle::summary
