#include "adapters/forge/payload_reader.h"

#include <gtest/gtest.h>

namespace lifecycle::forge {
namespace {

TEST(PayloadReader, KeepsTheWantedFieldsAndTheirKinds) {
  const auto payload = collect_payload(R"({"action":"opened","number":7,"x":{"action":"no"},
    "pull_request":{"title":"a","merged":false,"labels":[{"name":"one","id":1},{"name":"two"},{"name":3}],
    "head":{"ref":"r","repo":null}},"issue":[{"number":9}]})");
  ASSERT_FALSE(payload.fault);
  const PayloadFields& fields = payload.fields;
  EXPECT_EQ(fields.root, JsonKind::object);
  EXPECT_EQ(fields.text("action"), "opened");
  EXPECT_EQ(fields.number("number"), 7);
  EXPECT_EQ(fields.flag("pull_request.merged"), false);
  EXPECT_EQ(fields.texts("pull_request.labels[].name"), (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(fields.text("pull_request.head.ref"), "r");
  EXPECT_EQ(fields.kind("pull_request.head.repo"), JsonKind::null);
  EXPECT_EQ(fields.kind("pull_request.base.ref"), JsonKind::absent);
  EXPECT_EQ(fields.kind("issue"), JsonKind::array);
  EXPECT_FALSE(fields.number("issue.number"));
  EXPECT_EQ(fields.keys(), (std::vector<std::string>{"action", "number", "x", "pull_request", "issue"}));
}

TEST(PayloadReader, TakesNumbersAsTextsAndNothingElseForAnother) {
  const auto fields = collect_payload(R"({"number":"7","action":7,"deleted":"true","ref":["x"],"before":{},
    "pull_request":{"number":1.5,"title":true,"merged":1},"issue":{"number":-3}})")
                          .fields;
  EXPECT_EQ(fields.number("number"), 7);
  EXPECT_EQ(fields.text("action"), "");
  EXPECT_EQ(fields.flag("deleted"), true);
  EXPECT_EQ(fields.text("ref"), "");
  EXPECT_EQ(fields.text("before"), "");
  EXPECT_FALSE(fields.number("pull_request.number"));
  EXPECT_EQ(fields.text("pull_request.title"), "");
  EXPECT_FALSE(fields.flag("pull_request.merged"));
  EXPECT_FALSE(fields.number("issue.number"));
  EXPECT_FALSE(collect_payload(R"({"number":99999999999999999999})").fields.number("number"));
}

TEST(PayloadReader, LetsTheLastOfTwoEqualKeysCount) {
  const auto fields = collect_payload(R"({"action":"a","action":"b","pull_request":
    {"labels":[{"name":"x"}],"labels":[{"name":"y"}]}})")
                          .fields;
  EXPECT_EQ(fields.text("action"), "b");
  EXPECT_EQ(fields.texts("pull_request.labels[].name"), (std::vector<std::string>{"y"}));
}

TEST(PayloadReader, UnwrapsABodyThatComesWithItsHeaders) {
  const auto fields = collect_payload(R"({"headers":{"X-Github-Event":["pull_request"],"X-GITEA-EVENT":"push"},
    "body":{"action":"opened","pull_request":{}}})")
                          .fields;
  EXPECT_EQ(fields.text("action"), "opened");
  EXPECT_TRUE(fields.has_object("pull_request"));
  EXPECT_EQ(fields.texts("headers.x-github-event[]"), (std::vector<std::string>{"pull_request"}));
  EXPECT_EQ(fields.text("headers.x-gitea-event"), "push");
  EXPECT_EQ(fields.keys(), (std::vector<std::string>{"action", "pull_request"}));
}

TEST(PayloadReader, IsNotFooledByABodyFurtherDown) {
  const auto fields =
      collect_payload(R"({"action":"created","comment":{"body":{"action":"no"}},"pull_request":{"body":"text"}})")
          .fields;
  EXPECT_EQ(fields.text("action"), "created");
}

TEST(PayloadReader, KeepsTheElementsOfSomeListsApart) {
  const auto fields = collect_payload(R"({"push":{"changes":[{"new":{"name":"a","target":{"hash":"1"}},"old":null},7,
    null,[{"new":{"name":"no"}}],{"old":{"name":"b"}}]},"changes":[{"refId":"c"}]})")
                          .fields;
  const auto& changes = fields.elements("push.changes");
  ASSERT_EQ(changes.size(), 2U) << "what is no object is none";
  EXPECT_EQ(changes[0].text("new.name"), "a");
  EXPECT_EQ(changes[0].text("new.target.hash"), "1");
  EXPECT_EQ(changes[0].kind("old"), JsonKind::null);
  EXPECT_EQ(changes[1].text("old.name"), "b");
  EXPECT_EQ(changes[1].kind("new"), JsonKind::absent);
  ASSERT_EQ(fields.elements("changes").size(), 1U);
  EXPECT_EQ(fields.elements("changes")[0].text("refId"), "c");
  EXPECT_EQ(fields.kind("push.changes"), JsonKind::array);
  EXPECT_FALSE(fields.is_cut());
  EXPECT_TRUE(fields.elements("resource.refUpdates").empty());
}

TEST(PayloadReader, LetsTheLastOfTwoEqualListsCountAndNoKeyLooksLikeAnElement) {
  const auto fields = collect_payload(R"({"changes":[{"refId":"a"},{"refId":"b"}],"changes":[{"refId":"c"}],
    "push":{"changes":{"[]":{"new":{"name":"x"}}}},"pull_request":{"labels":{"[]":{"name":"x"}}}})")
                          .fields;
  ASSERT_EQ(fields.elements("changes").size(), 1U);
  EXPECT_EQ(fields.elements("changes")[0].text("refId"), "c");
  EXPECT_TRUE(fields.elements("push.changes").empty());
  EXPECT_TRUE(fields.texts("pull_request.labels[].name").empty());
}

TEST(PayloadReader, TakesElementsOutOfAWrappedBody) {
  const auto fields =
      collect_payload(R"({"changes":[{"refId":"no"}],"headers":{},"body":{"changes":[{"refId":"a"}]}})").fields;
  ASSERT_EQ(fields.elements("changes").size(), 1U);
  EXPECT_EQ(fields.elements("changes")[0].text("refId"), "a");
}

TEST(PayloadReader, BoundsTheElementsInNumberAndSize) {
  const auto list = [](int count, std::size_t size) {
    std::string text = R"({"changes":[)";
    for (int i = 0; i < count; ++i) {
      text += (i > 0 ? "," : "") + std::string(R"({"refId":")") + std::string(size, 'r') + "\"}";
    }
    return text + R"(],"action":"after"})";
  };
  const auto many = collect_payload(list(5000, 5));
  ASSERT_FALSE(many.fault);
  EXPECT_EQ(many.fields.elements("changes").size(), 1000U);
  EXPECT_TRUE(many.fields.is_cut());
  EXPECT_EQ(many.fields.text("action"), "after") << "what comes behind the list is read";
  const auto large = collect_payload(list(5, 3'000'000));
  ASSERT_EQ(large.fields.elements("changes").size(), 5U);
  EXPECT_LE(large.fields.elements("changes")[0].text("refId").size(), 1024U);
  const auto exact = collect_payload(list(1000, 5));
  EXPECT_EQ(exact.fields.elements("changes").size(), 1000U);
  EXPECT_FALSE(exact.fields.is_cut());
}

TEST(PayloadReader, BoundsWhatItKeeps) {
  std::string labels;
  for (int i = 0; i < 5000; ++i)
    labels += (i > 0 ? "," : "") + std::string(R"({"name":")") + std::string(2000, 'l') + "\"}";
  const auto payload = collect_payload("{\"pull_request\":{\"labels\":[" + labels + "]}}");
  ASSERT_FALSE(payload.fault);
  const auto& kept = payload.fields.texts("pull_request.labels[].name");
  EXPECT_LE(kept.size(), 256U);
  EXPECT_LE(kept.front().size(), 1024U);
}

}  // namespace
}  // namespace lifecycle::forge
