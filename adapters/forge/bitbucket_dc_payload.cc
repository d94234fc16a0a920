#include "adapters/forge/bitbucket_dc_payload.h"

#include <algorithm>
#include <iterator>

#include "adapters/forge/category.h"
#include "adapters/forge/event_header.h"
#include "adapters/forge/github_payload.h"
#include "adapters/forge/identity.h"
#include "adapters/forge/payload_shape.h"
#include "adapters/forge/payload_time.h"

namespace lifecycle::forge {
namespace {

using event::Change;
using event::Event;

std::string dc_user(const PayloadFields& fields, const std::string& path) {
  const std::string& name = fields.text(path + ".name");
  return name.empty() ? fields.text(path + ".displayName") : name;
}

/// `PROJECT/slug`; a personal repository's project is `~user`.
std::string dc_repo(const PayloadFields& fields, const std::string& path) {
  const std::string& project = fields.text(path + ".project.key");
  const std::string& slug = fields.text(path + ".slug");
  return project.empty() || slug.empty() ? std::string{} : project + "/" + slug;
}

std::string first_host(const PayloadFields& fields, std::initializer_list<std::string_view> paths) {
  for (const std::string_view path : paths) {
    const auto& links = fields.texts(path);
    if (links.empty()) continue;
    if (auto host = host_of(links.front()); !host.empty()) return host;
  }
  return {};
}

/// The repository of a push stands at the top, that of a change is its target's.
Event dc_event(const PayloadFields& fields) {
  Event event;
  event.origin = "bitbucket";
  event.host = first_host(fields, {"repository.links.self[].href", "pullRequest.toRef.repository.links.self[].href",
                                   "pullRequest.links.self[].href"});
  event.repo = dc_repo(fields, "repository");
  event.repo_id = fields.digits("repository.id");
  if (fields.has_object("pullRequest")) {
    event.repo = dc_repo(fields, "pullRequest.toRef.repository");
    event.repo_id = fields.digits("pullRequest.toRef.repository.id");
  }
  event.actor = dc_user(fields, "actor");
  if (event.actor.empty()) event.actor = fields.text("actor.slug");
  event.time = time_at(fields, "date");
  return event;
}

Events map_dc_push(const PayloadFields& fields) {
  std::vector<Event> events;
  for (const PayloadFields& change : fields.elements("changes")) {
    Event event = dc_event(fields);
    const std::string& type = change.text("type");
    const bool moved = add_ref_update(event, {.ref = change.text("refId", "ref.id"),
                                              .before = type == "ADD" ? "" : change.text("fromHash"),
                                              .after = type == "DELETE" ? "" : change.text("toHash")});
    if (moved) events.push_back(std::move(event));
  }
  return events;
}

std::optional<bool> dc_fork(const PayloadFields& fields) {
  const std::string from = fields.digits("pullRequest.fromRef.repository.id");
  const std::string to = fields.digits("pullRequest.toRef.repository.id");
  if (!from.empty() && !to.empty()) return from != to;
  const std::string name = dc_repo(fields, "pullRequest.fromRef.repository");
  const std::string base = dc_repo(fields, "pullRequest.toRef.repository");
  if (!name.empty() && !base.empty()) return name != base;
  return std::nullopt;
}

void add_dc_pull_request(Event& event, const PayloadFields& fields) {
  Change change;
  change.number = fields.number("pullRequest.id");
  change.title = fields.text("pullRequest.title");
  change.fork = dc_fork(fields);
  change.author = dc_user(fields, "pullRequest.author.user");
  const auto& links = fields.texts("pullRequest.links.self[].href");
  change.url = links.empty() ? std::string{} : links.front();
  change.created_at = time_at(fields, "pullRequest.createdDate");
  event.change = std::move(change);
  event.base = short_branch(fields.text("pullRequest.toRef.id", "pullRequest.toRef.displayId"));
  event.head = event.branch = short_branch(fields.text("pullRequest.fromRef.id", "pullRequest.fromRef.displayId"));
  event.commit = full_sha(fields.text("pullRequest.fromRef.latestCommit"));
}

struct DcVerb {
  std::string_view verb;
  std::string_view common;
};

constexpr DcVerb dc_verbs[] = {{"opened", "pull_request.opened"},
                               {"from_ref_updated", "pull_request.synchronize"},
                               {"merged", "pull_request.merged"},
                               {"declined", "pull_request.closed"},
                               {"deleted", "pull_request.closed"}};

std::string dc_identity(const Event& event, const PayloadFields& fields) {
  const std::string number = event.change->number ? std::to_string(*event.change->number) : std::string{};
  if (event.name() == "pull_request.closed") {
    const std::string closed = first_time_at(fields, {"pullRequest.closedDate", "pullRequest.updatedDate"});
    return identity_of_parts({"pr", number, "closed", key_second(closed.empty() ? event.time : closed)});
  }
  const auto& added = fields.texts("addedReviewers[].name");
  if (event.name() == "pr.reviewer.updated" && !added.empty()) {
    const std::string updated = time_at(fields, "pullRequest.updatedDate");
    return identity_of_parts(
        {"pr", number, "review_request", added.front(), key_second(updated.empty() ? event.time : updated)});
  }
  return identity_of(event);
}

void name_dc_pull_request(Event& event, const std::string& own, const PayloadFields& fields) {
  const std::string_view verb = std::string_view(own).substr(std::string_view("pr.").size());
  const auto row = std::ranges::find(dc_verbs, verb, &DcVerb::verb);
  event.kind = "pr";
  event.action = verb;
  if (verb == "reviewer.updated" && fields.texts("addedReviewers[].name").empty()) event.state = reviewers_removed;
  set_names(event, row == std::ranges::end(dc_verbs) ? std::string_view{} : row->common, own);
  if (verb == "from_ref_updated") event.before = full_sha(fields.text("previousFromHash"));
  if (verb.starts_with("comment.")) event.on_change = true;
  if (verb == "opened" && event.time.empty()) event.time = event.change->created_at;
  if (verb == "merged") {
    const std::string merge = full_sha(fields.text("pullRequest.properties.mergeCommit.id"));
    if (!merge.empty()) event.commit = merge;
    event.change->merged_at = first_time_at(fields, {"pullRequest.closedDate", "date"});
  }
  event.identity = dc_identity(event, fields);
}

}  // namespace

Events map_bitbucket_dc(std::string_view given, const PayloadFields& fields) {
  const std::string key = fields.text("eventKey").empty() ? std::string(given) : fields.text("eventKey");
  if (key.empty()) return fail(foreign_payload("Bitbucket Data Center", "eventKey", fields));
  Event event = dc_event(fields);
  const std::string own = name_of_header(key);
  if (key == "diagnostics:ping") {
    event.kind = own;
    return std::vector<Event>{std::move(event)};
  }
  if (key.starts_with("mirror:")) return {};
  const bool change = key.starts_with("pr:");
  if (key == "repo:refs_changed" && fields.kind("changes") != JsonKind::array) {
    return fail(payload_mismatch(key, {"changes"}, fields));
  }
  if (change && !fields.has_object("pullRequest")) return fail(payload_mismatch(key, {"pullRequest"}, fields));
  if (key == "repo:refs_changed") return map_dc_push(fields);
  if (change && !own.empty()) {
    add_dc_pull_request(event, fields);
    name_dc_pull_request(event, own, fields);
  } else {
    event.kind = own.substr(0, own.find('.'));
    if (const auto dot = own.find('.'); dot != std::string::npos) event.action = own.substr(dot + 1);
    event.commit = full_sha(fields.text("commit"));
    set_names(event, {}, own);
  }
  return std::vector<Event>{std::move(event)};
}

}  // namespace lifecycle::forge
