#include "agent/mask/mask_table.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace lifecycle::mask {
namespace {

struct AdmissionCase {
  std::string_view label;
  std::string_view value;
  SecretOrigin origin;
  bool admitted;
};

class Admission : public testing::TestWithParam<AdmissionCase> {};

TEST_P(Admission, FollowsTheTable) {
  MaskTable table;
  const auto refused = table.add("NAME", GetParam().value, GetParam().origin);
  EXPECT_EQ(refused.has_value(), !GetParam().admitted);
  EXPECT_EQ(table.empty(), !GetParam().admitted);
  if (!refused) return;
  EXPECT_EQ(refused->code, "secret-too-short");
  EXPECT_EQ(refused->severity, Severity::warning);
  EXPECT_NE(refused->message.find("'NAME'"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Rows, Admission,
                         testing::Values(AdmissionCase{"Empty", "", SecretOrigin::declared, false},
                                         AdmissionCase{"Five", "hello", SecretOrigin::declared, false},
                                         AdmissionCase{"Six", "hello1", SecretOrigin::declared, true},
                                         AdmissionCase{"SixWithBlanks", "  hell1 \n", SecretOrigin::declared, false},
                                         AdmissionCase{"FourExplicit", "k9#z", SecretOrigin::explicit_value, true},
                                         AdmissionCase{"ThreeExplicit", "k9#", SecretOrigin::explicit_value, false},
                                         AdmissionCase{"TwoKinds", "abababab", SecretOrigin::declared, false},
                                         AdmissionCase{"TwoKindsExplicit", "abababab", SecretOrigin::explicit_value,
                                                       false}),
                         [](const auto& row) { return std::string(row.param.label); });

TEST(MaskTables, NeverQuoteAValue) {
  MaskTable table;
  const auto refused = table.add("PIN", "qzj17", SecretOrigin::declared);
  ASSERT_TRUE(refused);
  EXPECT_EQ((refused->message + refused->hint).find("qzj17"), std::string::npos);
}

TEST(MaskTables, MaskWholeTexts) {
  MaskTable table;
  table.add("A", "alpha-one-two\nbeta-three", SecretOrigin::declared);
  EXPECT_EQ(table.mask_text("<alpha-one-two> <beta-three> <alpha-one-two\r\nbeta-three>"), "<***> <***> <***>");
  EXPECT_EQ(table.mask_text(""), "");
}

TEST(MaskTables, ChangeTheirSetOnlyWithAValue) {
  MaskTable table;
  const auto none = table.needles();
  EXPECT_EQ(table.needles(), none);
  table.add("A", "s3cr3tTokenValue", SecretOrigin::declared);
  const auto one = table.needles();
  EXPECT_NE(one, none);
  table.add("B", "s3cr3tTokenValue\n", SecretOrigin::declared);
  EXPECT_EQ(table.needles(), one);
}

TEST(MaskTables, RefuseMoreThanFits) {
  MaskTable table;
  std::string large = "0123456789";
  while (large.size() < (std::size_t{33} << 20)) large += large;
  const auto refused = table.add("LARGE", large, SecretOrigin::declared);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->code, "secrets-too-large");
  EXPECT_EQ(refused->severity, Severity::error);
  EXPECT_TRUE(table.empty());
}

TEST(MaskTables, ExplainTheirCodes) {
  for (const DiagnosticCode& code : mask_diagnostic_codes()) {
    EXPECT_FALSE(code.summary.empty()) << code.code;
    EXPECT_GT(code.help.size(), 40U) << code.code;
  }
}

}  // namespace
}  // namespace lifecycle::mask
