// The tables behind known_names, one for each origin.
#pragma once

#include <span>

#include "agent/event/known_names.h"

namespace lifecycle::event {

std::span<const KnownName> github_names();
std::span<const KnownName> gitlab_names();
std::span<const KnownName> bitbucket_names();
std::span<const KnownName> gitea_names();
std::span<const KnownName> forgejo_names();
std::span<const KnownName> azure_names();
std::span<const KnownName> codecommit_names();

}  // namespace lifecycle::event
