// Azure DevOps' names by Microsoft's "Service hooks events", and CodeCommit's, which has no webhooks of its own.
#include "agent/event/known_tables.h"

namespace lifecycle::event {
namespace {

// clang-format off
constexpr auto azure_table = joined(common_names, std::to_array<KnownName>({
    {"pullrequest.created", "a pull request was created"},
    {"pullrequest.completed", "a pull request was completed"},
    {"pullrequest.abandoned", "a pull request was abandoned"},
    {"pullrequest.reactivated", "a pull request was reactivated"},
    {"pullrequest.updated", "a pull request was updated"},
    {"pullrequest.changes_requested", "a reviewer waits for the author or rejected the changes"},
    {"pullrequest.review_requested", "a reviewer was added to a pull request"},
    {"pullrequest.merge_created", "the merge commit of a completed pull request was made"},
    {"pullrequest.commented", "a pull request got a comment"},
    {"build.complete", "a build ended, whatever its result"},
    {"build.succeeded", "a build has succeeded"},
    {"build.partially_succeeded", "a build has succeeded in part"},
    {"build.failed", "a build has failed"},
    {"build.stopped", "a build was stopped"},
    {"build.canceled", "a build was cancelled"},
    {"release.created", "a release was created"},
    {"release.abandoned", "a release was abandoned"},
    {"release.deployment_started", "a deployment of a release was started"},
    {"release.deployment_succeeded", "a deployment of a release has succeeded"},
    {"release.deployment_rejected", "a deployment of a release was rejected"},
    {"release.deployment_failed", "a deployment of a release has failed"},
    {"release.deployment_partially_succeeded", "a deployment of a release has succeeded in part"},
    {"release.deployment_canceled", "a deployment of a release was cancelled"},
    {"release.approval_pending", "a deployment of a release waits for an approval"},
    {"release.approval_completed", "an approval of a deployment was given or refused"},
    {"pipeline_run.in_progress", "a run of a pipeline is running"},
    {"pipeline_run.canceling", "a run of a pipeline is being cancelled"},
    {"pipeline_run.completed", "a run of a pipeline ended without a result"},
    {"pipeline_run.succeeded", "a run of a pipeline has succeeded"},
    {"pipeline_run.failed", "a run of a pipeline has failed"},
    {"pipeline_run.canceled", "a run of a pipeline was cancelled"},
    {"pipeline_stage.in_progress", "a stage of a pipeline is running"},
    {"pipeline_stage.canceling", "a stage of a pipeline is being cancelled"},
    {"pipeline_stage.completed", "a stage of a pipeline ended without a result"},
    {"pipeline_stage.succeeded", "a stage of a pipeline has succeeded"},
    {"pipeline_stage.failed", "a stage of a pipeline has failed"},
    {"pipeline_stage.canceled", "a stage of a pipeline was cancelled"},
    {"pipeline_stage.waiting", "a stage of a pipeline waits"},
    {"pipeline_stage.skipped", "a stage of a pipeline was skipped"},
    {"pipeline_job.in_progress", "a job of a pipeline is running"},
    {"pipeline_job.canceling", "a job of a pipeline is being cancelled"},
    {"pipeline_job.completed", "a job of a pipeline ended without a result"},
    {"pipeline_job.succeeded", "a job of a pipeline has succeeded"},
    {"pipeline_job.failed", "a job of a pipeline has failed"},
    {"pipeline_job.canceled", "a job of a pipeline was cancelled"},
    {"pipeline_job.waiting", "a job of a pipeline waits"},
    {"pipeline_job.skipped", "a job of a pipeline was skipped"},
    {"pipeline_approval.pending", "a run waits for an approval"},
    {"pipeline_approval.completed", "an approval of a run was given or refused"},
    {"tfvc.checkin", "a changeset was checked in"},
    {"workitem.created", "a work item was created"},
    {"workitem.updated", "a work item was updated"},
    {"workitem.commented", "a work item was commented"},
    {"workitem.deleted", "a work item was deleted"},
    {"workitem.restored", "a work item was restored"},
    {"message.posted", "a message was posted to a team room"},
}));
// clang-format on

}  // namespace

std::span<const KnownName> azure_names() { return azure_table; }
std::span<const KnownName> codecommit_names() { return common_names; }

}  // namespace lifecycle::event
