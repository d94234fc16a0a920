// The tables behind known_names, one for each origin, and what they have in common.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "agent/event/known_names.h"

namespace lifecycle::event {

/// The names that mean the same on every forge.
// clang-format off
inline constexpr auto common_names = std::to_array<KnownName>({
    {"push", "a branch got a new tip"},
    {"push.tag", "a tag was pushed"},
    {"push.deleted", "a push deleted a branch or tag"},
    {"create.tag", "a tag was created; in a CI job every pushed tag has this name too"},
    {"create.branch", "a branch was created"},
    {"delete.tag", "a tag was deleted"},
    {"delete.branch", "a branch was deleted"},
    {"pull_request", "something happened to a pull request and the CI does not tell what"},
    {"pull_request.opened", "a pull request was opened"},
    {"pull_request.synchronize", "new commits were pushed to a pull request"},
    {"pull_request.reopened", "a closed pull request was opened again"},
    {"pull_request.merged", "a pull request was merged into its base branch"},
    {"pull_request.closed", "a pull request was closed without being merged"},
    {"deployment.created", "a deployment was asked for or started"},
    {"deployment_status.success", "a deployment has succeeded"},
    {"deployment_status.failure", "a deployment has failed"},
    {"workflow_dispatch", "a run was started by hand"},
    {"schedule", "a run was started by its timetable"},
    {"repository_dispatch", "a run was started through the API"},
});
// clang-format on

/// The rows of one table, then those of another.
template <std::size_t N, std::size_t M>
constexpr std::array<KnownName, N + M> joined(const std::array<KnownName, N>& first,
                                              const std::array<KnownName, M>& second) {
  std::array<KnownName, N + M> all{};
  std::copy(second.begin(), second.end(), std::copy(first.begin(), first.end(), all.begin()));
  return all;
}

std::span<const KnownName> github_names();
std::span<const KnownName> gitlab_names();
std::span<const KnownName> bitbucket_names();
std::span<const KnownName> gitea_names();
std::span<const KnownName> forgejo_names();
std::span<const KnownName> azure_names();
std::span<const KnownName> codecommit_names();

}  // namespace lifecycle::event
