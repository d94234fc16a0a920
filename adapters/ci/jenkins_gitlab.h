// Jenkins jobs that one of the two GitLab plugins started: each leaves the webhook in variables of its own.
#pragma once

#include "agent/base/environment.h"
#include "agent/event/lifecycle_event.h"

namespace lifecycle::ci {

/// GitLab plugin (gitlabActionType). False: the job was not started by it.
bool read_gitlab_plugin(event::Event& event, const Environment& environment);

/// GitLab branch source (GITLAB_OBJECT_KIND). False: there was no webhook, or the job is about another change than it;
/// that the forge is GitLab is known all the same.
bool read_gitlab_branch_source(event::Event& event, const Environment& environment);

}  // namespace lifecycle::ci
