// Bitbucket's names: the keys of Bitbucket Cloud's and Data Center's pages "Event payloads", `:` written as `.`.
#include "agent/event/known_tables.h"

namespace lifecycle::event {
namespace {

// clang-format off
constexpr auto bitbucket_table = joined(common_names, std::to_array<KnownName>({
    {"pullrequest.created", "a pull request was created"},
    {"pullrequest.push", "new commits were pushed to a pull request"},
    {"pullrequest.updated", "a pull request was updated"},
    {"pullrequest.fulfilled", "a pull request was merged (Bitbucket's word)"},
    {"pullrequest.rejected", "a pull request was declined"},
    {"pullrequest.approved", "a pull request was approved"},
    {"pullrequest.unapproved", "an approval was taken back"},
    {"pullrequest.changes_request_created", "a reviewer asked for changes"},
    {"pullrequest.changes_request_removed", "a request for changes was taken back"},
    {"pullrequest.comment_created", "a pull request got a comment"},
    {"pullrequest.comment_updated", "a comment on a pull request was changed"},
    {"pullrequest.comment_deleted", "a comment on a pull request was deleted"},
    {"pullrequest.comment_resolved", "a comment on a pull request was resolved"},
    {"pullrequest.comment_reopened", "a comment on a pull request was reopened"},
    {"commit_status.inprogress", "a build of a commit is in progress"},
    {"commit_status.successful", "a build of a commit has succeeded"},
    {"commit_status.failed", "a build of a commit has failed"},
    {"commit_status.stopped", "a build of a commit was stopped"},
    {"commit_status.created", "a commit got a build status"},
    {"commit_status.updated", "a build status of a commit changed"},
    {"repo.commit_comment_created", "a commit got a comment"},
    {"repo.created", "a repository was created"},
    {"repo.deleted", "a repository was deleted"},
    {"repo.fork", "a repository was forked"},
    {"repo.imported", "a repository was imported"},
    {"repo.transfer", "a repository was transferred"},
    {"repo.updated", "a repository was updated"},
    {"repo.modified", "a repository was changed (Data Center)"},
    {"repo.forked", "a repository was forked (Data Center)"},
    {"repo.comment.added", "a commit got a comment (Data Center)"},
    {"repo.comment.edited", "a comment on a commit was changed (Data Center)"},
    {"repo.comment.deleted", "a comment on a commit was deleted (Data Center)"},
    {"repo.secret_detected", "a push held a secret (Data Center)"},
    {"issue.created", "an issue was created"},
    {"issue.updated", "an issue was updated"},
    {"issue.comment_created", "an issue got a comment"},
    {"project.updated", "a project was updated"},
    {"project.modified", "a project was changed (Data Center)"},
    {"pr.opened", "a pull request was opened (Data Center)"},
    {"pr.from_ref_updated", "new commits were pushed to a pull request (Data Center)"},
    {"pr.to_ref_updated", "a pull request's target branch moved (Data Center)"},
    {"pr.modified", "a pull request was changed (Data Center)"},
    {"pr.merged", "a pull request was merged (Data Center)"},
    {"pr.declined", "a pull request was declined (Data Center)"},
    {"pr.deleted", "a pull request was deleted (Data Center)"},
    {"pr.reviewer.updated", "a pull request's reviewers changed (Data Center)"},
    {"pr.reviewer.approved", "a reviewer approved a pull request (Data Center)"},
    {"pr.reviewer.unapproved", "a reviewer took an approval back (Data Center)"},
    {"pr.reviewer.changes_requested", "a reviewer asked for changes (Data Center)"},
    {"pr.comment.added", "a pull request got a comment (Data Center)"},
    {"pr.comment.edited", "a comment on a pull request was changed (Data Center)"},
    {"pr.comment.deleted", "a comment on a pull request was deleted (Data Center)"},
}));
// clang-format on

}  // namespace

std::span<const KnownName> bitbucket_names() { return bitbucket_table; }

}  // namespace lifecycle::event
