#include "agent/report/delivery_request.h"

#include <gtest/gtest.h>

namespace lifecycle::report {
namespace {

using mask::MaskTable;
using mask::SecretOrigin;
using nlohmann::ordered_json;

ordered_json decoded(const std::string& text) { return ordered_json::parse(text, nullptr, false); }

TEST(EncodeMasked, MasksTextsNumbersAndKeys) {
  MaskTable mask;
  ASSERT_FALSE(mask.add("A", "s3cret-value", SecretOrigin::declared));
  ASSERT_FALSE(mask.add("B", "8675309", SecretOrigin::declared));
  const std::string text = encode_masked({{"team_id", "t"},
                                          {"branch", "topic/s3cret-value"},
                                          {"number", 8675309},
                                          {"labels", {"s3cret-value", "ok"}},
                                          {"meta", {{"s3cret-value", 1}}}},
                                         mask);
  EXPECT_EQ(text.find("s3cret-value"), std::string::npos);
  const ordered_json body = decoded(text);
  EXPECT_EQ(body["branch"], "topic/***");
  EXPECT_EQ(body["number"], "***");
  EXPECT_EQ(body["labels"], ordered_json({"***", "ok"}));
  EXPECT_EQ(body["meta"], ordered_json({{"***", 1}}));
}

TEST(EncodeMasked, KeepsTheTeamThatAddressesTheEvent) {
  MaskTable mask;
  ASSERT_FALSE(mask.add("CTOAI_TEAM_ID", "6f7b1c1e-0000-4000-8000-000000000001", SecretOrigin::declared));
  const ordered_json body = decoded(encode_masked(
      {{"team_id", "6f7b1c1e-0000-4000-8000-000000000001"}, {"title", "6f7b1c1e-0000-4000-8000-000000000001"}}, mask));
  EXPECT_EQ(body["team_id"], "6f7b1c1e-0000-4000-8000-000000000001");
  EXPECT_EQ(body["title"], "***");
}

TEST(EncodeMasked, IsJsonWhateverTheSecretsHold) {
  MaskTable mask;
  ASSERT_FALSE(mask.add("A", R"(","b":")", SecretOrigin::declared));
  ASSERT_FALSE(mask.add("B", "line one\nline \"two\"", SecretOrigin::declared));
  const ordered_json body =
      decoded(encode_masked({{"team_id", nullptr}, {"a", "x"}, {"b", "y"}, {"c", "got line one\nline \"two\""}}, mask));
  ASSERT_TRUE(body.is_object());
  EXPECT_EQ(body["a"], "x");
  EXPECT_EQ(body["c"], "got ***");
}

TEST(EncodeMasked, NeverThrowsForHostileValues) {
  const MaskTable mask;
  for (const std::string& value :
       {std::string("bad \xff\xfe utf8"), std::string("\xed\xa0\x80"), std::string("nul\0nul", 7),
        std::string("\"}],\\\u2028"), std::string(100000, '\\')}) {
    const ordered_json body =
        decoded(encode_masked({{"team_id", value}, {"branch", value}, {"meta", {{value, value}}}}, mask));
    ASSERT_TRUE(body.is_object());
    EXPECT_TRUE(body["branch"].is_string());
  }
  EXPECT_EQ(decoded(encode_masked({{"branch", "a\xff"}}, mask))["branch"], "a\uFFFD");
  EXPECT_EQ(encode_masked({{"team_id", "t"}}, mask), R"({"team_id":"t"})");
}

InsightsEvent event_of(std::string branch) {
  return {.name = "deployment",
          .action = "success",
          .key = "k1",
          .body = {{"team_id", "t"}, {"event_name", "deployment"}, {"branch", std::move(branch)}}};
}

TEST(DeliveryRequest, HasTheHeadersOfThePlatform) {
  const ReportSettings settings{.events_url = "https://h/", .token = "tok", .mechanism = "github-action"};
  const auto request = delivery_request(settings, "k1", "{}");
  const std::vector<std::pair<std::string, std::string>> expected = {{"Authorization", "Bearer tok"},
                                                                     {"Content-Type", "application/json"},
                                                                     {"x-ops-mechanism", "github-action"},
                                                                     {"Idempotency-Key", "k1"}};
  EXPECT_EQ(request.headers, expected);
  EXPECT_EQ(request.url, "https://h/");
  EXPECT_EQ(delivery_request({.events_url = "https://h/"}, "k1", "{}").headers[0].first, "Content-Type");
}

TEST(DryRunText, ShowsTheRequestWithoutToken) {
  const MaskTable mask;
  const ReportSettings settings{.events_url = "https://u:pw@h.example/v1?k=v", .token = "tok-1"};
  EXPECT_EQ(dry_run_text(settings, event_of("main"), mask), R"(POST https://h.example/v1
Authorization: Bearer ***
Content-Type: application/json
x-ops-mechanism: lifecycle-agent
Idempotency-Key: k1

{
  "team_id": "t",
  "event_name": "deployment",
  "branch": "main"
}
)");
  EXPECT_TRUE(dry_run_text({}, event_of("\xff"), mask).starts_with("POST https://events.cto.ai/\nContent-Type"));
}

TEST(CheckedSettings, FillsInAndTrims) {
  const auto checked = checked_settings({.token = " tok\n", .token_place = "X"});
  ASSERT_TRUE(checked);
  EXPECT_EQ(checked->events_url, "https://events.cto.ai/");
  EXPECT_EQ(checked->token, "tok");
}

TEST(CheckedSettings, RefusesAnAddressOrTokenThatCannotBe) {
  const auto url = checked_settings({.events_url = "events.example"});
  ASSERT_FALSE(url);
  EXPECT_EQ(url.error().code, "http-url-invalid");
  EXPECT_TRUE(url.error().message.starts_with("--events-url: "));
  for (const char* token : {"two words", "a\r\nX-Forged: 1", "caf\xc3\xa9"}) {
    const auto bad = checked_settings({.token = token, .token_place = "LIFECYCLE_TOKEN"});
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, "report-token-invalid");
    EXPECT_NE(bad.error().message.find("LIFECYCLE_TOKEN"), std::string::npos);
    EXPECT_EQ(bad.error().message.find("words"), std::string::npos);
  }
}

TEST(ReportSettings, AreConfiguredByTokenOrAddress) {
  EXPECT_FALSE(is_configured({}));
  EXPECT_TRUE(is_configured({.token = "t"}));
  EXPECT_TRUE(is_configured({.events_url = "http://127.0.0.1:1/"}));
  EXPECT_EQ(not_configured_note().severity, Severity::note);
}

}  // namespace
}  // namespace lifecycle::report
