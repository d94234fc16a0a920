#include <algorithm>

#include "tests/adapters/forge/delivery_rows.h"

namespace lifecycle::forge {
namespace {

const std::string azure_repository =
    R"("repository":{"id":"r1","name":"App","url":"https://dev.azure.com/acme/_apis/git/repositories/r1",
"project":{"id":"p1","name":"My Project"},"defaultBranch":"refs/heads/main",
"remoteUrl":"https://acme@dev.azure.com/acme/My%20Project/_git/App"})";

std::string azure_hook(const std::string& type, const std::string& resource, const std::string& message = "") {
  return R"({"id":"d1","eventType":")" + type + R"(","publisherId":"tfs","message":{"text":")" + message +
         R"("},"resource":{)" + resource + R"(},"createdDate":"2026-03-01T10:00:00.1234567Z"})";
}

std::string azure_update(const std::string& ref, const std::string& before, const std::string& after) {
  return R"({"name":")" + ref + R"(","oldObjectId":")" + before + R"(","newObjectId":")" + after + "\"}";
}

std::string azure_push(const std::string& updates) {
  return azure_hook("git.push", R"("refUpdates":[)" + updates + R"(],"date":"2026-03-01T09:00:00Z",)" +
                                    azure_repository +
                                    R"(,"pushedBy":{"displayName":"Dana D.","uniqueName":"dana@example.com"})");
}

std::string azure_change(const std::string& status, const std::string& inner = "") {
  return azure_repository + R"(,"pullRequestId":7,"status":")" + status + R"(","title":"Add it","createdBy":
{"displayName":"Eve","uniqueName":"eve@example.com"},"creationDate":"2026-03-01T08:00:00Z",
"closedDate":"2026-03-02T10:00:00.7654321Z","closedBy":{"uniqueName":"sam@example.com"},
"sourceRefName":"refs/heads/topic","targetRefName":"refs/heads/main","lastMergeSourceCommit":{"commitId":")" +
         sha_a + R"("},"lastMergeCommit":{"commitId":")" + sha_c + "\"}" + inner;
}

std::string azure_updated(const std::string& verb, const std::string& votes = "") {
  return azure_hook("git.pullrequest.updated", azure_change("active", R"(,"reviewers":[)" + votes + "]"),
                    "Dana " + verb + " pull request 7 (Add it) in App");
}

std::string azure_deployment(const std::string& type, const std::string& status) {
  return azure_hook("ms.vss-release." + type, R"("environment":{"id":5,"name":"prod","status":")" + status +
                                                  R"("},"project":{"name":"My Project"})");
}

std::string azure_state(const std::string& noun, const std::string& word, const std::string& result) {
  return azure_hook("ms.vss-pipelines." + noun + "-state-changed-event",
                    "\"" + noun + R"(":{"state":")" + word + "\"" +
                        (result.empty() ? std::string{} : R"(,"result":")" + result + "\"") + "}");
}

std::string azure_snake(const std::string& word) {
  std::string out;
  for (const char c : word) {
    if (c >= 'A' && c <= 'Z') out += '_';
    out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return out;
}

void azure_add_pipelines(std::vector<DeliveryRow>& rows) {
  for (const char* noun : {"run", "stage", "job"}) {
    const std::string name = std::string("pipeline_") + noun;
    for (const char* word : {"inProgress", "canceling", "completed"}) {
      rows.push_back({name + word, "azure", "", azure_state(noun, word, ""), {name + "." + azure_snake(word)}, ""});
    }
    for (const char* word : {"succeeded", "failed", "canceled"}) {
      rows.push_back({name + word, "azure", "", azure_state(noun, "completed", word), {name + "." + word}, ""});
    }
    if (std::string_view(noun) == "run") continue;
    rows.push_back({name + " waiting", "azure", "", azure_state(noun, "waiting", ""), {name + ".waiting"}, ""});
    rows.push_back(
        {name + " skipped", "azure", "", azure_state(noun, "completed", "skipped"), {name + ".skipped"}, ""});
  }
}

std::vector<DeliveryRow> azure_make_rows() {
  const std::string main = "refs/heads/main";
  const std::string tag = "refs/tags/v1";
  std::vector<DeliveryRow> rows{
      {"a push",
       "azure",
       "git.push",
       azure_push(azure_update(main, sha_b, sha_a)),
       {"push"},
       "",
       "push|refs/heads/main|" + sha_a},
      {"a new branch", "azure", "git.push", azure_push(azure_update(main, no_sha, sha_a)), {"push,create.branch"}, ""},
      {"a deleted branch",
       "azure",
       "git.push",
       azure_push(azure_update(main, sha_b, no_sha)),
       {"push.deleted,delete.branch"},
       ""},
      {"a new tag", "azure", "git.push", azure_push(azure_update(tag, no_sha, sha_a)), {"push.tag,create.tag"}, ""},
      {"a moved tag", "azure", "git.push", azure_push(azure_update(tag, sha_b, sha_a)), {"push.tag"}, ""},
      {"a deleted tag",
       "azure",
       "git.push",
       azure_push(azure_update(tag, sha_b, no_sha)),
       {"push.deleted,delete.tag"},
       ""},
      {"two refs",
       "azure",
       "git.push",
       azure_push(azure_update(main, sha_b, sha_a) + "," + azure_update(tag, no_sha, sha_a)),
       {"push", "push.tag,create.tag"},
       ""},
      {"a note of git's, no branch",
       "azure",
       "git.push",
       azure_push(azure_update("refs/notes/x", sha_b, sha_a)),
       {},
       ""},
      {"no ref (CVE-2025-59538)", "azure", "git.push", azure_push(""), {}, ""},
      {"created",
       "azure",
       "git.pullrequest.created",
       azure_hook("git.pullrequest.created", azure_change("active")),
       {"pull_request.opened,pullrequest.created"},
       "open",
       "pr|7|opened"},
      {"completed",
       "azure",
       "git.pullrequest.updated",
       azure_hook("git.pullrequest.updated", azure_change("completed")),
       {"pull_request.merged,pullrequest.completed"},
       "merge",
       "pr|7|merged"},
      {"abandoned",
       "azure",
       "git.pullrequest.updated",
       azure_hook("git.pullrequest.updated", azure_change("abandoned")),
       {"pull_request.closed,pullrequest.abandoned"},
       "close",
       "pr|7|closed|2026-03-02T10:00:00Z"},
      {"new commits",
       "azure",
       "git.pullrequest.updated",
       azure_updated("updated the source branch of"),
       {"pull_request.synchronize,pullrequest.updated"},
       "change",
       "pr|7|sync|" + sha_a},
      {"reactivated",
       "azure",
       "git.pullrequest.updated",
       azure_updated("reactivated"),
       {"pull_request.reopened,pullrequest.reactivated"},
       "reopen",
       "pr|7|reopened|2026-03-01T10:00:00Z"},
      {"rejected",
       "azure",
       "git.pullrequest.updated",
       azure_updated("rejected", R"({"vote":-10})"),
       {"pullrequest.changes_requested"},
       "change_requested"},
      {"waits for the author",
       "azure",
       "git.pullrequest.updated",
       azure_updated("is waiting for the author on", R"({"vote":0},{"vote":-5})"),
       {"pullrequest.changes_requested"},
       "change_requested"},
      {"a reviewer",
       "azure",
       "git.pullrequest.updated",
       azure_updated("changed the reviewer list for", R"({"vote":0})"),
       {"pullrequest.review_requested"},
       "review_request"},
      {"a title that lies",
       "azure",
       "git.pullrequest.updated",
       azure_hook("git.pullrequest.updated", azure_change("active", R"(,"reviewers":[{"vote":-10}])"),
                  "Dana approved pull request 7 (rejected, updated the source branch of pull request 7) in App"),
       {"pullrequest.updated"},
       ""},
      {"another update",
       "azure",
       "git.pullrequest.updated",
       azure_hook("git.pullrequest.updated", azure_change("active")),
       {"pullrequest.updated"},
       ""},
      {"a merge commit",
       "azure",
       "git.pullrequest.merged",
       azure_hook("git.pullrequest.merged", azure_change("completed")),
       {"pullrequest.merge_created"},
       ""},
      {"a trial merge",
       "azure",
       "git.pullrequest.merged",
       azure_hook("git.pullrequest.merged", azure_change("active")),
       {},
       ""},
      {"a comment",
       "azure",
       "ms.vss-code.git-pullrequest-comment-event",
       azure_hook("ms.vss-code.git-pullrequest-comment-event",
                  R"("comment":{"author":{"uniqueName":"sam@example.com"},"content":"x"},"pullRequest":{)" +
                      azure_change("active") + "}"),
       {"pullrequest.commented"},
       ""},
      {"deployment started",
       "azure",
       "ms.vss-release.deployment-started-event",
       azure_deployment("deployment-started-event", "inProgress"),
       {"release.deployment_started"},
       "started"},
      {"deployment succeeded",
       "azure",
       "ms.vss-release.deployment-completed-event",
       azure_deployment("deployment-completed-event", "succeeded"),
       {"deployment_status.success,release.deployment_succeeded"},
       "success"},
      {"deployment rejected",
       "azure",
       "ms.vss-release.deployment-completed-event",
       azure_deployment("deployment-completed-event", "rejected"),
       {"deployment_status.failure,release.deployment_rejected"},
       "failure"},
      {"deployment failed",
       "azure",
       "ms.vss-release.deployment-completed-event",
       azure_deployment("deployment-completed-event", "failed"),
       {"deployment_status.failure,release.deployment_failed"},
       "failure"},
      {"deployment partially",
       "azure",
       "ms.vss-release.deployment-completed-event",
       azure_deployment("deployment-completed-event", "partiallySucceeded"),
       {"release.deployment_partially_succeeded"},
       ""},
      {"deployment canceled",
       "azure",
       "ms.vss-release.deployment-completed-event",
       azure_deployment("deployment-completed-event", "canceled"),
       {"release.deployment_canceled"},
       ""},
      {"approval pending",
       "azure",
       "",
       azure_hook("ms.vss-release.deployment-approval-pending-event", R"("approval":{})"),
       {"release.approval_pending"},
       "blocked"},
      {"approval completed",
       "azure",
       "",
       azure_hook("ms.vss-release.deployment-approval-completed-event", R"("approval":{})"),
       {"release.approval_completed"},
       ""},
      {"release created",
       "azure",
       "",
       azure_hook("ms.vss-release.release-created-event", R"("release":{"name":"Release-1"})"),
       {"release.created"},
       ""},
      {"release abandoned",
       "azure",
       "",
       azure_hook("ms.vss-release.release-abandoned-event", R"("release":{"name":"Release-1"})"),
       {"release.abandoned"},
       ""},
      {"run approval pending",
       "azure",
       "",
       azure_hook("ms.vss-pipelinechecks-events.approval-pending", ""),
       {"pipeline_approval.pending"},
       "blocked"},
      {"run approval completed",
       "azure",
       "",
       azure_hook("ms.vss-pipelinechecks-events.approval-completed", ""),
       {"pipeline_approval.completed"},
       ""},
      {"build without a result",
       "azure",
       "build.complete",
       azure_hook("build.complete", R"("status":"completed")"),
       {"build.complete"},
       ""},
      {"build of the first version",
       "azure",
       "build.complete",
       azure_hook("build.complete", R"("status":"stopped")"),
       {"build.stopped,build.complete"},
       ""},
  };
  for (const char* result : {"succeeded", "partiallySucceeded", "failed", "canceled"}) {
    rows.push_back(
        {std::string("build ") + result,
         "azure",
         "build.complete",
         azure_hook("build.complete", R"("status":"completed","result":")" + std::string(result) +
                                          R"(","sourceBranch":"refs/heads/main","sourceVersion":")" + sha_a + "\""),
         {"build." + azure_snake(result) + ",build.complete"},
         ""});
  }
  for (const char* type : {"tfvc.checkin", "workitem.created", "workitem.updated", "workitem.commented",
                           "workitem.deleted", "workitem.restored", "message.posted"}) {
    rows.push_back({type, "azure", type, azure_hook(type, ""), {type}, ""});
  }
  azure_add_pipelines(rows);
  return rows;
}

}  // namespace

const std::vector<DeliveryRow>& azure_rows() {
  static const std::vector<DeliveryRow> rows = azure_make_rows();
  return rows;
}

const std::vector<DeliveryRow>& delivery_rows() {
  static const std::vector<DeliveryRow> all = [] {
    std::vector<DeliveryRow> rows = gitlab_rows();
    for (const auto* more : {&bitbucket_rows(), &bitbucket_dc_rows(), &azure_rows()}) {
      rows.insert(rows.end(), more->begin(), more->end());
    }
    return rows;
  }();
  return all;
}

}  // namespace lifecycle::forge
