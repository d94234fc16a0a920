// The examples of docs/ops-yml.md are files that check has nothing to say of.
#include <gtest/gtest.h>

#include "tests/agent/ops/corpus_files.h"
#include "tests/agent/ops/reading_text.h"

namespace lifecycle::ops {
namespace {

TEST(OpsDocs, HaveExamplesThatAreRight) {
  const std::string page = read_file(std::string(LA_SOURCE_DIR) + "/docs/ops-yml.md");
  const std::string begin = "```yaml\n";
  int examples = 0;
  for (std::size_t at = page.find(begin); at != std::string::npos; at = page.find(begin, at)) {
    at += begin.size();
    const std::string text = page.substr(at, page.find("```", at) - at);
    EXPECT_EQ(print_diagnostics(read(text).diagnostics), "") << text;
    ++examples;
  }
  EXPECT_GE(examples, 3);
}

TEST(OpsDocs, ExplainEveryCode) {
  for (const DiagnosticCode& code : ops_diagnostic_codes()) {
    EXPECT_FALSE(code.summary.empty()) << code.code;
    EXPECT_TRUE(code.help.ends_with('.')) << code.code;
    EXPECT_TRUE(code.code.starts_with("ops-") || code.code.starts_with("yaml-")) << code.code;
  }
}

}  // namespace
}  // namespace lifecycle::ops
