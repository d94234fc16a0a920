#include "adapters/forge/payload_shape.h"

#include <gtest/gtest.h>

#include <set>

#include "adapters/forge/payload_reader.h"
#include "agent/event/known_names.h"

namespace lifecycle::forge {
namespace {

struct Missing {
  const char* kind;
  const char* body;
  std::vector<std::string_view> missing;
};

class MissingFields : public testing::TestWithParam<Missing> {};

TEST_P(MissingFields, AreNamed) {
  EXPECT_EQ(missing_fields(GetParam().kind, collect_payload(GetParam().body).fields), GetParam().missing);
}

constexpr const char* pull_body = R"({"action":"opened","number":3,"pull_request":{},"repository":{}})";

INSTANTIATE_TEST_SUITE_P(
    Rows, MissingFields,
    testing::Values(Missing{"pull_request", R"({"pull_request":{}})", {}},
                    Missing{"pull_request", R"({"pull_request":null})", {"pull_request"}},
                    Missing{"pull_request", R"({"pull_request":"x"})", {"pull_request"}},
                    Missing{"deployment_status", R"({"deployment":{}})", {"deployment_status"}},
                    Missing{"issue_comment", R"({"comment":{}})", {"issue"}},
                    Missing{"discussion", pull_body, {"discussion"}}, Missing{"label", pull_body, {"label"}},
                    Missing{"milestone", pull_body, {"milestone"}}, Missing{"fork", pull_body, {"forkee"}},
                    Missing{"gollum", pull_body, {"pages"}}, Missing{"deployment_review", pull_body, {"since"}},
                    Missing{"page_build", pull_body, {"build"}}, Missing{"star", pull_body, {"starred_at"}},
                    Missing{"star", R"({"action":"deleted","starred_at":null})", {}},
                    Missing{"workflow_dispatch", pull_body, {"inputs"}},
                    Missing{"workflow_dispatch", R"({"ref":"refs/heads/x","inputs":null})", {}},
                    Missing{"workflow_dispatch", R"({"ref":"refs/heads/x","workflow":"ci.yml"})", {}},
                    Missing{"repository_dispatch", pull_body, {"client_payload"}},
                    Missing{"repository_dispatch", R"({"action":"x","branch":"main"})", {}},
                    Missing{"wiki", R"({"action":"created","page":"Home"})", {}}, Missing{"watch", "{}", {"action"}},
                    Missing{"schedule", "{}", {}}, Missing{"some_future_webhook", "{}", {}}));

INSTANTIATE_TEST_SUITE_P(APushKeepsItsRefAndOneMore, MissingFields,
                         testing::Values(Missing{"push", R"({"ref":"x","after":"a"})", {}},
                                         Missing{"push", R"({"ref":"x","before":"a"})", {}},
                                         Missing{"push", R"({"ref":"x","commits":[]})", {}},
                                         Missing{"push", R"({"ref":"x","head_commit":{}})", {}},
                                         Missing{"push", R"({"ref":"x","pusher":{}})", {}},
                                         Missing{"push", R"({"ref":"x"})", {"after"}},
                                         Missing{"push", R"({"ref":"x","before":null})", {"after"}},
                                         Missing{"push", R"({"after":"a"})", {"ref"}},
                                         Missing{"push", "[]", {"ref", "after"}}));

TEST(MissingFields, AreToldOfEveryWebhookThatIsKnown) {
  std::set<std::string_view> kinds;
  for (const event::KnownName& known : event::known_names("github")) {
    kinds.insert(known.name.substr(0, known.name.find('.')));
  }
  // A schedule has no documented body, and a called workflow has its caller's.
  kinds.erase("schedule");
  kinds.erase("workflow_call");
  ASSERT_GT(kinds.size(), 60U);
  for (const std::string_view kind : kinds) {
    EXPECT_FALSE(missing_fields(kind, collect_payload("{}").fields).empty()) << kind;
  }
}

struct Shape {
  const char* body;
  const char* kind;
};

class Shapes : public testing::TestWithParam<Shape> {};

TEST_P(Shapes, TellTheWebhook) {
  EXPECT_EQ(webhook_by_shape(collect_payload(GetParam().body).fields), GetParam().kind);
}

INSTANTIATE_TEST_SUITE_P(Rows, Shapes,
                         testing::Values(Shape{R"({"action":"opened","pull_request":{}})", "pull_request"},
                                         Shape{R"({"action":"submitted","pull_request":{},"review":{}})",
                                               "pull_request_review"},
                                         Shape{R"({"ref":"refs/heads/x","before":"a","after":"b"})", "push"},
                                         Shape{R"({"action":"created","issue":{},"comment":{}})", "issue_comment"},
                                         Shape{R"({"zen":"x","hook_id":1,"hook":{}})", "ping"},
                                         Shape{R"({"pull_request":{}})", ""}, Shape{R"({"inputs":{}})", ""}));

}  // namespace
}  // namespace lifecycle::forge
