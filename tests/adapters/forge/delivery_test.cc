#include "adapters/forge/delivery.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "adapters/forge/payload_reader.h"
#include "adapters/forge/webhook_name.h"
#include "agent/event/event_json.h"
#include "agent/event/event_key.h"
#include "agent/event/event_ref.h"
#include "agent/event/known_names.h"
#include "tests/adapters/forge/delivery_rows.h"

namespace lifecycle::forge {
namespace {

using event::Event;
using Json = nlohmann::json;

Events map_body(const std::string& body, const std::string& webhook = "", const std::string& origin = "") {
  const auto fields = collect_payload(body).fields;
  return map_delivery(delivery_of(webhook, origin, fields), fields);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

class Deliveries : public testing::TestWithParam<DeliveryRow> {};

TEST_P(Deliveries, HaveTheNamesOfTheTable) {
  const DeliveryRow& row = GetParam();
  ASSERT_FALSE(collect_payload(row.body).fault) << row.body;
  const auto events = map_body(row.body, row.webhook);
  ASSERT_TRUE(events) << events.error().message;
  std::vector<std::string> names;
  for (const Event& event : *events) names.push_back(joined(event.names));
  EXPECT_EQ(names, row.names) << row.body;
  if (events->empty()) return;
  EXPECT_EQ(events->front().category.state, row.category);
  EXPECT_EQ(events->front().origin, row.origin);
  if (!row.identity.empty()) {
    EXPECT_EQ(events->front().identity, row.identity);
  }
}

/// A CI's job has the body only; a Cloud's then does not tell which of some keys it was sent with.
TEST_P(Deliveries, AreOfTheirForgeByTheirShapeToo) {
  const DeliveryRow& row = GetParam();
  const bool told_by_header =
      row.names == std::vector<std::string>{""} || row.webhook.starts_with("project:") ||
      (row.webhook.starts_with("pullrequest:") || row.webhook.starts_with("repo:commit_status"));
  if (told_by_header) return;
  const auto events = map_body(row.body);
  ASSERT_TRUE(events) << events.error().message;
  if (!events->empty()) {
    EXPECT_EQ(events->front().origin, row.origin);
  }
}

/// Every object of the body, however deep.
void each_path(Json& value, const Json::json_pointer& at, std::vector<Json::json_pointer>& paths) {
  if (!at.empty()) paths.push_back(at);
  if (value.is_object()) {
    for (auto& [key, inner] : value.items()) each_path(inner, at / key, paths);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) each_path(value[i], at / i, paths);
  }
}

/// What a mapping may make of a body: a mismatch that names it, or events that can be written, read and asked.
void expect_sound(const std::string& body, const DeliveryRow& row) {
  for (const bool told : {true, false}) {
    const auto events = told ? map_body(body, row.webhook, row.origin) : map_body(body);
    if (!events) {
      EXPECT_EQ(events.error().code, "payload-mismatch") << body;
      continue;
    }
    for (const Event& event : *events) {
      EXPECT_TRUE(event::event_from_json(event::to_json(event))) << body;
      (void)event::forge_key(event);
      (void)event::environment_ref(event);
      (void)event::is_from_fork(event);
      for (const std::string& name : event.names) EXPECT_TRUE(is_name_word(name)) << name;
    }
  }
}

TEST_P(Deliveries, OutliveEachPathThatIsAwayOrNullOrOfAnotherKind) {
  Json body = Json::parse(GetParam().body);
  std::vector<Json::json_pointer> paths;
  each_path(body, Json::json_pointer(), paths);
  for (const Json::json_pointer& path : paths) {
    for (const Json& foreign : {Json(nullptr), Json(Json::value_t::array), Json(Json::value_t::object), Json(7),
                                Json("text"), Json(true), Json({{{"a", 1}}, 2, nullptr})}) {
      Json other = body;
      other[path] = foreign;
      expect_sound(other.dump(), GetParam());
    }
    Json other = body;
    Json& parent = other[path.parent_pointer()];
    if (parent.is_object()) {
      parent.erase(path.back());
    } else {
      parent.erase(std::stoul(path.back()));
    }
    expect_sound(other.dump(), GetParam());
  }
  for (const char* bare : {"{}", "[]", "null", "7", "\"x\"", "true", "[{}]"}) expect_sound(bare, GetParam());
}

std::string row_name(const testing::TestParamInfo<DeliveryRow>& info) {
  std::string name = info.param.about + std::to_string(info.index);
  std::erase_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
  return name;
}

INSTANTIATE_TEST_SUITE_P(GitLab, Deliveries, testing::ValuesIn(gitlab_rows()), row_name);
INSTANTIATE_TEST_SUITE_P(Bitbucket, Deliveries, testing::ValuesIn(bitbucket_rows()), row_name);
INSTANTIATE_TEST_SUITE_P(DataCenter, Deliveries, testing::ValuesIn(bitbucket_dc_rows()), row_name);
INSTANTIATE_TEST_SUITE_P(Azure, Deliveries, testing::ValuesIn(azure_rows()), row_name);

TEST(DeliveryNames, AreAllKnownToTheirOrigin) {
  for (const DeliveryRow& row : delivery_rows()) {
    for (const std::string& names : row.names) {
      std::size_t start = 0;
      while (start < names.size()) {
        const std::size_t end = std::min(names.find(',', start), names.size());
        EXPECT_TRUE(event::is_known_name(row.origin, names.substr(start, end - start))) << names.substr(start, end);
        start = end + 1;
      }
    }
  }
}

/// Names that are common to all forges and that no webhook of these forges has: of CI jobs, and of changes whose action
/// is unknown.
bool is_of_jobs_only(std::string_view origin, std::string_view name) {
  const std::set<std::string_view> jobs{"pull_request", "workflow_dispatch", "schedule", "repository_dispatch"};
  // Neither Bitbucket nor Azure DevOps tells of deployments by a webhook of that name; a Cloud's declined change stays
  // closed.
  const std::set<std::string_view> bitbucket{"deployment.created", "deployment_status.success",
                                             "deployment_status.failure", "pull_request.reopened"};
  if (origin == "azure" && name == "deployment.created") return true;
  return jobs.contains(name) || (origin == "bitbucket" && bitbucket.contains(name));
}

TEST(KnownNames, AreEachMadeOfSomeDelivery) {
  std::set<std::pair<std::string, std::string>> made;
  for (const DeliveryRow& row : delivery_rows()) {
    for (const std::string& names : row.names) {
      std::string rest = names + ",";
      for (auto comma = rest.find(','); comma != std::string::npos; comma = rest.find(',')) {
        made.emplace(row.origin, rest.substr(0, comma));
        rest.erase(0, comma + 1);
      }
    }
  }
  for (const char* origin : {"gitlab", "bitbucket", "azure"}) {
    for (const event::KnownName& known : event::known_names(origin)) {
      const bool found = made.contains({origin, std::string(known.name)});
      EXPECT_NE(found, is_of_jobs_only(origin, known.name)) << origin << " " << known.name;
    }
  }
}

}  // namespace
}  // namespace lifecycle::forge
