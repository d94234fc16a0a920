// Whose body it is: by what is given, by headers, by shape.
#include <gtest/gtest.h>

#include "adapters/forge/delivery.h"
#include "adapters/forge/payload_reader.h"

namespace lifecycle::forge {
namespace {

using event::Event;

struct Source {
  const char* webhook;
  const char* origin;
  const char* body;
  Form form;
  const char* of;
};

TEST(DeliveryOf, GoesByWhatIsGivenThenByHeadersThenByShape) {
  for (const Source& row : std::initializer_list<Source>{
           {"", "", R"({"object_kind":"push"})", Form::gitlab, "gitlab"},
           {"", "", R"({"event_name":"project_create"})", Form::gitlab, "gitlab"},
           {"", "", R"({"eventKey":"pr:opened"})", Form::bitbucket_dc, "bitbucket"},
           {"", "", R"({"pullrequest":{}})", Form::bitbucket_cloud, "bitbucket"},
           {"", "", R"({"push":{"changes":[]}})", Form::bitbucket_cloud, "bitbucket"},
           {"", "", R"({"eventType":"git.push","publisherId":"tfs"})", Form::azure, "azure"},
           {"", "", R"({"eventType":"git.push"})", Form::github, ""},
           {"", "", R"({"action":"opened","pull_request":{}})", Form::github, ""},
           {"", "", "{}", Form::github, ""},
           {"", "GitLab", "{}", Form::gitlab, "gitlab"},
           {"", "bitbucket", R"({"eventKey":"x"})", Form::bitbucket_dc, "bitbucket"},
           {"", "bitbucket", "{}", Form::bitbucket_cloud, "bitbucket"},
           {"", "azure", "{}", Form::azure, "azure"},
           {"", "gitea", R"({"object_kind":"push"})", Form::github, "gitea"},
           {"", "forge.of.ours", R"({"object_kind":"push"})", Form::gitlab, "forge.of.ours"},
           {"Push Hook", "", "{}", Form::gitlab, "gitlab"},
           {"repo:push", "", "{}", Form::bitbucket_cloud, "bitbucket"},
           {"repo:push", "", R"({"eventKey":"x"})", Form::bitbucket_dc, "bitbucket"},
           {"pr:opened", "github", "{}", Form::bitbucket_dc, "github"},
           {"", "", R"({"headers":{"X-Gitlab-Event":"Push Hook"},"body":{}})", Form::gitlab, "gitlab"},
           {"", "", R"({"headers":{"x-EVENT-key":["repo:push"],"X-Hook-Uuid":["u"]},"body":{}})", Form::bitbucket_cloud,
            "bitbucket"},
           {"", "", R"({"headers":{"X-Event-Key":["pr:opened"]},"body":{}})", Form::bitbucket_dc, "bitbucket"},
           {"", "", R"({"headers":{"X-GitHub-Event":"push","X-Gogs-Event":"push","X-Gitea-Event":"push",
             "X-Forgejo-Event":"push"},"body":{}})",
            Form::github, "forgejo"},
           {"", "", R"({"headers":{"X-GitHub-Event":"push","X-Gogs-Event":"push","X-Gitea-Event":["push"]},"body":{}})",
            Form::github, "gitea"},
           {"", "", R"({"headers":{"X-GitHub-Event":"push","X-Gogs-Event":"push"},"body":{}})", Form::github, ""},
           {"", "", R"({"headers":{"X-GitHub-Event":"push"},"body":{"object_kind":"push"}})", Form::github, "github"},
           {"", "gitlab", R"({"headers":{"X-GitHub-Event":"push","X-GitHub-Delivery":"g"},"body":{}})", Form::gitlab,
            "gitlab"}}) {
    const auto fields = collect_payload(row.body).fields;
    const Delivery delivery = delivery_of(row.webhook, row.origin, fields);
    EXPECT_EQ(delivery.form, row.form) << row.webhook << row.origin << row.body;
    EXPECT_EQ(delivery.origin, row.of) << row.webhook << row.origin << row.body;
  }
}

TEST(DeliveryOf, TakesTheIdOfARetryFromTheHeaderThatStaysTheSame) {
  const auto fields = collect_payload(R"({"headers":{"X-Gitlab-Event":"Push Hook","X-Gitlab-Event-UUID":"shared",
    "Idempotency-Key":["key"]},"body":{}})")
                          .fields;
  EXPECT_EQ(delivery_of("", "", fields).id, "key");
}

}  // namespace
}  // namespace lifecycle::forge
