#include "adapters/forge/azure_payload.h"

#include <algorithm>
#include <iterator>

#include "adapters/forge/azure_place.h"
#include "adapters/forge/event_header.h"
#include "adapters/forge/github_payload.h"
#include "adapters/forge/identity.h"
#include "adapters/forge/payload_shape.h"
#include "adapters/forge/payload_time.h"
#include "adapters/forge/webhook_name.h"

namespace lifecycle::forge {
namespace {

using event::Change;
using event::Event;

std::string azure_user(const PayloadFields& fields, const std::string& path) {
  return fields.text(path + ".uniqueName", path + ".displayName");
}

Event azure_event(const PayloadFields& fields, const std::string& repository) {
  Event event;
  event.origin = "azure";
  add_azure_place(event, fields, repository);
  event.time = time_at(fields, "createdDate");
  return event;
}

/// A service hook is older than the dates of some resources: the resource's own comes first.
void set_time(Event& event, const PayloadFields& fields, std::string_view path) {
  if (auto time = time_at(fields, path); !time.empty()) event.time = time;
}

// ---- pushes

Events map_azure_push(const PayloadFields& fields) {
  std::vector<Event> events;
  for (const PayloadFields& update : fields.elements("resource.refUpdates")) {
    Event event = azure_event(fields, "resource.repository");
    event.actor = azure_user(fields, "resource.pushedBy");
    set_time(event, fields, "resource.date");
    const bool moved = add_ref_update(
        event, {.ref = update.text("name"), .before = update.text("oldObjectId"), .after = update.text("newObjectId")});
    if (moved) events.push_back(std::move(event));
  }
  return events;
}

// ---- pull requests

/// The change lies in `resource` itself, of a comment in `resource.pullRequest`.
void add_azure_change(Event& event, const PayloadFields& fields, const std::string& at) {
  Change change;
  change.number = fields.number(at + ".pullRequestId");
  change.title = fields.text(at + ".title");
  change.labels = fields.texts(at + ".labels[].name");
  change.fork = fields.has_object(at + ".forkSource");
  change.author = azure_user(fields, at + ".createdBy");
  change.url = fields.text(at + "._links.web.href");
  change.created_at = time_at(fields, at + ".creationDate");
  event.change = std::move(change);
  event.kind = "pullrequest";
  event.base = short_branch(fields.text(at + ".targetRefName"));
  event.head = event.branch = short_branch(fields.text(at + ".sourceRefName"));
  event.commit = full_sha(fields.text(at + ".lastMergeSourceCommit.commitId"));
}

/// What happened to an active change is told by the sentence for people only: `NAME VERB pull request 7 (TITLE) in
/// REPOSITORY`. Title and repository are anybody's text, so nothing behind the first `pull request` is looked at.
bool message_says(const PayloadFields& fields, std::string_view verb) {
  const std::string_view text = fields.text("message.text");
  const std::string_view before = text.substr(0, text.find("pull request"));
  return text.size() != before.size() && before.find(verb) != std::string_view::npos;
}

bool some_vote(const PayloadFields& fields, std::initializer_list<std::string_view> votes) {
  return std::ranges::any_of(fields.elements("resource.reviewers"), [&](const PayloadFields& reviewer) {
    return std::ranges::find(votes, reviewer.integer("vote")) != votes.end();
  });
}

void name_active(Event& event, const PayloadFields& fields) {
  // Votes: -10 rejected, -5 waiting for the author, 0 none (Microsoft docs, "Pull Request Reviewers").
  const bool waits = message_says(fields, "rejected") || message_says(fields, "waiting for the author");
  if (message_says(fields, "updated the source branch")) {
    set_names(event, "pull_request.synchronize", "pullrequest.updated");
  } else if (message_says(fields, "reactivated")) {
    set_names(event, "pull_request.reopened", "pullrequest.reactivated");
  } else if (waits && some_vote(fields, {"-10", "-5"})) {
    set_names(event, {}, "pullrequest.changes_requested");
  } else if (message_says(fields, "reviewer") && some_vote(fields, {"0"})) {
    set_names(event, {}, "pullrequest.review_requested");
  } else {
    set_names(event, {}, "pullrequest.updated");
  }
}

void name_updated(Event& event, const PayloadFields& fields) {
  const std::string& status = fields.text("resource.status");
  if (status == "completed") {
    const std::string merge = full_sha(fields.text("resource.lastMergeCommit.commitId"));
    if (!merge.empty()) event.commit = merge;
    event.change->merged_at = time_at(fields, "resource.closedDate");
    set_names(event, "pull_request.merged", "pullrequest.completed");
  } else if (status == "abandoned") {
    set_names(event, "pull_request.closed", "pullrequest.abandoned");
  } else {
    return name_active(event, fields);
  }
  event.actor = azure_user(fields, "resource.closedBy");
  set_time(event, fields, "resource.closedDate");
}

void add_azure_pull_request(Event& event, const PayloadFields& fields, std::string_view type) {
  add_azure_change(event, fields, "resource");
  event.action = fields.text("resource.status");
  if (!is_name_word(event.action)) event.action.clear();
  if (type == "git.pullrequest.created") {
    event.actor = event.change->author;
    set_time(event, fields, "resource.creationDate");
    set_names(event, "pull_request.opened", "pullrequest.created");
  } else if (type == "git.pullrequest.merged") {
    const std::string merge = full_sha(fields.text("resource.lastMergeCommit.commitId"));
    if (!merge.empty()) event.commit = merge;
    set_names(event, {}, "pullrequest.merge_created");
  } else if (type == "git.pullrequest.updated") {
    name_updated(event, fields);
  } else {
    set_names(event, {}, name_of_header(type.substr(std::string_view("git.").size())));
  }
  const std::string number = event.change->number ? std::to_string(*event.change->number) : std::string{};
  const std::string_view name = event.name();
  if (name == "pull_request.closed" || name == "pull_request.reopened") {
    const std::string_view verb = name.substr(name.find('.') + 1);
    event.identity = identity_of_parts({"pr", number, verb, key_second(event.time)});
  } else {
    event.identity = identity_of(event);
  }
}

void add_azure_comment(Event& event, const PayloadFields& fields) {
  add_azure_change(event, fields, "resource.pullRequest");
  event.on_change = true;
  event.actor = azure_user(fields, "resource.comment.author");
  event.action = fields.flag("resource.comment.isDeleted").value_or(false) ? "deleted" : "";
  set_time(event, fields, "resource.comment.lastUpdatedDate");
  set_names(event, {}, "pullrequest.commented");
}

// ---- builds, releases, pipelines

/// `succeeded` of a result, `inProgress` of a state that has no result yet.
std::string outcome(const PayloadFields& fields, std::string_view result, std::string_view state) {
  const std::string word = name_word(fields.text(result));
  return word.empty() || word == "unknown" || word == "none" ? name_word(fields.text(state)) : word;
}

void add_source(Event& event, std::string_view ref, std::string_view commit) {
  if (ref.starts_with("refs/heads/")) event.head = short_branch(ref);
  event.commit = full_sha(commit);
}

void add_azure_build(Event& event, const PayloadFields& fields) {
  event.state = outcome(fields, "resource.result", "resource.status");
  event.actor = azure_user(fields, "resource.requestedFor");
  add_source(event, fields.text("resource.sourceBranch"), fields.text("resource.sourceVersion"));
  set_time(event, fields, "resource.finishTime");
  const bool told = !event.state.empty() && event.state != "completed";
  set_names(event, {}, told ? "build." + event.state : std::string{}, "build.complete");
}

void add_azure_deployment(Event& event, const PayloadFields& fields, const std::string& name) {
  const std::string& environment =
      fields.text("resource.environment.name", "resource.approval.releaseEnvironment.name");
  event.environment = environment;
  event.deployment = event::Deployment{.environment = environment,
                                       .state = fields.text("resource.environment.status"),
                                       .id = fields.digits("resource.deployment.id"),
                                       .ref = {}};
  event.actor = azure_user(fields, "resource.deployment.requestedBy");
  const std::string status = name_word(event.deployment->state);
  event.state = status;
  if (name != "release.deployment_completed") return set_names(event, {}, name);
  const bool failed = status == "rejected" || status == "failed";
  const std::string_view common = status == "succeeded" ? "deployment_status.success"
                                  : failed              ? "deployment_status.failure"
                                                        : std::string_view{};
  set_names(event, common, status.empty() ? name : "release.deployment_" + status);
}

void add_azure_release(Event& event, const PayloadFields& fields, const std::string& name) {
  if (name.starts_with("release.deployment_") || name.starts_with("release.approval_")) {
    return add_azure_deployment(event, fields, name);
  }
  event.release = event::Release{.tag = fields.text("resource.release.name")};
  set_names(event, {}, name);
}

/// `pipeline_run`, `pipeline_stage`, `pipeline_job`: each has an object of its own in the resource.
void add_azure_pipeline(Event& event, const PayloadFields& fields, const std::string& name) {
  const std::string at = "resource." + name.substr(std::string_view("pipeline_").size());
  event.state = outcome(fields, at + ".result", at + ".state");
  add_source(event, fields.text("resource.run.resources.repositories.self.refName"),
             fields.text("resource.run.resources.repositories.self.version"));
  if (name == "pipeline_run") set_time(event, fields, "resource.run.finishedDate");
  set_names(event, {}, event.state.empty() ? name : name + "." + event.state);
}

bool is_change_type(std::string_view type) { return type.starts_with("git.pullrequest."); }

constexpr std::string_view comment_type = "ms.vss-code.git-pullrequest-comment-event";

std::vector<RequiredField> azure_required(std::string_view type, const std::string& name) {
  using enum FieldForm;
  if (type == "git.push") return {{"resource.refUpdates", array}};
  if (type == comment_type) return {{"resource.pullRequest", object}};
  if (is_change_type(type)) return {{"resource.targetRefName", text}};
  if (name == "pipeline_run") return {{"resource.run", object}};
  if (name == "pipeline_stage") return {{"resource.stage", object}};
  if (name == "pipeline_job") return {{"resource.job", object}};
  if (name.starts_with("release.deployment_")) return {{"resource.environment", object}};
  return {{"resource", object}};
}

/// A type that is not known keeps its words: `ms.vss-x.y-event` is `x.y`.
std::string azure_name(std::string_view type) {
  constexpr std::string_view start = "ms.vss-";
  constexpr std::string_view end = "-event";
  std::string name = name_of_header(type);
  if (!type.starts_with(start) || !name.starts_with("ms.vss_")) return name;
  type.remove_prefix(start.size());
  if (type.ends_with(end)) type.remove_suffix(end.size());
  return name_word(type);
}

}  // namespace

Events map_azure(const PayloadFields& fields) {
  const std::string& type = fields.text("eventType");
  if (type.empty()) return fail(foreign_payload("Azure DevOps", "eventType", fields));
  const std::string name = azure_name(type);
  const auto missing = missing_of(azure_required(type, name), fields);
  if (!missing.empty()) return fail(payload_mismatch(type, missing, fields));
  if (type == "git.push") return map_azure_push(fields);
  if (type == "git.pullrequest.merged" && fields.text("resource.status") != "completed") return {};
  Event event = azure_event(fields, type == comment_type ? "resource.pullRequest.repository" : "resource.repository");
  event.kind = name.substr(0, name.find('.'));
  if (is_change_type(type)) {
    add_azure_pull_request(event, fields, type);
  } else if (type == comment_type) {
    add_azure_comment(event, fields);
  } else if (name == "build.complete") {
    add_azure_build(event, fields);
  } else if (name.starts_with("release.")) {
    add_azure_release(event, fields, name);
  } else if (name == "pipeline_run" || name == "pipeline_stage" || name == "pipeline_job") {
    add_azure_pipeline(event, fields, name);
  } else {
    set_names(event, {}, name);
  }
  return std::vector<Event>{std::move(event)};
}

}  // namespace lifecycle::forge
