// The lifecycle event: what happened, as one immutable value that every room speaks.
// Strings are empty when unknown; optionals stand where absence has a meaning of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lifecycle::event {

/// What the platform makes of an event ("Event schemas"): its Insights come from change and deployment.
enum class CategoryKind { other, change, deployment };

struct Category {
  CategoryKind kind = CategoryKind::other;
  /// change: open review_request change_requested change merge close reopen;
  /// deployment: success failure started progressing blocked; other: empty.
  std::string state;
};

/// A pull or merge request. Present on events about one; null on pushes.
struct Change {
  std::optional<std::int64_t> number;  // the one that people see (GitLab: iid)
  std::string title;
  std::vector<std::string> labels;
  std::optional<bool> fork;  // head lies in another repository; nullopt: cannot be known, treated as a fork
  std::string author;
  std::string url;
  std::string created_at;
  std::string merged_at;
};

struct Release {
  std::string tag;
  bool prerelease = false;
  bool draft = false;
};

struct Deployment {
  std::string environment;
  std::string state;  // success, failure, error, in_progress …, as the forge says
  std::string id;
  std::string ref;  // branch, tag or sha
};

/// The CI's own run that this process is part of; all empty outside a CI.
struct Run {
  std::string id;
  std::string attempt;
  std::string job;
  std::string url;
  std::string workspace;
};

/// The webhook body on disk; it is never held as a whole.
struct Payload {
  std::string path;
  std::uint64_t size = 0;
};

struct Event {
  std::string ci;      // github-actions, gitlab-ci …, generic
  std::string origin;  // github gitlab bitbucket gitea forgejo azure codecommit; empty: unknown
  std::string host;    // lower case, with the port if it is not the scheme's own
  std::string repo;    // owner/name or a deeper path; the base repository where a fork is involved
  std::string repo_id;
  std::vector<std::string> names;  // canonical, the primary first; empty: no event is claimed
  std::vector<std::string>
      alias_reasons;   // one line for each name that is there by a rule of ours (create.tag of a push)
  std::string kind;    // the forge's own word: pull_request
  std::string action;  // the forge's own word: closed
  std::string ref;     // full: refs/heads/…, refs/tags/…, refs/pull/7/merge
  std::string branch;  // pushed branch, or a change's head branch
  std::string tag;
  std::string base;  // a change's target branch, short
  std::string head;  // a change's source branch, short; the branch that a finished run was about
  std::string commit;
  std::string before;
  std::string actor;  // a login or display name, never a UUID
  std::string state;  // deployment state, review state or conclusion: what the filter `state` compares
  std::optional<Change> change;
  /// issue_comment, note: whether the comment is on a change; nullopt: cannot be known
  std::optional<bool> on_change;
  /// workflow_run: whether the run's commit lies in another repository; nullopt: cannot be known
  std::optional<bool> foreign_head;
  std::optional<Release> release;
  std::optional<Deployment> deployment;
  std::string environment;
  Run run;
  std::string time;  // RFC 3339, when it happened, where the payload tells
  std::string delivery_id;
  Category category;
  /// What makes it this event on its forge, without the prefix: `pr|7|merged`; empty: nothing complete
  std::string identity;
  std::vector<std::string> warnings;
  std::optional<Payload> payload;

  /// The primary name; empty when no event is claimed.
  [[nodiscard]] std::string_view name() const { return names.empty() ? std::string_view{} : names.front(); }
};

/// `{origin}:{repo}:{event}` of the primary name; empty unless all three are known.
[[nodiscard]] std::string primary_trigger(const Event& event);

/// What is known of whether the event's code lies in another repository: a run tells it of its commit, all others of
/// their change. `is_from_fork` is the rule that is made of it.
[[nodiscard]] std::optional<bool> lies_in_fork(const Event& event);

/// Whether the event is about a change whose code may come from a stranger: a change event that is not
/// merged, with fork true or unknown; a comment on a change, or on nobody knows what; a workflow_run of another
/// repository.
[[nodiscard]] bool is_from_fork(const Event& event);

}  // namespace lifecycle::event
