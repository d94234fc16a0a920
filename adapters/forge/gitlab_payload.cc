#include "adapters/forge/gitlab_payload.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "adapters/forge/event_header.h"
#include "adapters/forge/github_payload.h"
#include "adapters/forge/identity.h"
#include "adapters/forge/payload_shape.h"
#include "adapters/forge/payload_time.h"
#include "adapters/forge/webhook_name.h"
#include "agent/base/ascii.h"

namespace lifecycle::forge {
namespace {

using event::Change;
using event::Event;

constexpr std::string_view attributes = "object_attributes";

struct GitlabWord {
  std::string_view word;
  std::string_view meaning;
};

/// What GitLab says in the imperative, in the past.
constexpr GitlabWord gitlab_verbs[] = {{"open", "opened"},      {"close", "closed"},   {"reopen", "reopened"},
                                       {"merge", "merged"},     {"update", "updated"}, {"create", "created"},
                                       {"delete", "deleted"},   {"award", "awarded"},  {"revoke", "revoked"},
                                       {"destroy", "destroyed"}};

/// Hooks that name no object_kind: of groups and of whole instances.
constexpr GitlabWord gitlab_event_names[] = {
    {"user_add_to_group", "member.added"},
    {"user_update_for_group", "member.updated"},
    {"user_remove_from_group", "member.removed"},
    {"user_access_request_to_group", "member.access_requested"},
    {"user_access_request_denied_for_group", "member.access_denied"},
    {"user_add_to_team", "member.added"},
    {"user_update_for_team", "member.updated"},
    {"user_remove_from_team", "member.removed"},
    {"user_access_request_to_team", "member.access_requested"},
    {"user_access_request_denied_for_team", "member.access_denied"},
    {"project_create", "project.created"},
    {"project_destroy", "project.destroyed"},
    {"project_rename", "project.renamed"},
    {"project_transfer", "project.transferred"},
    {"project_update", "project.updated"},
    {"subgroup_create", "subgroup.created"},
    {"subgroup_destroy", "subgroup.destroyed"},
    {"expiring_access_token", "access_token.expiring"},
};

std::string_view gitlab_meaning(std::span<const GitlabWord> words, std::string_view word) {
  const auto row = std::ranges::find(words, word, &GitlabWord::word);
  return row == words.end() ? std::string_view{} : row->meaning;
}

/// `noun.verb` with the verb in the past; without a verb the noun.
std::string gitlab_name(std::string_view noun, std::string_view verb) {
  const std::string_view past = gitlab_meaning(gitlab_verbs, verb);
  const std::string word = past.empty() ? name_word(verb) : std::string(past);
  return word.empty() ? std::string(noun) : std::string(noun) + "." + word;
}

/// The project's path. Old job hooks tell it only as the address of its page.
std::string gitlab_repo(const PayloadFields& fields) {
  const std::string& path = fields.text("project.path_with_namespace", "path_with_namespace");
  if (!path.empty()) return path;
  const std::string_view page = fields.text("repository.homepage");
  const auto host = page.find("://");
  const auto slash = host == std::string_view::npos ? host : page.find('/', host + 3);
  return slash == std::string_view::npos ? std::string{} : std::string(page.substr(slash + 1));
}

void add_gitlab_place(Event& event, const PayloadFields& fields) {
  event.origin = "gitlab";
  event.host = host_of(fields.text("project.web_url", "repository.homepage"));
  event.repo = gitlab_repo(fields);
  event.repo_id = fields.digits("project.id");
  if (event.repo_id.empty()) event.repo_id = fields.digits("project_id");
  event.actor = fields.text("user_username", "user.username");
  if (event.actor.empty()) event.actor = fields.text("user_name", "user.name");
}

// ---- pushes

void add_gitlab_push(Event& event, const PayloadFields& fields) {
  const bool tag = event.kind == "tag_push";
  const std::string kind = event.kind;
  const std::string& ref = fields.text("ref");
  const bool moved = add_ref_update(event, {.ref = ref,
                                            .before = fields.text("before"),
                                            .after = fields.text("after"),
                                            .commit = fields.text("checkout_sha")});
  event.kind = kind;
  const auto& times = fields.texts("commits[].timestamp");
  if (!times.empty()) event.time = to_rfc3339(times.back());
  if (!moved || !tag) return;
  const bool deleted = event.name() == "push.deleted";
  const bool created = std::ranges::find(event.names, "create.tag") != event.names.end();
  event.names.emplace_back(deleted ? "tag_push.deleted" : created ? "tag_push.created" : "tag_push.updated");
}

// ---- merge requests

/// The same object, with most fields of it, lies at two places: of the event itself and of a comment's merge request.
struct MergeRequestPaths {
  std::string_view number, title, source, target, source_project, target_project, head, url, created, labels;
};

constexpr MergeRequestPaths own_paths{"object_attributes.iid",
                                      "object_attributes.title",
                                      "object_attributes.source_branch",
                                      "object_attributes.target_branch",
                                      "object_attributes.source_project_id",
                                      "object_attributes.target_project_id",
                                      "object_attributes.last_commit.id",
                                      "object_attributes.url",
                                      "object_attributes.created_at",
                                      "labels[].title"};

constexpr MergeRequestPaths noted_paths{"merge_request.iid",
                                        "merge_request.title",
                                        "merge_request.source_branch",
                                        "merge_request.target_branch",
                                        "merge_request.source_project_id",
                                        "merge_request.target_project_id",
                                        "merge_request.last_commit.id",
                                        "merge_request.url",
                                        "merge_request.created_at",
                                        "merge_request.labels[].title"};

/// `iid` is the number that people see; `id` is one of the whole instance.
void add_merge_request(Event& event, const PayloadFields& fields, const MergeRequestPaths& paths) {
  Change change;
  change.number = fields.number(paths.number);
  change.title = fields.text(paths.title);
  change.labels = fields.texts(paths.labels);
  const std::string source = fields.digits(paths.source_project);
  const std::string target = fields.digits(paths.target_project);
  if (!source.empty() && !target.empty()) change.fork = source != target;
  // The fork was deleted.
  if (fields.kind(paths.source_project) == JsonKind::null) change.fork = true;
  change.url = fields.text(paths.url);
  change.created_at = time_at(fields, paths.created);
  event.change = std::move(change);
  event.base = fields.text(paths.target);
  event.head = event.branch = fields.text(paths.source);
  event.commit = full_sha(fields.text(paths.head));
}

struct ReviewerChange {
  std::string requested;  // who is asked for a review now and was not before
  bool changes_requested = false;
};

ReviewerChange reviewer_change(const PayloadFields& fields) {
  ReviewerChange change;
  const auto& previous = fields.elements("changes.reviewers.previous");
  for (const PayloadFields& reviewer : fields.elements("changes.reviewers.current")) {
    const std::string& name = reviewer.text("username");
    const auto before = std::ranges::find(previous, name, [](const auto& one) { return one.text("username"); });
    const bool was_there = before != previous.end();
    const bool asked_again =
        reviewer.flag("re_requested").value_or(false) && !(was_there && before->flag("re_requested").value_or(false));
    if (change.requested.empty() && (!was_there || asked_again)) change.requested = name;
    constexpr std::string_view state = "requested_changes";
    const bool turned = reviewer.text("state") == state && !(was_there && before->text("state") == state);
    change.changes_requested = change.changes_requested || turned;
  }
  return change;
}

std::string change_number(const Event& event) {
  return event.change && event.change->number ? std::to_string(*event.change->number) : std::string{};
}

/// `update` is anything: new commits if there is an old revision, else what `changes` tells.
void name_gitlab_update(Event& event, const PayloadFields& fields) {
  if (!fields.text("object_attributes.oldrev").empty()) {
    event.before = full_sha(fields.text("object_attributes.oldrev"));
    return set_names(event, "pull_request.synchronize", "merge_request.synchronize");
  }
  const ReviewerChange reviewers = reviewer_change(fields);
  if (!reviewers.requested.empty()) {
    set_names(event, {}, "merge_request.review_requested");
    event.identity =
        identity_of_parts({"pr", change_number(event), "review_request", reviewers.requested, key_second(event.time)});
  }
  if (reviewers.changes_requested) set_names(event, {}, "merge_request.changes_requested");
  set_names(event, {}, "merge_request.updated");
}

/// GitLab sends no `action` from old versions and system hooks: the state alone does not tell what happened.
void name_merge_request(Event& event, const PayloadFields& fields) {
  if (event.action.empty() || event.action == "update") {
    name_gitlab_update(event, fields);
  } else {
    constexpr std::string_view common[] = {"open", "close", "merge", "reopen"};
    const bool shared = std::ranges::find(common, event.action) != std::ranges::end(common);
    set_names(event, shared ? gitlab_name("pull_request", event.action) : std::string{},
              gitlab_name("merge_request", event.action));
  }
  const std::string number = change_number(event);
  if (event.action == "close" || event.action == "reopen") {
    const std::string_view verb = event.action == "close" ? "closed" : "reopened";
    event.identity = identity_of_parts({"pr", number, verb, key_second(event.time)});
  }
}

void add_gitlab_change(Event& event, const PayloadFields& fields) {
  add_merge_request(event, fields, own_paths);
  if (event.change->labels.empty()) event.change->labels = fields.texts("object_attributes.labels[].title");
  event.action = fields.text("object_attributes.action");
  if (!is_name_word(event.action)) event.action.clear();
  // The author is told by an id only; who opens it is its author.
  const std::string author = fields.digits("object_attributes.author_id");
  if (!author.empty() && author == fields.digits("user.id")) event.change->author = event.actor;
  event.time = first_time_at(fields, {"object_attributes.updated_at", "object_attributes.created_at"});
  if (event.action == "open") event.time = event.change->created_at;
  if (event.action == "close") {
    event.time = first_time_at(fields, {"object_attributes.closed_at", "object_attributes.updated_at"});
  }
  if (event.action == "merge") {
    const std::string merge = full_sha(fields.text("object_attributes.merge_commit_sha"));
    const std::string squash = full_sha(fields.text("object_attributes.squash_commit_sha"));
    if (!merge.empty() || !squash.empty()) event.commit = merge.empty() ? squash : merge;
    event.time = first_time_at(fields, {"object_attributes.merged_at", "object_attributes.updated_at"});
    event.change->merged_at = event.time;
  }
  name_merge_request(event, fields);
}

void add_gitlab_note(Event& event, const PayloadFields& fields) {
  const std::string& type = fields.text("object_attributes.noteable_type");
  event.on_change = type == "MergeRequest" || fields.has_object("merge_request");
  if (*event.on_change) add_merge_request(event, fields, noted_paths);
  event.action = fields.text("object_attributes.action");
  event.time = first_time_at(fields, {"object_attributes.updated_at", "object_attributes.created_at"});
  set_names(event, {}, gitlab_name("note", event.action.empty() ? "create" : std::string_view(event.action)),
            *event.on_change ? "merge_request.commented" : "");
}

// ---- runs and deployments

/// A run is about its branch; of a tag it is about none.
void add_gitlab_run(Event& event, std::string_view noun, std::string_view status) {
  event.state = is_name_word(status) ? lower_case(status) : std::string{};
  set_names(event, {}, event.state.empty() ? std::string(noun) : std::string(noun) + "." + event.state);
}

void add_gitlab_pipeline(Event& event, const PayloadFields& fields) {
  if (!fields.flag("object_attributes.tag").value_or(false)) event.head = fields.text("object_attributes.ref");
  event.commit = full_sha(fields.text("object_attributes.sha"));
  event.time = first_time_at(fields, {"object_attributes.finished_at", "object_attributes.created_at"});
  add_gitlab_run(event, "pipeline", fields.text("object_attributes.status"));
}

/// `commit.id` of a job is its pipeline's id (GitLab docs, "Job events").
void add_gitlab_job(Event& event, const PayloadFields& fields) {
  if (!fields.flag("tag").value_or(false)) event.head = fields.text("ref");
  event.commit = full_sha(fields.text("sha", "commit.sha"));
  event.environment = fields.text("environment.name");
  event.time = first_time_at(fields, {"build_finished_at", "build_started_at", "build_created_at"});
  add_gitlab_run(event, "job", fields.text("build_status"));
}

void add_gitlab_deployment(Event& event, const PayloadFields& fields) {
  const std::string& status = fields.text("status");
  event.state = is_name_word(status) ? lower_case(status) : std::string{};
  event.environment = fields.text("environment");
  event.deployment = event::Deployment{.environment = event.environment,
                                       .state = event.state,
                                       .id = fields.digits("deployment_id"),
                                       .ref = fields.text("ref")};
  // `short_sha` has eight digits.
  event.commit = full_sha(last_segment(fields.text("commit_url")));
  event.time = time_at(fields, "status_changed_at");
  const bool ended = event.state == "success" || event.state == "failed";
  const std::string_view common = event.state == "success" ? "deployment_status.success" : "deployment_status.failure";
  set_names(event, ended ? common : std::string_view{},
            event.state.empty() ? std::string("deployment") : "deployment." + event.state);
  event.identity = identity_of_parts({"depl", event.deployment->id, event.state});
}

// ---- the others

void add_gitlab_release(Event& event, const PayloadFields& fields) {
  event.action = fields.text("action");
  event.release = event::Release{.tag = fields.text("tag")};
  if (!event.release->tag.empty()) set_ref(event, "refs/tags/" + event.release->tag);
  event.commit = full_sha(fields.text("commit.id"));
  event.time = first_time_at(fields, {"released_at", "created_at"});
  set_names(event, {}, gitlab_name("release", event.action));
  if (event.action == "create") event.identity = identity_of_parts({"rel", event.release->tag, "create"});
}

void add_gitlab_object(Event& event, const PayloadFields& fields) {
  event.action = fields.text("object_attributes.action", "action");
  event.time = first_time_at(fields, {"object_attributes.updated_at", "object_attributes.created_at"});
  set_names(event, {}, gitlab_name(event.kind, event.action));
}

/// A milestone's and an issue's words are alike, its names are GitLab's own all the same.
void add_gitlab_milestone(Event& event, const PayloadFields& fields) {
  event.action = fields.text("action", "object_attributes.action");
  event.time = time_at(fields, "object_attributes.updated_at");
  const std::string word = name_word(event.action);
  set_names(event, {}, word.empty() ? "milestone" : "milestone." + word);
}

void add_gitlab_emoji(Event& event, const PayloadFields& fields) {
  event.action = fields.text("event_type", "object_attributes.action");
  event.time = time_at(fields, "object_attributes.updated_at");
  set_names(event, {}, gitlab_name("emoji", event.action));
}

void add_gitlab_flag(Event& event, const PayloadFields& fields) {
  const auto active = fields.flag("object_attributes.active");
  set_names(event, {}, !active ? "feature_flag" : *active ? "feature_flag.enabled" : "feature_flag.disabled");
}

void add_gitlab_vulnerability(Event& event, const PayloadFields& fields) {
  event.state = name_word(fields.text("object_attributes.state"));
  event.time = time_at(fields, "object_attributes.updated_at");
  set_names(event, {}, event.state.empty() ? "vulnerability" : "vulnerability." + event.state);
}

void add_gitlab_token(Event& event, const PayloadFields& fields) {
  const std::string_view name = gitlab_meaning(gitlab_event_names, fields.text("event_name"));
  set_names(event, {}, name.empty() ? "access_token" : name);
}

struct GitlabKind {
  std::string_view kind;
  void (*add)(Event&, const PayloadFields&);
  std::vector<RequiredField> required;
};

const std::vector<GitlabKind>& gitlab_kinds() {
  using enum FieldForm;
  static const std::vector<GitlabKind> rows = {
      {"push", add_gitlab_push, {{"ref", text}, {"before", text}, {"after", text}}},
      {"tag_push", add_gitlab_push, {{"ref", text}, {"before", text}, {"after", text}}},
      {"merge_request", add_gitlab_change, {{attributes, object}}},
      {"note", add_gitlab_note, {{attributes, object}}},
      {"issue", add_gitlab_object, {{attributes, object}}},
      {"work_item", add_gitlab_object, {{attributes, object}}},
      {"wiki_page", add_gitlab_object, {{attributes, object}}},
      {"milestone", add_gitlab_milestone, {{attributes, object}}},
      {"emoji", add_gitlab_emoji, {{attributes, object}}},
      {"feature_flag", add_gitlab_flag, {{attributes, object}}},
      {"vulnerability", add_gitlab_vulnerability, {{attributes, object}}},
      {"pipeline", add_gitlab_pipeline, {{attributes, object}}},
      {"build", add_gitlab_job, {{"build_status", text}}},
      {"deployment", add_gitlab_deployment, {{"status", text}}},
      {"release", add_gitlab_release, {{"tag", text}}},
      {"access_token", add_gitlab_token, {}},
  };
  return rows;
}

/// Old system hooks write a confidential comment's or issue's kind in the event_type only.
std::string gitlab_kind(const PayloadFields& fields) {
  const std::string& kind = fields.text("object_kind", "event_name");
  return kind == "confidential_note" ? "note" : kind == "confidential_issue" ? "issue" : kind;
}

}  // namespace

Events map_gitlab(const PayloadFields& fields) {
  Event event;
  event.kind = gitlab_kind(fields);
  if (event.kind.empty()) return fail(foreign_payload("GitLab", "object_kind", fields));
  if (event.kind == "repository_update") return {};
  add_gitlab_place(event, fields);
  const auto row = std::ranges::find(gitlab_kinds(), event.kind, &GitlabKind::kind);
  if (row == gitlab_kinds().end()) {
    const std::string_view known = gitlab_meaning(gitlab_event_names, event.kind);
    set_names(event, {}, known.empty() ? gitlab_name(name_word(event.kind), fields.text("action")) : known);
    if (event.names.empty()) event.kind.clear();
    return std::vector<Event>{std::move(event)};
  }
  const auto missing = missing_of(row->required, fields);
  if (!missing.empty()) return fail(payload_mismatch(event.kind, missing, fields));
  row->add(event, fields);
  if (event.identity.empty()) event.identity = identity_of(event);
  if (event.names.empty()) return {};
  return std::vector<Event>{std::move(event)};
}

}  // namespace lifecycle::forge
