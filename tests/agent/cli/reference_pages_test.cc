#include "agent/cli/reference_pages.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "agent/cli/diagnostic_codes.h"
#include "agent/cli/exit_code.h"
#include "agent/os/files.h"

namespace lifecycle::cli {
namespace {

const std::vector<GeneratedPart> parts = {{"one", "new\n"}};

TEST(FillGenerated, ReplacesWhatStandsBetweenTheMarkers) {
  EXPECT_EQ(fill_generated("a\n<!-- generated: one -->\nold\n<!-- end generated -->\nb\n", parts),
            "a\n<!-- generated: one -->\nnew\n<!-- end generated -->\nb\n");
  EXPECT_EQ(fill_generated("nothing to fill\n", parts), "nothing to fill\n");
}

TEST(FillGenerated, NamesAMarkerThatLeadsNowhere) {
  EXPECT_EQ(fill_generated("<!-- generated: two -->\n<!-- end generated -->\n", parts).error(),
            "there is no generated part 'two'");
  EXPECT_EQ(fill_generated("<!-- generated: one -->\n", parts).error(), "the part 'one' has no end");
}

/// A part that no page shows is one that nobody reads.
TEST(GeneratedParts, StandInAPageEach) {
  std::string pages = os::read_file(LA_SOURCE_DIR "/README.md", std::size_t{1} << 24).value_or("");
  for (const auto& entry : std::filesystem::directory_iterator(LA_SOURCE_DIR "/docs")) {
    if (entry.is_regular_file()) pages += os::read_file(entry.path(), std::size_t{1} << 24).value_or("");
  }
  for (const GeneratedPart& part : generated_parts()) {
    EXPECT_NE(pages.find("<!-- generated: " + std::string(part.name) + " -->"), std::string::npos) << part.name;
  }
}

TEST(DiagnosticCodes, StandOnceAndSayWhatTheyMean) {
  std::set<std::string_view> seen;
  for (const RoomCodes& room : all_diagnostic_codes()) {
    for (const DiagnosticCode& entry : room.codes) {
      EXPECT_TRUE(seen.insert(entry.code).second) << entry.code << " stands twice";
      EXPECT_FALSE(entry.summary.empty()) << entry.code;
      EXPECT_FALSE(entry.help.empty()) << entry.code;
      EXPECT_NE(entry.summary.back(), '.') << entry.code;
    }
  }
  EXPECT_GT(seen.size(), 60U);
  EXPECT_EQ(find_diagnostic_code("flag-unknown")->code, "flag-unknown");
  EXPECT_FALSE(find_diagnostic_code("no-such-code"));
}

TEST(ExitCodes, OfTheMachinesFaultsBelongToKnownCodes) {
  for (const std::string_view code : environment_error_codes()) {
    EXPECT_TRUE(find_diagnostic_code(code)) << code;
    EXPECT_EQ(exit_code_of(Diagnostic{.code = code}), ExitCode::environment) << code;
  }
  EXPECT_EQ(exit_code_of(Diagnostic{.code = "secret-missing"}), ExitCode::usage);
}

}  // namespace
}  // namespace lifecycle::cli
