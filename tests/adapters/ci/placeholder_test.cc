#include "adapters/ci/placeholder.h"

#include <gtest/gtest.h>

namespace lifecycle::ci {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

TEST(Placeholder, IsWhatATemplateLeaves) {
  for (const char* value : {"{{ x }}", "{{x}}", "$(x)", "${x}", "${{x}}", "$NAME", "$_PR_NUMBER", "$1"}) {
    EXPECT_TRUE(is_placeholder(value, true)) << value;
    EXPECT_TRUE(is_placeholder(value, false)) << value;
  }
  for (const char* value : {"", "$", "x$NAME", "$a-b", "feature/$(id)", "$(id)x", "{x}", "{{", "}}"}) {
    EXPECT_FALSE(is_placeholder(value, true)) << value;
    EXPECT_FALSE(is_placeholder(value, false)) << value;
  }
  EXPECT_TRUE(is_placeholder("acme/{{ repo }}", false));
  EXPECT_FALSE(is_placeholder("Use {{ braces }} in the title", true));
}

TEST(Placeholder, OfABranchIsItsOwnNameOnly) {
  for (const char* value : {"$BRANCH_NAME", "${BRANCH_NAME}", "${{BRANCH_NAME}}"}) {
    EXPECT_TRUE(is_own_placeholder(value, "BRANCH_NAME")) << value;
  }
  for (const char* value : {"", "BRANCH_NAME", "$(id)", "$TAG_NAME", "${BRANCH}", "$BRANCH_NAMES"}) {
    EXPECT_FALSE(is_own_placeholder(value, "BRANCH_NAME")) << value;
  }
}

TEST(Placeholder, CountsAsNotSetWithOneWarning) {
  const Environment environment(Variables{{"REPO", "${REPO}"}, {"BRANCH", "$(id)"}, {"TAG", "$TAG"}});
  event::Event event;
  EXPECT_EQ(filled_text(environment, "REPO", event), "");
  EXPECT_EQ(filled_text(environment, "REPO", event), "");
  EXPECT_EQ(event.warnings, std::vector{placeholder_warning("REPO")});
  EXPECT_EQ(filled_ref_name(environment, "BRANCH", event), "$(id)");
  EXPECT_EQ(filled_ref_name(environment, "TAG", event), "");
  EXPECT_EQ(filled_text(environment, "NONE", event), "");
  EXPECT_EQ(event.warnings.size(), 2U);
}

}  // namespace
}  // namespace lifecycle::ci
