// The events that the tests of reporting tell of.
#pragma once

#include "agent/event/lifecycle_event.h"

namespace lifecycle::test {

/// A merged pull request in GitHub Actions.
inline event::Event merged_change() {
  event::Event event;
  event.ci = "github-actions";
  event.origin = "github";
  event.host = "github.com";
  event.repo = "Acme/App";
  event.names = {"pull_request.merged"};
  event.kind = "pull_request";
  event.action = "closed";
  event.ref = "refs/heads/main";
  event.branch = "feature/greet";
  event.base = "main";
  event.head = "feature/greet";
  event.commit = "3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345";
  event.actor = "robin";
  event.change = event::Change{.number = 7,
                               .title = "Greet by name",
                               .labels = {"bug", "ready to go"},
                               .fork = false,
                               .author = "dana",
                               .url = "https://github.com/Acme/App/pull/7",
                               .created_at = "2026-11-20T08:00:00Z",
                               .merged_at = "2026-11-20T10:15:00Z"};
  event.run = {.id = "42",
               .attempt = "1",
               .job = "lifecycle",
               .url = "https://github.com/Acme/App/actions/runs/42",
               .workspace = "/w"};
  event.time = "2026-11-20T10:15:00Z";
  event.category = {event::CategoryKind::change, "merge"};
  event.identity = "pr|7|merged";
  return event;
}

/// A push to a branch with a slash in its name.
inline event::Event pushed_branch() {
  event::Event event = merged_change();
  event.names = {"push"};
  event.kind = "push";
  event.action = "";
  event.ref = "refs/heads/release/1.x";
  event.branch = "release/1.x";
  event.base = event.head = "";
  event.before = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567";
  event.change.reset();
  event.category = {};
  event.identity = "push|refs/heads/release/1.x|" + event.commit;
  return event;
}

/// A deployment that succeeded.
inline event::Event deployed() {
  event::Event event = pushed_branch();
  event.names = {"deployment_status.success", "deployment_status"};
  event.kind = "deployment_status";
  event.action = "created";
  event.ref = "";
  event.branch = "";
  event.state = "success";
  event.deployment = event::Deployment{.environment = "production", .state = "success", .id = "9", .ref = "v1.2.0"};
  event.category = {event::CategoryKind::deployment, "success"};
  event.identity = "depl|9|31";
  return event;
}

}  // namespace lifecycle::test
