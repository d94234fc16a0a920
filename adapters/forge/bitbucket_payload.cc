#include "adapters/forge/bitbucket_payload.h"

#include <algorithm>
#include <iterator>

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

/// Users have no user name since 2019: a nickname, or the name that is shown. Teams and old bodies have one.
std::string cloud_user(const PayloadFields& fields, const std::string& path) {
  for (const char* field : {".nickname", ".display_name", ".username"}) {
    if (const std::string& name = fields.text(path + field); !name.empty()) return name;
  }
  return {};
}

Event cloud_event(const PayloadFields& fields) {
  Event event;
  event.origin = "bitbucket";
  event.host = host_of(fields.text("repository.links.html.href"));
  event.repo = fields.text("repository.full_name");
  event.repo_id = fields.text("repository.uuid");
  event.actor = cloud_user(fields, "actor");
  return event;
}

// ---- pushes

/// One change of a push: either side is null where the ref is not there.
bool add_cloud_change(Event& event, const PayloadFields& change) {
  const std::string& type = change.text("new.type", "old.type");
  const std::string& name = change.text("new.name", "old.name");
  const bool branch = type == "branch" || type == "named_branch";
  if (name.empty() || (!branch && type != "tag")) return false;
  const std::string ref = (branch ? "refs/heads/" : "refs/tags/") + name;
  event.time = time_at(change, "new.target.date");
  return add_ref_update(
      event, {.ref = ref, .before = change.text("old.target.hash"), .after = change.text("new.target.hash")});
}

Events map_cloud_push(const PayloadFields& fields) {
  std::vector<Event> events;
  for (const PayloadFields& change : fields.elements("push.changes")) {
    Event event = cloud_event(fields);
    if (add_cloud_change(event, change)) events.push_back(std::move(event));
  }
  return events;
}

// ---- pull requests

std::optional<bool> cloud_fork(const PayloadFields& fields) {
  if (fields.kind("pullrequest.source.repository") == JsonKind::null) return true;  // it was deleted
  const std::string& source = fields.text("pullrequest.source.repository.uuid");
  const std::string& target = fields.text("pullrequest.destination.repository.uuid", "repository.uuid");
  if (!source.empty() && !target.empty()) return source != target;
  const std::string& name = fields.text("pullrequest.source.repository.full_name");
  const std::string& base = fields.text("pullrequest.destination.repository.full_name", "repository.full_name");
  if (!name.empty() && !base.empty()) return !same_without_case(name, base);
  return std::nullopt;
}

/// Hashes of a pull request have 12 digits: they tell a head from another in a key, and are no commit.
void add_cloud_pull_request(Event& event, const PayloadFields& fields) {
  Change change;
  change.number = fields.number("pullrequest.id");
  change.title = fields.text("pullrequest.title");
  change.fork = cloud_fork(fields);
  change.author = cloud_user(fields, "pullrequest.author");
  change.url = fields.text("pullrequest.links.html.href");
  change.created_at = time_at(fields, "pullrequest.created_on");
  event.change = std::move(change);
  event.base = fields.text("pullrequest.destination.branch.name");
  event.head = event.branch = fields.text("pullrequest.source.branch.name");
  event.commit = full_sha(fields.text("pullrequest.source.commit.hash"));
  event.time = first_time_at(fields, {"pullrequest.updated_on", "pullrequest.created_on"});
}

struct CloudVerb {
  std::string_view verb;
  std::string_view common;
};

/// A declined one cannot be opened again (Atlassian docs, "Decline a pull request"). `updated` may or may not have a
/// new head, which its body does not tell.
constexpr CloudVerb cloud_verbs[] = {{"created", "pull_request.opened"},
                                     {"push", "pull_request.synchronize"},
                                     {"fulfilled", "pull_request.merged"},
                                     {"rejected", "pull_request.closed"}};

std::string cloud_identity(const Event& event, const PayloadFields& fields) {
  const std::string number = event.change->number ? std::to_string(*event.change->number) : std::string{};
  const std::string_view name = event.name();
  if (name == "pull_request.synchronize") {
    return identity_of_parts({"pr", number, "sync", fields.text("pullrequest.source.commit.hash")});
  }
  if (name == "pull_request.closed") return identity_of_parts({"pr", number, "closed", key_second(event.time)});
  return identity_of(event);
}

void name_cloud_pull_request(Event& event, std::string_view verb, const PayloadFields& fields) {
  const auto row = std::ranges::find(cloud_verbs, verb, &CloudVerb::verb);
  event.kind = "pullrequest";
  event.action = verb;
  set_names(event, row == std::ranges::end(cloud_verbs) ? std::string_view{} : row->common,
            "pullrequest." + std::string(verb));
  if (verb == "created") event.time = event.change->created_at;
  if (verb == "fulfilled") {
    const std::string merge = full_sha(fields.text("pullrequest.merge_commit.hash"));
    if (!merge.empty()) event.commit = merge;
    event.change->merged_at = event.time;
  }
  if (verb == "changes_request_created") {
    if (auto time = time_at(fields, "changes_request.date"); !time.empty()) event.time = time;
  }
  if (verb.starts_with("comment_")) {
    event.on_change = true;
    if (auto time = time_at(fields, "comment.updated_on"); !time.empty()) event.time = time;
  }
  event.identity = cloud_identity(event, fields);
}

// ---- the others

/// The commit is told by the address of its page, in newer bodies by its hash.
void add_cloud_status(Event& event, std::string_view verb, const PayloadFields& fields) {
  event.kind = "commit_status";
  event.action = verb;
  event.state = name_word(fields.text("commit_status.state"));
  event.head = fields.text("commit_status.refname");
  event.commit = full_sha(fields.text("commit_status.commit.hash"));
  if (event.commit.empty()) event.commit = full_sha(last_segment(fields.text("commit_status.links.commit.href")));
  event.time = first_time_at(fields, {"commit_status.updated_on", "commit_status.created_on"});
  set_names(event, {}, event.state.empty() ? std::string{} : "commit_status." + event.state,
            verb.empty() ? std::string{} : "commit_status." + std::string(verb));
}

void add_cloud_other(Event& event, std::string_view name, const PayloadFields& fields) {
  event.kind = name.substr(0, name.find('.'));
  if (const auto dot = name.find('.'); dot != std::string_view::npos) event.action = name.substr(dot + 1);
  event.commit = full_sha(fields.text("commit.hash"));
  event.time = first_time_at(fields, {"comment.updated_on", "comment.created_on", "issue.updated_on"});
  set_names(event, {}, name);
}

/// A comment tells by itself what happened to it.
std::string_view comment_verb(const PayloadFields& fields) {
  if (fields.flag("comment.deleted").value_or(false)) return "comment_deleted";
  if (fields.has_object("comment.resolution")) return "comment_resolved";
  const std::string created = time_at(fields, "comment.created_on");
  const std::string updated = time_at(fields, "comment.updated_on");
  return !updated.empty() && key_second(updated) != key_second(created) ? "comment_updated" : "comment_created";
}

/// The key that a body without its header had; `pullrequest` alone where it may have had several.
std::string cloud_key_by_shape(const PayloadFields& fields) {
  if (fields.has_object("push")) return "repo:push";
  if (fields.has_object("pullrequest")) {
    if (fields.has_object("comment")) return "pullrequest:" + std::string(comment_verb(fields));
    const bool reviewed = fields.has_object("approval") || fields.has_object("changes_request");
    const std::string state = lower_case(fields.text("pullrequest.state"));
    if (!reviewed && state == "merged") return "pullrequest:fulfilled";
    if (!reviewed && state == "declined") return "pullrequest:rejected";
    return "pullrequest";
  }
  if (fields.has_object("commit_status")) return "repo:commit_status";
  if (fields.has_object("issue")) {
    if (fields.has_object("comment")) return "issue:comment_created";
    return fields.has_object("changes") ? "issue:updated" : "issue:created";
  }
  if (fields.has_object("comment") && fields.has_object("commit")) return "repo:commit_comment_created";
  return fields.has_object("fork") ? "repo:fork" : std::string{};
}

constexpr std::string_view status_key = "repo:commit_status";
constexpr std::string_view change_key = "pullrequest";

/// The object that the bodies of a key hold and no others do; empty: none is needed.
std::string_view cloud_required(std::string_view key) {
  if (key == "repo:push") return "push";
  if (key.starts_with(change_key)) return "pullrequest";
  if (key.starts_with("issue:")) return "issue";
  return key.starts_with(status_key) ? "commit_status" : "repository";
}

}  // namespace

Events map_bitbucket(std::string_view given, const PayloadFields& fields) {
  const std::string key = given.empty() ? cloud_key_by_shape(fields) : std::string(given);
  Event event = cloud_event(fields);
  if (key.empty()) return std::vector<Event>{std::move(event)};
  const std::string_view needed = cloud_required(key);
  if (!fields.has_object(needed)) return fail(payload_mismatch(key, {needed}, fields));
  if (key == "repo:push") return map_cloud_push(fields);
  const auto colon = key.find(':');
  const std::string verb = colon == std::string::npos ? std::string{} : name_word(key.substr(colon + 1));
  if (key.starts_with(change_key)) {
    add_cloud_pull_request(event, fields);
    if (!verb.empty()) {
      name_cloud_pull_request(event, verb, fields);
    } else {
      event.kind = change_key;
      set_names(event, {}, "pull_request");
    }
  } else if (key.starts_with(status_key)) {
    add_cloud_status(event, key.size() > status_key.size() ? std::string_view(key).substr(status_key.size() + 1) : "",
                     fields);
  } else {
    add_cloud_other(event, name_word(key), fields);
  }
  return std::vector<Event>{std::move(event)};
}

}  // namespace lifecycle::forge
