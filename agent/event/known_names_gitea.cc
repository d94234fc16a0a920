// Gitea's and Forgejo's names: GitHub's where the payloads are alike, and their own words (services/webhook of both).
#include "agent/event/known_tables.h"

namespace lifecycle::event {
namespace {

// clang-format off
constexpr auto family = joined(common_names, std::to_array<KnownName>({
    {"pull_request.synchronized", "new commits were pushed to a pull request (Gitea's word)"},
    {"pull_request.review_requested", "a review of a pull request was requested"},
    {"pull_request.review_request_removed", "a request for a review was taken back"},
    {"pull_request.label_updated", "a pull request's labels changed"},
    {"pull_request.label_cleared", "a pull request lost all labels"},
    {"pull_request.assigned", "a pull request was assigned"},
    {"pull_request.unassigned", "a pull request was unassigned"},
    {"pull_request.milestoned", "a pull request was added to a milestone"},
    {"pull_request.demilestoned", "a pull request was taken out of a milestone"},
    {"pull_request.edited", "a pull request was edited"},
    {"pull_request_review.approved", "a review approved the changes"},
    {"pull_request_review.changes_requested", "a review asked for changes"},
    {"pull_request_review.commented", "a review commented without a verdict"},
    {"pull_request_review.reviewed", "a review was submitted, whatever its verdict"},
    {"issues.opened", "an issue was opened"},
    {"issues.edited", "an issue was edited"},
    {"issues.closed", "an issue was closed"},
    {"issues.reopened", "an issue was reopened"},
    {"issues.deleted", "an issue was deleted"},
    {"issues.assigned", "an issue was assigned"},
    {"issues.unassigned", "an issue was unassigned"},
    {"issues.label_updated", "an issue's labels changed"},
    {"issues.label_cleared", "an issue lost all labels"},
    {"issues.milestoned", "an issue was added to a milestone"},
    {"issues.demilestoned", "an issue was taken out of a milestone"},
    {"issue_comment.created", "a comment on an issue or pull request was created"},
    {"issue_comment.edited", "a comment on an issue or pull request was edited"},
    {"issue_comment.deleted", "a comment on an issue or pull request was deleted"},
    {"release.published", "a release was published"},
    {"release.updated", "a release was updated"},
    {"release.deleted", "a release was deleted"},
    {"repository.created", "a repository was created"},
    {"repository.deleted", "a repository was deleted"},
    {"fork", "a repository was forked"},
    {"wiki.created", "a wiki page was created"},
    {"wiki.edited", "a wiki page was edited"},
    {"wiki.deleted", "a wiki page was deleted"},
    {"package.created", "a package was created"},
    {"package.deleted", "a package was deleted"},
    {"workflow_call", "a reusable workflow was called and the caller's event is not told"},
}));

constexpr auto gitea_table = joined(family, std::to_array<KnownName>({
    {"status", "a commit got a status, whatever its state"},
    {"status.pending", "a commit got the status pending"},
    {"status.success", "a commit got the status success"},
    {"status.failure", "a commit got the status failure"},
    {"status.error", "a commit got the status error"},
    {"status.warning", "a commit got the status warning"},
    {"workflow_run.requested", "a workflow run was requested"},
    {"workflow_run.in_progress", "a workflow run is running"},
    {"workflow_run.success", "a workflow run ended with success"},
    {"workflow_run.failure", "a workflow run ended with failure"},
    {"workflow_run.cancelled", "a workflow run ended with cancelled"},
    {"workflow_run.skipped", "a workflow run ended with skipped"},
    {"workflow_run.completed", "a workflow run ended, whatever its conclusion"},
    {"workflow_job.queued", "a job of a workflow was queued"},
    {"workflow_job.waiting", "a job of a workflow waits"},
    {"workflow_job.in_progress", "a job of a workflow is running"},
    {"workflow_job.success", "a job of a workflow ended with success"},
    {"workflow_job.failure", "a job of a workflow ended with failure"},
    {"workflow_job.cancelled", "a job of a workflow ended with cancelled"},
    {"workflow_job.skipped", "a job of a workflow ended with skipped"},
    {"workflow_job.completed", "a job of a workflow ended, whatever its conclusion"},
}));

constexpr auto forgejo_table = joined(family, std::to_array<KnownName>({
    {"action_run.failure", "a run of Actions has failed"},
    {"action_run.success", "a run of Actions has succeeded"},
    {"action_run.recover", "a run of Actions has succeeded after a failed one"},
}));
// clang-format on

}  // namespace

std::span<const KnownName> gitea_names() { return gitea_table; }
std::span<const KnownName> forgejo_names() { return forgejo_table; }

}  // namespace lifecycle::event
