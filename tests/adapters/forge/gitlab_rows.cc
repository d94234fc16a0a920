#include "tests/adapters/forge/delivery_rows.h"

namespace lifecycle::forge {
namespace {

const std::string gitlab_project =
    R"("project":{"id":15,"path_with_namespace":"acme/platform/app","web_url":"https://GitLab.example.com/acme/platform/app",
"default_branch":"main"},"user":{"id":1,"username":"dana","name":"Dana"})";

std::string gitlab_push(const std::string& kind, const std::string& ref, const std::string& before,
                        const std::string& after) {
  return R"({"object_kind":")" + kind + R"(","event_name":")" + kind + R"(","before":")" + before + R"(","after":")" +
         after + R"(","ref":")" + ref + R"(","checkout_sha":)" + (after == no_sha ? "null" : "\"" + after + "\"") +
         R"(,"user_username":"dana","commits":[{"id":"x","timestamp":"2026-03-01T09:00:00+01:00"}],)" + gitlab_project +
         "}";
}

std::string gitlab_merge_request(const std::string& attributes, const std::string& beside = "") {
  return R"({"object_kind":"merge_request",)" + gitlab_project + "," + beside +
         R"("labels":[{"id":2,"title":"ready"}],"object_attributes":{"id":99,"iid":7,"title":"Add it","author_id":1,
"source_branch":"topic","target_branch":"main","source_project_id":15,"target_project_id":15,
"created_at":"2026-03-01 10:00:00 UTC","updated_at":"2026-03-02 10:00:00 UTC",
"last_commit":{"id":")" +
         sha_a + R"("},"url":"https://gitlab.example.com/acme/platform/app/-/merge_requests/7")" + attributes + "}}";
}

std::string gitlab_reviewers(const std::string& previous, const std::string& current) {
  return R"("changes":{"reviewers":{"previous":[)" + previous + R"(],"current":[)" + current + "]}},";
}

std::string gitlab_object(const std::string& kind, const std::string& attributes, const std::string& beside = "") {
  return R"({"object_kind":")" + kind + "\"," + gitlab_project + beside + R"(,"object_attributes":{)" + attributes +
         "}}";
}

std::string gitlab_pipeline(const std::string& status) {
  return gitlab_object("pipeline",
                       R"("id":31,"ref":"main","tag":false,"sha":")" + sha_a + R"(","status":")" + status + "\"");
}

std::string gitlab_job(const std::string& status) {
  return R"({"object_kind":"build","ref":"main","tag":false,"sha":")" + sha_a + R"(","build_status":")" + status +
         R"(","build_id":1,"commit":{"id":2366,"sha":")" + sha_a + "\"}," + gitlab_project + "}";
}

std::string gitlab_deployment(const std::string& status) {
  return R"({"object_kind":"deployment","status":")" + status +
         R"(","status_changed_at":"2026-03-01 21:50:00 +0200","deployment_id":15,"environment":"staging",
"environment_tier":"staging","short_sha":"279484c0","commit_url":"https://gitlab.example.com/acme/platform/app/-/commit/)" +
         sha_a + "\"," + gitlab_project + "}";
}

std::string gitlab_group_hook(const std::string& name) { return R"({"event_name":")" + name + R"(","group_id":3})"; }

std::string gitlab_project_hook(const std::string& name) {
  return R"({"event_name":")" + name + R"(","project_id":15,"path_with_namespace":"acme/app"})";
}

void gitlab_add_statuses(std::vector<DeliveryRow>& rows) {
  for (const char* status : {"created", "waiting_for_resource", "preparing", "pending", "running", "success", "failed",
                             "canceled", "skipped", "manual", "scheduled"}) {
    const std::string word = status;
    rows.push_back({"pipeline " + word, "gitlab", "Pipeline Hook", gitlab_pipeline(word), {"pipeline." + word}, ""});
    rows.push_back({"job " + word, "gitlab", "Job Hook", gitlab_job(word), {"job." + word}, ""});
  }
}

std::vector<DeliveryRow> gitlab_make_rows() {
  const std::string main = "refs/heads/main";
  const std::string tag = "refs/tags/v1";
  std::vector<DeliveryRow> rows{
      {"a push",
       "gitlab",
       "Push Hook",
       gitlab_push("push", main, sha_b, sha_a),
       {"push"},
       "",
       "push|refs/heads/main|" + sha_a},
      {"a new branch",
       "gitlab",
       "Push Hook",
       gitlab_push("push", main, no_sha, sha_a),
       {"push,create.branch"},
       "",
       "push|refs/heads/main|" + sha_a},
      {"a deleted branch",
       "gitlab",
       "Push Hook",
       gitlab_push("push", main, sha_b, no_sha),
       {"push.deleted,delete.branch"},
       ""},
      {"a new tag",
       "gitlab",
       "Tag Push Hook",
       gitlab_push("tag_push", tag, no_sha, sha_a),
       {"push.tag,create.tag,tag_push.created"},
       "",
       "push|refs/tags/v1|" + sha_a},
      {"a moved tag",
       "gitlab",
       "Tag Push Hook",
       gitlab_push("tag_push", tag, sha_b, sha_a),
       {"push.tag,tag_push.updated"},
       ""},
      {"a deleted tag",
       "gitlab",
       "Tag Push Hook",
       gitlab_push("tag_push", tag, sha_b, no_sha),
       {"push.deleted,delete.tag,tag_push.deleted"},
       ""},
      {"open",
       "gitlab",
       "Merge Request Hook",
       gitlab_merge_request(R"(,"action":"open")"),
       {"pull_request.opened,merge_request.opened"},
       "open",
       "pr|7|opened"},
      {"close",
       "gitlab",
       "Merge Request Hook",
       gitlab_merge_request(R"(,"action":"close")"),
       {"pull_request.closed,merge_request.closed"},
       "close",
       "pr|7|closed|2026-03-02T10:00:00Z"},
      {"merge",
       "gitlab",
       "Merge Request Hook",
       gitlab_merge_request(R"(,"action":"merge")"),
       {"pull_request.merged,merge_request.merged"},
       "merge",
       "pr|7|merged"},
      {"reopen",
       "gitlab",
       "Merge Request Hook",
       gitlab_merge_request(R"(,"action":"reopen")"),
       {"pull_request.reopened,merge_request.reopened"},
       "reopen",
       "pr|7|reopened|2026-03-02T10:00:00Z"},
      {"new commits",
       "gitlab",
       "Merge Request Hook",
       gitlab_merge_request(R"(,"action":"update","oldrev":")" + sha_b + "\""),
       {"pull_request.synchronize,merge_request.synchronize"},
       "change",
       "pr|7|sync|" + sha_a},
      {"a new reviewer",
       "gitlab",
       "Merge Request Hook",
       gitlab_merge_request(R"(,"action":"update")",
                            gitlab_reviewers(R"({"username":"eve"})", R"({"username":"eve"},{"username":"sam"})")),
       {"merge_request.review_requested,merge_request.updated"},
       "review_request",
       "pr|7|review_request|sam|2026-03-02T10:00:00Z"},
      {"a reviewer asked again",
       "gitlab",
       "Merge Request Hook",
       gitlab_merge_request(R"(,"action":"update")", gitlab_reviewers(R"({"username":"eve","re_requested":false})",
                                                                      R"({"username":"eve","re_requested":true})")),
       {"merge_request.review_requested,merge_request.updated"},
       "review_request"},
      {"a reviewer less",
       "gitlab",
       "Merge Request Hook",
       gitlab_merge_request(R"(,"action":"update")", gitlab_reviewers(R"({"username":"eve"})", "")),
       {"merge_request.updated"},
       ""},
      {"changes requested",
       "gitlab",
       "Merge Request Hook",
       gitlab_merge_request(R"(,"action":"update")",
                            gitlab_reviewers(R"({"username":"eve","state":"unreviewed"})",
                                             R"({"username":"eve","state":"requested_changes"})")),
       {"merge_request.changes_requested,merge_request.updated"},
       "change_requested"},
      {"changes requested before",
       "gitlab",
       "Merge Request Hook",
       gitlab_merge_request(R"(,"action":"update")",
                            gitlab_reviewers(R"({"username":"eve","state":"requested_changes"})",
                                             R"({"username":"eve","state":"requested_changes"})")),
       {"merge_request.updated"},
       ""},
      {"another update",
       "gitlab",
       "Merge Request Hook",
       gitlab_merge_request(R"(,"action":"update")", R"("changes":{},)"),
       {"merge_request.updated"},
       ""},
      {"no action, a state alone (T8)",
       "gitlab",
       "System Hook",
       gitlab_merge_request(R"(,"state":"merged")"),
       {"merge_request.updated"},
       ""},
      {"a comment",
       "gitlab",
       "Note Hook",
       gitlab_object("note", R"("action":"create","noteable_type":"Commit")"),
       {"note.created"},
       ""},
      {"a comment of an old version",
       "gitlab",
       "Note Hook",
       gitlab_object("note", R"("noteable_type":"Issue")"),
       {"note.created"},
       ""},
      {"a comment that was changed",
       "gitlab",
       "Confidential Note Hook",
       gitlab_object("note", R"("action":"update","noteable_type":"Issue")"),
       {"note.updated"},
       ""},
      {"a comment on a merge request",
       "gitlab",
       "Note Hook",
       gitlab_object("note", R"("action":"create","noteable_type":"MergeRequest")",
                     R"(,"merge_request":{"iid":7,"title":"Add it","source_branch":"topic","target_branch":"main",
"source_project_id":15,"target_project_id":16})"),
       {"note.created,merge_request.commented"},
       ""},
      {"deployment running",
       "gitlab",
       "Deployment Hook",
       gitlab_deployment("running"),
       {"deployment.running"},
       "started",
       "depl|15|running"},
      {"deployment success",
       "gitlab",
       "Deployment Hook",
       gitlab_deployment("success"),
       {"deployment_status.success,deployment.success"},
       "success",
       "depl|15|success"},
      {"deployment failed",
       "gitlab",
       "Deployment Hook",
       gitlab_deployment("failed"),
       {"deployment_status.failure,deployment.failed"},
       "failure",
       "depl|15|failed"},
      {"deployment blocked",
       "gitlab",
       "Deployment Hook",
       gitlab_deployment("blocked"),
       {"deployment.blocked"},
       "blocked"},
      {"deployment created", "gitlab", "Deployment Hook", gitlab_deployment("created"), {"deployment.created"}, ""},
      {"deployment canceled", "gitlab", "Deployment Hook", gitlab_deployment("canceled"), {"deployment.canceled"}, ""},
      {"deployment skipped", "gitlab", "Deployment Hook", gitlab_deployment("skipped"), {"deployment.skipped"}, ""},
      {"release create",
       "gitlab",
       "Release Hook",
       R"({"object_kind":"release","action":"create","tag":"v1","released_at":"2026-03-01 10:00:00 UTC","commit":{"id":")" +
           sha_a + "\"}," + gitlab_project + "}",
       {"release.created"},
       "",
       "rel|v1|create"},
      {"release update",
       "gitlab",
       "Release Hook",
       R"({"object_kind":"release","action":"update","tag":"v1",)" + gitlab_project + "}",
       {"release.updated"},
       ""},
      {"release delete",
       "gitlab",
       "Release Hook",
       R"({"object_kind":"release","action":"delete","tag":"v1",)" + gitlab_project + "}",
       {"release.deleted"},
       ""},
      {"emoji award",
       "gitlab",
       "Emoji Hook",
       gitlab_object("emoji", R"("id":1)", R"(,"event_type":"award")"),
       {"emoji.awarded"},
       ""},
      {"emoji revoke",
       "gitlab",
       "Emoji Hook",
       gitlab_object("emoji", R"("id":1)", R"(,"event_type":"revoke")"),
       {"emoji.revoked"},
       ""},
      {"flag on",
       "gitlab",
       "Feature Flag Hook",
       gitlab_object("feature_flag", R"("active":true)"),
       {"feature_flag.enabled"},
       ""},
      {"flag off",
       "gitlab",
       "Feature Flag Hook",
       gitlab_object("feature_flag", R"("active":false)"),
       {"feature_flag.disabled"},
       ""},
      {"a token",
       "gitlab",
       "Resource Access Token Hook",
       R"({"object_kind":"access_token","event_name":"expiring_access_token","object_attributes":{},)" +
           gitlab_project + "}",
       {"access_token.expiring"},
       ""},
      {"repository_update repeats a push",
       "gitlab",
       "System Hook",
       R"({"event_name":"repository_update","project_id":15,"changes":[],"refs":["refs/heads/main"]})",
       {},
       ""},
  };
  for (const char* kind : {"issue", "work_item"}) {
    const std::string noun = kind;
    for (const auto& [action, past] : std::vector<std::pair<std::string, std::string>>{
             {"open", "opened"}, {"close", "closed"}, {"reopen", "reopened"}, {"update", "updated"}}) {
      rows.push_back({noun + " " + action,
                      "gitlab",
                      noun == "issue" ? "Confidential Issue Hook" : "Work Item Hook",
                      gitlab_object(noun, R"("iid":3,"action":")" + action + "\""),
                      {noun + "." + past},
                      ""});
    }
  }
  for (const char* action : {"approved", "unapproved", "approval", "unapproval"}) {
    rows.push_back({action,
                    "gitlab",
                    "Merge Request Hook",
                    gitlab_merge_request(std::string(R"(,"action":")") + action + "\""),
                    {std::string("merge_request.") + action},
                    ""});
  }
  for (const auto& [action, past] : std::vector<std::pair<std::string, std::string>>{
           {"create", "created"}, {"update", "updated"}, {"delete", "deleted"}}) {
    rows.push_back({"wiki " + action,
                    "gitlab",
                    "Wiki Page Hook",
                    gitlab_object("wiki_page", R"("action":")" + action + "\""),
                    {"wiki_page." + past},
                    ""});
  }
  for (const char* action : {"create", "close", "reopen"}) {
    rows.push_back({std::string("milestone ") + action,
                    "gitlab",
                    "Milestone Hook",
                    gitlab_object("milestone", R"("iid":3)", std::string(R"(,"action":")") + action + "\""),
                    {std::string("milestone.") + action},
                    ""});
  }
  for (const char* state : {"detected", "confirmed", "dismissed", "resolved"}) {
    rows.push_back({std::string("vulnerability ") + state,
                    "gitlab",
                    "Vulnerability Hook",
                    gitlab_object("vulnerability", std::string(R"("state":")") + state + "\""),
                    {std::string("vulnerability.") + state},
                    ""});
  }
  for (const auto& [name, meaning] : std::vector<std::pair<std::string, std::string>>{
           {"user_add_to_group", "member.added"},
           {"user_update_for_group", "member.updated"},
           {"user_remove_from_group", "member.removed"},
           {"user_access_request_to_group", "member.access_requested"},
           {"user_access_request_denied_for_group", "member.access_denied"},
           {"subgroup_create", "subgroup.created"},
           {"subgroup_destroy", "subgroup.destroyed"}}) {
    rows.push_back({name, "gitlab", "", gitlab_group_hook(name), {meaning}, ""});
  }
  for (const auto& [name, meaning] :
       std::vector<std::pair<std::string, std::string>>{{"project_create", "project.created"},
                                                        {"project_destroy", "project.destroyed"},
                                                        {"project_rename", "project.renamed"},
                                                        {"project_transfer", "project.transferred"},
                                                        {"project_update", "project.updated"}}) {
    rows.push_back({name, "gitlab", "System Hook", gitlab_project_hook(name), {meaning}, ""});
  }
  gitlab_add_statuses(rows);
  return rows;
}

}  // namespace

const std::vector<DeliveryRow>& gitlab_rows() {
  static const std::vector<DeliveryRow> rows = gitlab_make_rows();
  return rows;
}

}  // namespace lifecycle::forge
