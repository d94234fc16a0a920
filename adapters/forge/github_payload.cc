#include "adapters/forge/github_payload.h"

#include <algorithm>
#include <iterator>

#include "adapters/forge/category.h"
#include "adapters/forge/identity.h"
#include "adapters/forge/payload_shape.h"
#include "adapters/forge/payload_time.h"
#include "adapters/forge/webhook_name.h"
#include "agent/base/ascii.h"

namespace lifecycle::forge {
namespace {

using event::Change;
using event::Event;

/// Whether two repositories are different ones, by name, else by id; nothing when neither is known of both.
std::optional<bool> differ(std::string_view name, std::string_view other_name, std::string_view id,
                           std::string_view other_id) {
  if (!name.empty() && !other_name.empty()) return !same_without_case(name, other_name);
  if (!id.empty() && !other_id.empty()) return id != other_id;
  return std::nullopt;
}

/// A head repository that is null was deleted: it was another one. `repository.fork` only says that it is a fork of
/// something, not that the change crosses repositories.
std::optional<bool> is_fork(const PayloadFields& fields) {
  if (fields.kind("pull_request.head.repo") == JsonKind::null) return true;
  const std::string& base = fields.text("pull_request.base.repo.full_name", "repository.full_name");
  std::string base_id = fields.digits("pull_request.base.repo.id");
  if (base_id.empty()) base_id = fields.digits("repository.id");
  return differ(fields.text("pull_request.head.repo.full_name"), base, fields.digits("pull_request.head.repo.id"),
                base_id);
}

void add_change(Event& event, const PayloadFields& fields) {
  Change change;
  change.number = fields.number("pull_request.number");
  if (!change.number) change.number = fields.number("number");
  change.title = fields.text("pull_request.title");
  change.labels = fields.texts("pull_request.labels[].name");
  change.fork = is_fork(fields);
  change.author = fields.text("pull_request.user.login", "pull_request.user.username");
  change.url = fields.text("pull_request.html_url");
  change.created_at = time_at(fields, "pull_request.created_at");
  change.merged_at = time_at(fields, "pull_request.merged_at");
  event.change = std::move(change);
  event.base = fields.text("pull_request.base.ref");
  event.head = event.branch = fields.text("pull_request.head.ref");
  event.commit = fields.text("pull_request.head.sha");
}

void add_pull_request(Event& event, const PayloadFields& fields) {
  add_change(event, fields);
  const std::string_view name = event.name();
  // Of an open change merge_commit_sha is a trial, so only a merged one takes it.
  if (name == "pull_request.merged") {
    const std::string& merge = fields.text("pull_request.merge_commit_sha");
    if (!merge.empty()) event.commit = merge;
    event.time = event.change->merged_at;
  }
  if (name == "pull_request.synchronize" && !is_zero_sha(fields.text("before"))) event.before = fields.text("before");
  if (name == "pull_request.opened") event.time = event.change->created_at;
  if (name == "pull_request.closed") event.time = time_at(fields, "pull_request.closed_at");
  if (event.time.empty()) event.time = time_at(fields, "pull_request.updated_at");
}

void add_review(Event& event, const PayloadFields& fields) {
  add_change(event, fields);
  event.time = first_time_at(fields, {"review.submitted_at", "pull_request.updated_at"});
}

void add_review_comment(Event& event, const PayloadFields& fields) {
  add_change(event, fields);
  event.time = first_time_at(fields, {"comment.updated_at", "pull_request.updated_at"});
}

/// A comment on a pull request comes as one on an issue that has the key `pull_request`; Gitea says `is_pull`. Only
/// where both are away or say no the issue is plainly no change.
std::optional<bool> comments_on_change(const PayloadFields& fields) {
  const auto is_pull = fields.flag("is_pull");
  if (fields.has_object("issue.pull_request") || is_pull.value_or(false)) return true;
  const auto says_no = [](JsonKind kind) { return kind == JsonKind::absent || kind == JsonKind::null; };
  const bool plain = says_no(fields.kind("issue.pull_request")) && (is_pull || says_no(fields.kind("is_pull")));
  return plain ? std::optional(false) : std::nullopt;
}

void add_issue_comment(Event& event, const PayloadFields& fields) {
  event.time = time_at(fields, "comment.updated_at");
  event.on_change = comments_on_change(fields);
  if (event.on_change != true) return;
  Change change;
  change.number = fields.number("issue.number");
  change.title = fields.text("issue.title");
  change.labels = fields.texts("issue.labels[].name");
  change.author = fields.text("issue.user.login", "issue.user.username");
  change.url = fields.text("issue.html_url");
  change.created_at = time_at(fields, "issue.created_at");
  event.change = std::move(change);
}

void add_issue(Event& event, const PayloadFields& fields) { event.time = time_at(fields, "issue.updated_at"); }

void add_push(Event& event, const PayloadFields& fields) {
  set_ref(event, fields.text("ref"));
  if (!is_zero_sha(fields.text("before"))) event.before = fields.text("before");
  event.time = time_at(fields, "repository.pushed_at");
  if (event.name() == "push.deleted") return;
  // `after` of an annotated tag is the tag object; the commit is in head_commit.
  event.commit = fields.text("head_commit.id", "after");
}

/// The body has the short name; Gitea's `create` may have the full one, and has the sha, which GitHub's has not.
void add_ref(Event& event, const PayloadFields& fields) {
  const std::string& ref = fields.text("ref");
  const std::string& type = fields.text("ref_type");
  if (ref.starts_with("refs/heads/") || ref.starts_with("refs/tags/")) {
    set_ref(event, ref);
  } else if (type == "branch" || type == "tag") {
    set_ref(event, (type == "tag" ? "refs/tags/" : "refs/heads/") + ref);
  }
  event.time = time_at(fields, "repository.pushed_at");
  if (event.kind == "create") event.commit = fields.text("sha");
}

void add_release(Event& event, const PayloadFields& fields) {
  event.release = event::Release{.tag = fields.text("release.tag_name"),
                                 .prerelease = fields.flag("release.prerelease").value_or(false),
                                 .draft = fields.flag("release.draft").value_or(false)};
  if (!event.release->tag.empty()) set_ref(event, "refs/tags/" + event.release->tag);
  event.time = first_time_at(fields, {"release.published_at", "release.created_at"});
}

void add_deployment(Event& event, const PayloadFields& fields) {
  event::Deployment deployment;
  deployment.environment = fields.text("deployment_status.environment", "deployment.environment");
  if (deployment.environment.empty()) deployment.environment = fields.text("environment");
  deployment.state = event.kind == "deployment_status" ? event.state : std::string{};
  deployment.id = fields.digits("deployment.id");
  deployment.ref = fields.text("deployment.ref");
  event.environment = deployment.environment;
  event.deployment = std::move(deployment);
  event.commit = fields.text("deployment.sha");
  event.time = first_time_at(fields, {"deployment_status.created_at", "deployment.created_at"});
}

void add_status(Event& event, const PayloadFields& fields) {
  event.commit = fields.text("sha");
  event.time = time_at(fields, "updated_at");
}

/// A run is about its head branch; its commit may lie in a fork, whose code a workflow must not trust.
void add_workflow_run(Event& event, const PayloadFields& fields) {
  event.head = fields.text("workflow_run.head_branch");
  event.commit = fields.text("workflow_run.head_sha");
  event.time = time_at(fields, "workflow_run.updated_at");
  if (fields.kind("workflow_run.head_repository") == JsonKind::null) {
    event.foreign_head = true;
  } else {
    event.foreign_head =
        differ(fields.text("workflow_run.head_repository.full_name"), fields.text("repository.full_name"),
               fields.digits("workflow_run.head_repository.id"), fields.digits("repository.id"));
  }
}

void add_workflow_job(Event& event, const PayloadFields& fields) {
  event.head = fields.text("workflow_job.head_branch");
  event.commit = fields.text("workflow_job.head_sha");
  event.time = first_time_at(fields, {"workflow_job.completed_at", "workflow_job.started_at"});
}

void add_check_run(Event& event, const PayloadFields& fields) {
  event.head = fields.text("check_run.check_suite.head_branch");
  event.commit = fields.text("check_run.head_sha");
  event.time = first_time_at(fields, {"check_run.completed_at", "check_run.started_at"});
}

void add_check_suite(Event& event, const PayloadFields& fields) {
  event.head = fields.text("check_suite.head_branch");
  event.commit = fields.text("check_suite.head_sha");
  event.time = time_at(fields, "check_suite.updated_at");
}

void add_merge_group(Event& event, const PayloadFields& fields) {
  set_ref(event, fields.text("merge_group.head_ref"));
  event.commit = fields.text("merge_group.head_sha");
}

/// workflow_dispatch has the full ref, repository_dispatch none.
void add_dispatch(Event& event, const PayloadFields& fields) { set_ref(event, fields.text("ref")); }

struct KindRow {
  std::string_view kind;
  void (*add)(Event&, const PayloadFields&);
};

constexpr KindRow github_kinds[] = {
    {"push", add_push},
    {"create", add_ref},
    {"delete", add_ref},
    {"pull_request", add_pull_request},
    {"pull_request_review", add_review},
    {"pull_request_review_comment", add_review_comment},
    {"pull_request_review_thread", add_review_comment},
    {"issues", add_issue},
    {"issue_comment", add_issue_comment},
    {"release", add_release},
    {"deployment", add_deployment},
    {"deployment_status", add_deployment},
    {"deployment_review", add_deployment},
    {"deployment_protection_rule", add_deployment},
    {"status", add_status},
    {"workflow_run", add_workflow_run},
    {"workflow_job", add_workflow_job},
    {"check_run", add_check_run},
    {"check_suite", add_check_suite},
    {"merge_group", add_merge_group},
    {"workflow_dispatch", add_dispatch},
};

Event named_event(std::string_view name, std::string_view origin, const PayloadFields& fields) {
  const Webhook webhook = read_webhook(name, origin, fields);
  Event event;
  event.origin = origin;
  event.names = webhook_names(webhook, fields);
  event.kind = is_name_word(webhook.kind) ? webhook.kind : std::string{};
  event.action = webhook.action;
  event.state = webhook.state;
  event.category = category_of(event.name());
  return event;
}

}  // namespace

void set_ref(Event& event, std::string_view ref) {
  constexpr std::string_view heads = "refs/heads/";
  constexpr std::string_view tags = "refs/tags/";
  event.ref = ref.starts_with("refs/") ? ref : std::string_view{};
  event.branch = ref.starts_with(heads) ? ref.substr(heads.size()) : std::string_view{};
  event.tag = ref.starts_with(tags) ? ref.substr(tags.size()) : std::string_view{};
}

std::string host_of(std::string_view address) {
  const auto scheme_end = address.find("://");
  if (scheme_end == std::string_view::npos) return {};
  const bool plain = same_without_case(address.substr(0, scheme_end), "http");
  std::string_view host = address.substr(scheme_end + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  const std::string_view own_port = plain ? ":80" : ":443";
  if (host.ends_with(own_port)) host.remove_suffix(own_port.size());
  const auto unfit = [](char c) { return c <= ' ' || c == 0x7F || c == '|'; };
  if (std::ranges::any_of(host, unfit)) return {};
  return lower_case(host);
}

Result<Event> map_github(std::string_view name, std::string_view origin, const PayloadFields& fields) {
  Event event = named_event(name, origin, fields);
  const auto missing = missing_fields(event.kind, fields);
  if (!missing.empty()) return fail(payload_mismatch(event.kind, missing, fields));
  event.host = host_of(fields.text("repository.html_url"));
  event.repo = fields.text("repository.full_name");
  event.repo_id = fields.digits("repository.id");
  event.actor = fields.text("sender.login", "sender.username");
  if (event.actor.empty()) event.actor = fields.text("pusher.login", "pusher.name");
  const auto row = std::ranges::find(github_kinds, event.kind, &KindRow::kind);
  if (row != std::ranges::end(github_kinds)) row->add(event, fields);
  event.identity = identity_of(event, fields);
  return event;
}

Event map_github_name(std::string_view name, std::string_view origin) {
  Event event = named_event(name, origin, {});
  // Without a body the push may be any, and is called what its ref says later.
  return event;
}

std::vector<DiagnosticCode> forge_diagnostic_codes() {
  return {
      {"payload-mismatch", "the payload belongs to another event than the name says",
       "Every webhook has objects of its own: a pull_request event's payload holds `pull_request`, a push's holds "
       "`ref` and `after` or its commits. Where they are missing the file belongs to another event, and whatever was "
       "read from it would be wrong. In GitHub Actions GITHUB_EVENT_NAME and GITHUB_EVENT_PATH must come from the "
       "same run; with --event and --payload give the name of the event's header (X-GitHub-Event, X-Gitlab-Event, "
       "X-Event-Key …) and the body that came with it."}};
}

}  // namespace lifecycle::forge
