// An agent inside a job sees the event of the agent around it: what LIFECYCLE_EVENT_* carry is read back.
#include <gtest/gtest.h>

#include <fstream>

#include "adapters/ci/read_event.h"
#include "agent/event/event_json.h"
#include "agent/plan/event_variables.h"
#include "tests/adapters/ci/ci_case.h"

namespace lifecycle::ci {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

struct EventInJobRow {
  const char* name;
  const char* ref;
  const char* body;  // without what all bodies hold; broken where it is no object
};

void PrintTo(const EventInJobRow& row, std::ostream* out) { *out << row.name << " " << row.body; }

constexpr const char* change =
    R"("pull_request":{"number":7,"title":"t","merged":false,"labels":[{"name":"a,b"}],"user":{"login":"eve"},
    "html_url":"https://github.com/acme/app/pull/7","created_at":"2026-03-01T10:00:00Z",
    "updated_at":"2026-03-01T10:00:00Z","head":{"ref":"topic","sha":"bbfd30e336b7e0198ee33f60cf3dde0c72faec41",
    "repo":{"full_name":"eve/app"}},"base":{"ref":"main","repo":{"full_name":"acme/app"}}})";

class EventInJob : public testing::TestWithParam<EventInJobRow> {
 protected:
  Environment github() {
    std::string body = GetParam().body;
    if (const auto at = body.find("$CHANGE"); at != std::string::npos) body.replace(at, 7, change);
    if (body.ends_with('}')) body.insert(body.size() - 1, R"(,"repository":{"id":7,"full_name":"acme/app"})");
    const std::string path = folder_.path() / "event.json";
    std::ofstream(path, std::ios::binary) << body;
    return Environment(Variables{{"GITHUB_ACTIONS", "true"},
                                 {"GITHUB_RUN_ID", "99"},
                                 {"GITHUB_EVENT_NAME", GetParam().name},
                                 {"GITHUB_EVENT_PATH", path},
                                 {"GITHUB_REPOSITORY", "acme/app"},
                                 {"GITHUB_REPOSITORY_ID", body.ends_with('}') ? "7" : ""},
                                 {"GITHUB_SERVER_URL", "https://github.com"},
                                 {"GITHUB_REF", GetParam().ref},
                                 {"GITHUB_SHA", "bcb9f9b20179329552f9b756c6b7967b6126ef4b"},
                                 {"GITHUB_ACTOR", "dana"}});
  }
  /// What the two are to have in common: the CI around the inner one is not known, and warnings are said once.
  static nlohmann::ordered_json facts(const event::Event& event) {
    auto json = event::to_json(event);
    for (const char* own : {"ci", "run", "warnings"}) json.erase(own);
    return json;
  }

  ScratchFolder folder_;
};

TEST_P(EventInJob, IsTheSame) {
  const auto outer = read_event(github(), {}, nullptr);
  ASSERT_TRUE(outer) << outer.error().message;
  Environment environment(Variables{{"CI", "true"}});
  for (const auto& entry : plan::event_variables(outer->event).entries) environment.set(entry.name, entry.value);
  const auto inner = read_event(environment, {}, nullptr);
  ASSERT_TRUE(inner) << inner.error().message;
  EXPECT_EQ(facts(inner->event).dump(1), facts(outer->event).dump(1));
  EXPECT_EQ(inner->event.run.id, "99");
}

INSTANTIATE_TEST_SUITE_P(
    Rows, EventInJob,
    testing::Values(
        EventInJobRow{"push", "refs/heads/main",
                      R"({"ref":"refs/heads/main","before":"b719dcd58a83952588f484f551db8d6d66ab5b87",
            "after":"bcb9f9b20179329552f9b756c6b7967b6126ef4b"})"},
        EventInJobRow{"push", "refs/tags/v1",
                      R"({"ref":"refs/tags/v1","after":"bcb9f9b20179329552f9b756c6b7967b6126ef4b"})"},
        EventInJobRow{"push", "refs/tags/v1", ""}, EventInJobRow{"create", "refs/tags/v1", ""},
        EventInJobRow{"create", "refs/tags/v1", R"({"ref":"v1","ref_type":"tag"})"},
        EventInJobRow{"delete", "refs/heads/main", R"({"ref":"old","ref_type":"branch"})"},
        EventInJobRow{"pull_request", "refs/pull/7/merge", R"({"action":"opened","number":7,$CHANGE})"},
        EventInJobRow{"pull_request", "refs/pull/7/merge", R"({"action":"closed","number":7,$CHANGE})"},
        EventInJobRow{"pull_request_target", "refs/heads/main", R"({"action":"opened","number":7,$CHANGE})"},
        EventInJobRow{"pull_request_review", "refs/pull/7/merge",
                      R"({"action":"submitted","review":{"state":"approved"},$CHANGE})"},
        EventInJobRow{"pull_request_review_comment", "refs/pull/7/merge",
                      R"({"action":"created","comment":{},$CHANGE})"},
        EventInJobRow{"pull_request_review_comment", "refs/pull/7/merge", ""},
        EventInJobRow{"issue_comment", "refs/heads/main",
                      R"({"action":"created","comment":{},"issue":{"number":7,"title":"t",
            "pull_request":{}}})"},
        EventInJobRow{"issue_comment", "refs/heads/main", R"({"action":"created","comment":{},"issue":{"number":3}})"},
        EventInJobRow{"issue_comment", "refs/heads/main", "{broken"},
        EventInJobRow{"issues", "refs/heads/main", R"({"action":"opened","issue":{}})"},
        EventInJobRow{"workflow_run", "refs/heads/main",
                      R"({"action":"completed","workflow_run":{"conclusion":"success",
            "head_branch":"topic","head_repository":{"full_name":"acme/app"}}})"},
        EventInJobRow{"workflow_run", "refs/heads/main",
                      R"({"action":"completed","workflow_run":{"conclusion":"success",
            "head_branch":"topic","head_repository":{"full_name":"eve/app"}}})"},
        EventInJobRow{"workflow_run", "refs/heads/main",
                      R"({"action":"completed","workflow_run":{"conclusion":"success",
            "head_branch":"topic","head_repository":null}})"},
        EventInJobRow{"workflow_run", "refs/heads/main", ""},
        EventInJobRow{"check_run", "refs/heads/main", R"({"action":"completed","check_run":{"conclusion":"failure",
            "check_suite":{"head_branch":"topic"}}})"},
        EventInJobRow{"check_suite", "refs/heads/main",
                      R"({"action":"completed","check_suite":{"head_branch":"topic"}})"},
        EventInJobRow{"deployment_status", "",
                      R"({"action":"created","deployment":{"id":9,"ref":"main","environment":"production",
            "sha":"bbfd30e336b7e0198ee33f60cf3dde0c72faec41"},"deployment_status":{"id":1,"state":"success"}})"},
        EventInJobRow{"release", "refs/tags/v1", R"({"action":"published","release":{"id":3,"tag_name":"v1"}})"},
        EventInJobRow{"release", "refs/heads/main", R"({"action":"deleted","release":{"id":3,"tag_name":"v1"}})"},
        EventInJobRow{"workflow_dispatch", "refs/heads/main",
                      R"({"inputs":null,"workflow":"ci.yml","ref":"refs/heads/main"})"},
        EventInJobRow{"repository_dispatch", "refs/heads/main",
                      R"({"action":"go","client_payload":{},"branch":"main"})"},
        EventInJobRow{"schedule", "refs/heads/main", R"({"schedule":"1 * * * *"})"},
        EventInJobRow{"merge_group", "refs/heads/gh-readonly-queue/main/pr-7", R"({"action":"checks_requested",
            "merge_group":{"head_ref":"refs/heads/gh-readonly-queue/main/pr-7"}})"}));

}  // namespace
}  // namespace lifecycle::ci
