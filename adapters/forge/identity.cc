#include "adapters/forge/identity.h"

namespace lifecycle::forge {
namespace {

std::string number_of(const event::Event& event) {
  return event.change && event.change->number ? std::to_string(*event.change->number) : std::string{};
}

std::string run_identity(const PayloadFields& fields, std::string_view action) {
  const std::string& conclusion = fields.text("workflow_run.conclusion");
  const std::string_view status = action == "completed" && !conclusion.empty() ? std::string_view(conclusion) : action;
  return identity_of_parts(
      {"run", fields.digits("workflow_run.id"), fields.digits("workflow_run.run_attempt"), status});
}

}  // namespace

std::string identity_of_parts(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) {
    if (part.empty()) return {};
    if (!text.empty()) text += '|';
    text += part;
  }
  return text;
}

std::string identity_of(const event::Event& event) {
  const std::string_view name = event.name();
  const std::string number = number_of(event);
  if (name == "pull_request.opened") return identity_of_parts({"pr", number, "opened"});
  if (name == "pull_request.merged") return identity_of_parts({"pr", number, "merged"});
  if (name == "pull_request.synchronize") return identity_of_parts({"pr", number, "sync", event.commit});
  if (name == "push" || name == "push.tag") return identity_of_parts({"push", event.ref, event.commit});
  if (name == "create.tag") return identity_of_parts({"tag", event.tag, event.commit});
  return {};
}

std::string identity_of(const event::Event& event, const PayloadFields& fields) {
  const std::string_view name = event.name();
  const std::string number = number_of(event);
  if (name == "pull_request.closed")
    return identity_of_parts({"pr", number, "closed", fields.text("pull_request.closed_at")});
  // The close before is not told by this body.
  if (name == "pull_request.reopened")
    return identity_of_parts({"pr", number, "reopened", fields.text("pull_request.updated_at")});
  if (name == "pull_request.review_requested") {
    const std::string& reviewer = fields.text("requested_reviewer.login", "requested_team.slug");
    return identity_of_parts({"pr", number, "review_request", reviewer, fields.text("pull_request.updated_at")});
  }
  if (name == "pull_request_review.changes_requested") {
    return identity_of_parts({"pr", number, "changes_requested", fields.digits("review.id")});
  }
  // `after`, not the commit: of an annotated tag they differ, and a poll sees the ref's own value.
  if (name == "push" || name == "push.tag") return identity_of_parts({"push", event.ref, fields.text("after")});
  if (event.kind == "deployment_status") {
    return identity_of_parts({"depl", fields.digits("deployment.id"), fields.digits("deployment_status.id")});
  }
  if (name == "deployment.created") return identity_of_parts({"depl", fields.digits("deployment.id"), "created"});
  if (name == "release.published") return identity_of_parts({"rel", fields.digits("release.id"), "published"});
  if (event.kind == "workflow_run") return run_identity(fields, event.action);
  return identity_of(event);
}

}  // namespace lifecycle::forge
