#include <algorithm>

#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/ci/placeholder.h"
#include "adapters/forge/github_payload.h"
#include "agent/base/ascii.h"

namespace lifecycle::ci {
namespace {

using event::Event;

/// Google Cloud Build docs, "Substituting variable values": substitutions are no variables until a build file maps
/// them.
void cloud_build_warn_of_unmapped(Event& event, const Environment& e) {
  for (const std::string_view name : {"BUILD_ID", "PROJECT_ID", "COMMIT_SHA", "REVISION_ID", "BRANCH_NAME", "TAG_NAME",
                                      "REPO_FULL_NAME", "REPO_NAME", "_PR_NUMBER"}) {
    if (e.find(name)) return;
  }
  event.warnings.emplace_back(
      "Cloud Build's substitutions are not mapped to variables, so nothing is known of repository, branch and commit: "
      "set `options: automapSubstitutions: true` in the build file (or `env: ['BRANCH_NAME=$BRANCH_NAME', …]`)");
}

/// REPO_NAME, and a full name without an owner, are no paths on a forge.
void cloud_build_add_repo(Event& event, const Environment& e) {
  for (const std::string_view name : {"REPO_FULL_NAME", "REPO_NAME"}) {
    const std::string repo = filled_text(e, name, event);
    if (event.repo.empty() && repo.find('/') != std::string::npos) set_repo(event, repo, name);
  }
}

/// _HEAD_REPO_URL is the repository that the change comes from, maybe a fork: of the same host as its base.
void cloud_build_add_change(Event& event, const Environment& e) {
  const RemoteFacts head = parse_remote(filled_text(e, "_HEAD_REPO_URL", event));
  add_server(event, head);
  event.change->fork = is_fork(head.repo, event.repo);
  event.base = filled_ref_name(e, "_BASE_BRANCH", event);
  event.head = filled_ref_name(e, "_HEAD_BRANCH", event);
  if (event.head.empty()) event.head = filled_ref_name(e, "BRANCH_NAME", event);
  event.branch = event.head;
}

/// A push, a manual run of a trigger and one by Cloud Scheduler look alike, so no event is named here.
void cloud_build_add_ref(Event& event, const Environment& e) {
  const std::string tag = filled_ref_name(e, "TAG_NAME", event);
  const std::string branch = filled_ref_name(e, "BRANCH_NAME", event);
  if (!tag.empty()) {
    forge::set_ref(event, "refs/tags/" + tag);
  } else if (!branch.empty()) {
    forge::set_ref(event, "refs/heads/" + branch);
  }
}

bool cloud_build_is_word(std::string_view text) {
  const auto fits = [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.' || c == ':' || c == '_'; };
  return !text.empty() && std::ranges::all_of(text, fits);
}

std::string cloud_build_page(const std::string& id, const std::string& location, const std::string& project) {
  if (!cloud_build_is_word(id) || !cloud_build_is_word(project)) return {};
  const std::string region = cloud_build_is_word(location) ? ";region=" + location : std::string{};
  return "https://console.cloud.google.com/cloud-build/builds" + region + "/" + id + "?project=" + project;
}

/// A comment `/gcbrun` starts the same build as a new pull request and as new commits.
Result<Event> read_cloud_build(const CiInput& input) {
  const Environment& e = input.environment;
  Event event;
  cloud_build_warn_of_unmapped(event, e);
  cloud_build_add_repo(event, e);
  if (const auto number = number_in(filled_text(e, "_PR_NUMBER", event))) {
    name_change(event, number);
    cloud_build_add_change(event, e);
  } else {
    cloud_build_add_ref(event, e);
  }
  event.commit = sha_in(filled_text(e, "COMMIT_SHA", event));
  if (event.commit.empty()) event.commit = sha_in(filled_text(e, "REVISION_ID", event));
  event.run.id = filled_text(e, "BUILD_ID", event);
  event.run.job = filled_text(e, "TRIGGER_NAME", event);
  event.run.url =
      cloud_build_page(event.run.id, filled_text(e, "LOCATION", event), filled_text(e, "PROJECT_ID", event));
  return event;
}

bool is_cloud_build(const Environment& e) { return is_marked(e, "BUILDER_OUTPUT"); }

}  // namespace

extern constinit const CiRow cloud_build_row{
    .name = "cloud-build",
    .title = "Google Cloud Build",
    .sign = "BUILDER_OUTPUT",
    .is_here = is_cloud_build,
    .read = read_cloud_build,
    .grace = std::chrono::seconds(10),
    .family = "cloud-build",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit,
              Fact::number, Fact::fork, Fact::run_id, Fact::run_url},
};

}  // namespace lifecycle::ci
