#include "tests/adapters/forge/delivery_rows.h"

namespace lifecycle::forge {
namespace {

const std::string cloud_place =
    R"("repository":{"uuid":"{r1}","full_name":"acme/app","links":{"html":{"href":"https://bitbucket.org/acme/app"}}},
"actor":{"nickname":"dana","display_name":"Dana D.","uuid":"{u1}"})";

std::string cloud_ref(const std::string& type, const std::string& sha) {
  return R"({"type":")" + type + R"(","name":")" + (type == "tag" ? "v1" : "feature/x") + R"(","target":{"hash":")" +
         sha + R"(","date":"2026-03-01T10:00:00+00:00"}})";
}

std::string cloud_push(const std::string& changes) {
  return R"({"push":{"changes":[)" + changes + "]}," + cloud_place + "}";
}

std::string cloud_change(const std::string& before, const std::string& after) {
  return R"({"old":)" + before + R"(,"new":)" + after + R"(,"created":false,"closed":false})";
}

std::string cloud_pull_request(const std::string& inner = "", const std::string& beside = "") {
  return R"({"pullrequest":{"id":7,"title":"Add it","author":{"nickname":"eve"},"state":"OPEN",
"created_on":"2026-03-01T10:00:00.123456+00:00","updated_on":"2026-03-02T10:00:00.654321+00:00",
"source":{"branch":{"name":"topic"},"commit":{"hash":"aaaaaaaaaaaa"},"repository":{"uuid":"{r2}","full_name":"eve/app"}},
"destination":{"branch":{"name":"main"},"commit":{"hash":"bbbbbbbbbbbb"},"repository":{"uuid":"{r1}","full_name":"acme/app"}},
"links":{"html":{"href":"https://bitbucket.org/acme/app/pull-requests/7"}})" +
         inner + "}," + beside + cloud_place + "}";
}

std::string cloud_status(const std::string& state) {
  return R"({"commit_status":{"state":")" + state +
         R"(","refname":"main","links":{"commit":{"href":"https://api.bitbucket.org/2.0/repositories/acme/app/commit/)" +
         sha_a + R"("}},"updated_on":"2026-03-01T10:00:00+00:00"},)" + cloud_place + "}";
}

std::vector<DeliveryRow> cloud_rows() {
  const std::string branch = cloud_ref("branch", sha_a);
  const std::string old_branch = cloud_ref("branch", sha_b);
  const std::string tag = cloud_ref("tag", sha_a);
  std::vector<DeliveryRow> rows{
      {"a push",
       "bitbucket",
       "repo:push",
       cloud_push(cloud_change(old_branch, branch)),
       {"push"},
       "",
       "push|refs/heads/feature/x|" + sha_a},
      {"a new branch", "bitbucket", "repo:push", cloud_push(cloud_change("null", branch)), {"push,create.branch"}, ""},
      {"a deleted branch",
       "bitbucket",
       "repo:push",
       cloud_push(cloud_change(old_branch, "null")),
       {"push.deleted,delete.branch"},
       ""},
      {"a new tag",
       "bitbucket",
       "repo:push",
       cloud_push(cloud_change("null", tag)),
       {"push.tag,create.tag"},
       "",
       "push|refs/tags/v1|" + sha_a},
      {"a deleted tag",
       "bitbucket",
       "repo:push",
       cloud_push(cloud_change(cloud_ref("tag", sha_b), "null")),
       {"push.deleted,delete.tag"},
       ""},
      {"a moved tag",
       "bitbucket",
       "repo:push",
       cloud_push(cloud_change(cloud_ref("tag", sha_b), tag)),
       {"push.tag"},
       ""},
      {"three refs (T6)",
       "bitbucket",
       "repo:push",
       cloud_push(cloud_change(old_branch, branch) + "," + cloud_change("null", tag) + "," +
                  cloud_change(old_branch, "null")),
       {"push", "push.tag,create.tag", "push.deleted,delete.branch"},
       ""},
      {"no ref at all", "bitbucket", "repo:push", cloud_push(""), {}, ""},
      {"created",
       "bitbucket",
       "pullrequest:created",
       cloud_pull_request(),
       {"pull_request.opened,pullrequest.created"},
       "open",
       "pr|7|opened"},
      {"push",
       "bitbucket",
       "pullrequest:push",
       cloud_pull_request(),
       {"pull_request.synchronize,pullrequest.push"},
       "change",
       "pr|7|sync|aaaaaaaaaaaa"},
      {"updated", "bitbucket", "pullrequest:updated", cloud_pull_request(), {"pullrequest.updated"}, ""},
      {"fulfilled",
       "bitbucket",
       "pullrequest:fulfilled",
       cloud_pull_request(R"(,"merge_commit":{"hash":"cccccccccccc"})"),
       {"pull_request.merged,pullrequest.fulfilled"},
       "merge",
       "pr|7|merged"},
      {"rejected",
       "bitbucket",
       "pullrequest:rejected",
       cloud_pull_request(),
       {"pull_request.closed,pullrequest.rejected"},
       "close",
       "pr|7|closed|2026-03-02T10:00:00Z"},
      {"changes requested",
       "bitbucket",
       "pullrequest:changes_request_created",
       cloud_pull_request("", R"("changes_request":{"date":"2026-03-02T11:00:00+00:00"},)"),
       {"pullrequest.changes_request_created"},
       "change_requested"},
      {"no changes requested any more",
       "bitbucket",
       "pullrequest:changes_request_removed",
       cloud_pull_request(),
       {"pullrequest.changes_request_removed"},
       ""},
      {"status created",
       "bitbucket",
       "repo:commit_status_created",
       cloud_status("INPROGRESS"),
       {"commit_status.inprogress,commit_status.created"},
       ""},
      {"status updated",
       "bitbucket",
       "repo:commit_status_updated",
       cloud_status("SUCCESSFUL"),
       {"commit_status.successful,commit_status.updated"},
       ""},
      {"status failed",
       "bitbucket",
       "repo:commit_status_updated",
       cloud_status("FAILED"),
       {"commit_status.failed,commit_status.updated"},
       ""},
      {"status stopped",
       "bitbucket",
       "repo:commit_status_updated",
       cloud_status("STOPPED"),
       {"commit_status.stopped,commit_status.updated"},
       ""},
      {"a comment on a commit",
       "bitbucket",
       "repo:commit_comment_created",
       R"({"comment":{"id":1},"commit":{"hash":")" + sha_a + "\"}," + cloud_place + "}",
       {"repo.commit_comment_created"},
       ""},
      {"a fork", "bitbucket", "repo:fork", R"({"fork":{},)" + cloud_place + "}", {"repo.fork"}, ""},
      {"an issue", "bitbucket", "issue:created", R"({"issue":{"id":1},)" + cloud_place + "}", {"issue.created"}, ""},
      {"an issue's update",
       "bitbucket",
       "issue:updated",
       R"({"issue":{"id":1},"changes":{},)" + cloud_place + "}",
       {"issue.updated"},
       ""},
      {"an issue's comment",
       "bitbucket",
       "issue:comment_created",
       R"({"issue":{"id":1},"comment":{},)" + cloud_place + "}",
       {"issue.comment_created"},
       ""},
      {"a project", "bitbucket", "project:updated", "{" + cloud_place + "}", {"project.updated"}, ""},
  };
  for (const char* verb : {"approved", "unapproved", "comment_created", "comment_updated", "comment_deleted",
                           "comment_resolved", "comment_reopened"}) {
    rows.push_back({verb,
                    "bitbucket",
                    std::string("pullrequest:") + verb,
                    cloud_pull_request(),
                    {std::string("pullrequest.") + verb},
                    ""});
  }
  for (const char* verb : {"created", "deleted", "imported", "transfer", "updated"}) {
    rows.push_back({std::string("repo ") + verb,
                    "bitbucket",
                    std::string("repo:") + verb,
                    "{" + cloud_place + "}",
                    {std::string("repo.") + verb},
                    ""});
  }
  return rows;
}

const std::string dc_repository =
    R"({"id":84,"slug":"app","project":{"key":"ACME"},"links":{"self":[{"href":"https://git.example.com:7990/projects/ACME/repos/app/browse"}]}})";
const std::string dc_actor = R"("date":"2026-03-01T10:00:00+1000","actor":{"name":"dana","displayName":"Dana D."})";

std::string dc_change(const std::string& type, const std::string& ref, const std::string& before,
                      const std::string& after) {
  const std::string kind = ref.starts_with("refs/tags/") ? "TAG" : "BRANCH";
  return R"({"ref":{"id":")" + ref + R"(","displayId":"x","type":")" + kind + R"("},"refId":")" + ref +
         R"(","fromHash":")" + before + R"(","toHash":")" + after + R"(","type":")" + type + "\"}";
}

std::string dc_push(const std::string& changes) {
  return R"({"eventKey":"repo:refs_changed","repository":)" + dc_repository + R"(,"changes":[)" + changes + "]," +
         dc_actor + "}";
}

std::string dc_pull_request(const std::string& key, const std::string& inner = "", const std::string& beside = "") {
  return R"({"eventKey":")" + key + R"(","pullRequest":{"id":7,"title":"Add it","createdDate":1772359200000,
"updatedDate":1772445600000,"author":{"user":{"name":"eve"}},"fromRef":{"id":"refs/heads/topic","displayId":"topic",
"latestCommit":")" +
         sha_a + R"(","repository":{"id":85,"slug":"app","project":{"key":"~EVE"}}},"toRef":{"id":"refs/heads/main",
"displayId":"main","latestCommit":")" +
         sha_b + R"(","repository":)" + dc_repository +
         R"(},"links":{"self":[{"href":"https://git.example.com:7990/projects/ACME/repos/app/pull-requests/7"}]})" +
         inner + "}," + beside + dc_actor + "}";
}

std::vector<DeliveryRow> dc_rows() {
  const std::string main = "refs/heads/main";
  const std::string tag = "refs/tags/v1";
  std::vector<DeliveryRow> rows{
      {"DC push",
       "bitbucket",
       "repo:refs_changed",
       dc_push(dc_change("UPDATE", main, sha_b, sha_a)),
       {"push"},
       "",
       "push|refs/heads/main|" + sha_a},
      {"DC new branch",
       "bitbucket",
       "repo:refs_changed",
       dc_push(dc_change("ADD", main, no_sha, sha_a)),
       {"push,create.branch"},
       ""},
      {"DC deleted branch",
       "bitbucket",
       "repo:refs_changed",
       dc_push(dc_change("DELETE", main, sha_b, no_sha)),
       {"push.deleted,delete.branch"},
       ""},
      {"DC new tag",
       "bitbucket",
       "repo:refs_changed",
       dc_push(dc_change("ADD", tag, no_sha, sha_a)),
       {"push.tag,create.tag"},
       ""},
      {"DC deleted tag",
       "bitbucket",
       "repo:refs_changed",
       dc_push(dc_change("DELETE", tag, sha_b, no_sha)),
       {"push.deleted,delete.tag"},
       ""},
      {"DC moved tag",
       "bitbucket",
       "repo:refs_changed",
       dc_push(dc_change("UPDATE", tag, sha_b, sha_a)),
       {"push.tag"},
       ""},
      {"DC two refs",
       "bitbucket",
       "repo:refs_changed",
       dc_push(dc_change("UPDATE", main, sha_b, sha_a) + "," + dc_change("ADD", tag, no_sha, sha_a)),
       {"push", "push.tag,create.tag"},
       ""},
      {"DC opened",
       "bitbucket",
       "pr:opened",
       dc_pull_request("pr:opened"),
       {"pull_request.opened,pr.opened"},
       "open",
       "pr|7|opened"},
      {"DC from_ref_updated",
       "bitbucket",
       "pr:from_ref_updated",
       dc_pull_request("pr:from_ref_updated", "", R"("previousFromHash":")" + sha_c + "\","),
       {"pull_request.synchronize,pr.from_ref_updated"},
       "change",
       "pr|7|sync|" + sha_a},
      {"DC to_ref_updated",
       "bitbucket",
       "pr:to_ref_updated",
       dc_pull_request("pr:to_ref_updated"),
       {"pr.to_ref_updated"},
       ""},
      {"DC modified", "bitbucket", "pr:modified", dc_pull_request("pr:modified"), {"pr.modified"}, ""},
      {"DC reviewers added",
       "bitbucket",
       "pr:reviewer:updated",
       dc_pull_request("pr:reviewer:updated", "", R"("addedReviewers":[{"name":"sam"}],"removedReviewers":[],)"),
       {"pr.reviewer.updated"},
       "review_request",
       "pr|7|review_request|sam|2026-03-02T10:00:00Z"},
      {"DC reviewers removed",
       "bitbucket",
       "pr:reviewer:updated",
       dc_pull_request("pr:reviewer:updated", "", R"("addedReviewers":[],"removedReviewers":[{"name":"sam"}],)"),
       {"pr.reviewer.updated"},
       ""},
      {"DC changes requested",
       "bitbucket",
       "pr:reviewer:changes_requested",
       dc_pull_request("pr:reviewer:changes_requested"),
       {"pr.reviewer.changes_requested"},
       "change_requested"},
      {"DC needs work",
       "bitbucket",
       "pr:reviewer:needs_work",
       dc_pull_request("pr:reviewer:needs_work"),
       {"pr.reviewer.changes_requested"},
       "change_requested"},
      {"DC merged",
       "bitbucket",
       "pr:merged",
       dc_pull_request("pr:merged",
                       R"(,"closedDate":1772445600000,"properties":{"mergeCommit":{"id":")" + sha_c + R"("}})"),
       {"pull_request.merged,pr.merged"},
       "merge",
       "pr|7|merged"},
      {"DC declined",
       "bitbucket",
       "pr:declined",
       dc_pull_request("pr:declined", R"(,"closedDate":1772445600999)"),
       {"pull_request.closed,pr.declined"},
       "close",
       "pr|7|closed|2026-03-02T10:00:00Z"},
      {"DC deleted",
       "bitbucket",
       "pr:deleted",
       dc_pull_request("pr:deleted"),
       {"pull_request.closed,pr.deleted"},
       "close"},
      {"DC mirror repeats pushes",
       "bitbucket",
       "mirror:repo_synchronized",
       R"({"eventKey":"mirror:repo_synchronized","repository":)" + dc_repository + "}",
       {},
       ""},
      {"DC ping", "bitbucket", "diagnostics:ping", R"({"test":true})", {""}, ""},
      {"DC ping without anything", "bitbucket", "diagnostics:ping", "{}", {""}, ""},
  };
  for (const char* key :
       {"reviewer:approved", "reviewer:unapproved", "comment:added", "comment:edited", "comment:deleted"}) {
    const std::string full = std::string("pr:") + key;
    std::string name = "pr." + std::string(key);
    name.replace(name.find(':'), 1, ".");
    rows.push_back({"DC " + full, "bitbucket", full, dc_pull_request(full), {name}, ""});
  }
  for (const char* key : {"repo:modified", "repo:forked", "repo:comment:added", "repo:comment:edited",
                          "repo:comment:deleted", "repo:secret_detected", "project:modified"}) {
    std::string name = key;
    for (auto at = name.find(':'); at != std::string::npos; at = name.find(':')) name.replace(at, 1, ".");
    rows.push_back({std::string("DC ") + key,
                    "bitbucket",
                    key,
                    std::string(R"({"eventKey":")") + key + R"(","repository":)" + dc_repository + "," + dc_actor + "}",
                    {name},
                    ""});
  }
  return rows;
}

}  // namespace

const std::vector<DeliveryRow>& bitbucket_rows() {
  static const std::vector<DeliveryRow> rows = cloud_rows();
  return rows;
}

const std::vector<DeliveryRow>& bitbucket_dc_rows() {
  static const std::vector<DeliveryRow> rows = dc_rows();
  return rows;
}

}  // namespace lifecycle::forge
