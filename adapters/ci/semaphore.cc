#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/forge/github_payload.h"
#include "agent/base/ascii.h"

namespace lifecycle::ci {
namespace {

using event::Event;

enum class SemaphoreRef { branch, tag, change };

/// SEMAPHORE_GIT_REF_TYPE, and where it is not set the form of the ref.
SemaphoreRef semaphore_ref_type(const Environment& e) {
  const std::string_view type = e.get("SEMAPHORE_GIT_REF_TYPE");
  const std::string_view ref = e.get("SEMAPHORE_GIT_REF");
  if (type == "pull-request" || (type.empty() && has(e, "SEMAPHORE_GIT_PR_NUMBER"))) return SemaphoreRef::change;
  if (type == "tag" || (type.empty() && ref.starts_with("refs/tags/"))) return SemaphoreRef::tag;
  return SemaphoreRef::branch;
}

/// `git`, any server, is no forge.
void semaphore_add_forge(Event& event, const Environment& e) {
  set_repo(event, e.get("SEMAPHORE_GIT_REPO_SLUG"), "SEMAPHORE_GIT_REPO_SLUG");
  const std::string provider = lower_case(e.get("SEMAPHORE_GIT_PROVIDER"));
  if (provider == "github" || provider == "bitbucket" || provider == "gitlab") event.origin = provider;
  add_remote(event, e.get("SEMAPHORE_GIT_URL"));
}

/// On pull requests SEMAPHORE_GIT_BRANCH is the target and SEMAPHORE_GIT_SHA the test merge.
void semaphore_add_change(Event& event, const Environment& e) {
  event.ref = text(e, "SEMAPHORE_GIT_REF");
  event.base = short_ref(e.get("SEMAPHORE_GIT_BRANCH"));
  event.head = event.branch = first_text(e, {"SEMAPHORE_GIT_PR_BRANCH", "SEMAPHORE_GIT_WORKING_BRANCH"});
  event.commit = sha_in(e.get("SEMAPHORE_GIT_PR_SHA"));
  event.change = event::Change{.number = number_in(e.get("SEMAPHORE_GIT_PR_NUMBER")),
                               .title = text(e, "SEMAPHORE_GIT_PR_NAME"),
                               .fork = is_fork(e.get("SEMAPHORE_GIT_PR_SLUG"), event.repo)};
}

void semaphore_add_tag(Event& event, const Environment& e) {
  const std::string tag = text(e, "SEMAPHORE_GIT_TAG_NAME");
  const std::string ref = tag.empty() ? text(e, "SEMAPHORE_GIT_REF") : "refs/tags/" + tag;
  if (ref.starts_with("refs/tags/")) forge::set_ref(event, ref);
}

void semaphore_add_branch(Event& event, const Environment& e) {
  const std::string ref = text(e, "SEMAPHORE_GIT_REF");
  const std::string branch = first_text(e, {"SEMAPHORE_GIT_WORKING_BRANCH", "SEMAPHORE_GIT_BRANCH"});
  if (ref.starts_with("refs/heads/")) {
    forge::set_ref(event, ref);
  } else if (!branch.empty()) {
    forge::set_ref(event, "refs/heads/" + short_ref(branch));
  }
}

void semaphore_add_place(Event& event, const Environment& e, SemaphoreRef type) {
  if (type == SemaphoreRef::change) semaphore_add_change(event, e);
  if (type == SemaphoreRef::tag) semaphore_add_tag(event, e);
  if (type == SemaphoreRef::branch) semaphore_add_branch(event, e);
  if (event.commit.empty()) event.commit = sha_in(e.get("SEMAPHORE_GIT_SHA"));
}

/// A promotion is a pipeline of the same workflow, so what started that is still in the variables. Its target's name
/// is not. A rerun keeps the cause.
void semaphore_name(Event& event, const Environment& e, SemaphoreRef type) {
  if (is_marked(e, "SEMAPHORE_PIPELINE_PROMOTION")) {
    event.change.reset();
    event.base.clear();
    event.head.clear();
    name_deployment(event, {}, "promotion");
    event.deployment->ref = event.branch.empty() ? event.tag : event.branch;
  } else if (is_marked(e, "SEMAPHORE_WORKFLOW_TRIGGERED_BY_SCHEDULE")) {
    name_event(event, "schedule");
  } else if (is_marked(e, "SEMAPHORE_WORKFLOW_TRIGGERED_BY_API")) {
    name_event(event, "repository_dispatch");
  } else if (is_marked(e, "SEMAPHORE_WORKFLOW_TRIGGERED_BY_MANUAL_RUN")) {
    name_event(event, "workflow_dispatch");
  } else if (type == SemaphoreRef::change) {
    name_change(event, std::nullopt);
  } else if (is_marked(e, "SEMAPHORE_WORKFLOW_TRIGGERED_BY_HOOK")) {
    name_push(event);
    if (type == SemaphoreRef::branch) event.before = sha_before(e.get("SEMAPHORE_GIT_COMMIT_RANGE"));
  }
}

/// `auto-promotion` is nobody.
std::string semaphore_actor(const Environment& e) {
  if (!is_marked(e, "SEMAPHORE_PIPELINE_PROMOTION")) return text(e, "SEMAPHORE_WORKFLOW_TRIGGERED_BY");
  const std::string person = text(e, "SEMAPHORE_PIPELINE_PROMOTED_BY");
  return person == "auto-promotion" ? std::string{} : person;
}

std::string semaphore_page(const Environment& e) {
  std::string page = text(e, "SEMAPHORE_ORGANIZATION_URL");
  const std::string workflow = text(e, "SEMAPHORE_WORKFLOW_ID");
  const std::string pipeline = text(e, "SEMAPHORE_PIPELINE_ID");
  if (page.empty() || workflow.empty()) return {};
  while (page.ends_with('/')) page.pop_back();
  page += "/workflows/" + workflow;
  return pipeline.empty() ? page : page + "?pipeline_id=" + pipeline;
}

/// Semaphore docs, "Environment variables". The directory of the checkout is told by its last part only.
Result<Event> read_semaphore(const CiInput& input) {
  const Environment& e = input.environment;
  Event event;
  const SemaphoreRef type = semaphore_ref_type(e);
  semaphore_add_forge(event, e);
  semaphore_add_place(event, e, type);
  semaphore_name(event, e, type);
  event.actor = semaphore_actor(e);
  event.run.id = text(e, "SEMAPHORE_WORKFLOW_ID");
  event.run.job = text(e, "SEMAPHORE_JOB_ID");  // of its own in every pipeline and every rerun
  event.run.url = semaphore_page(e);
  return event;
}

bool is_semaphore(const Environment& e) { return is_marked(e, "SEMAPHORE") && has(e, "SEMAPHORE_JOB_ID"); }

}  // namespace

extern constinit const CiRow semaphore_row{
    .name = "semaphore",
    .title = "Semaphore",
    .sign = "SEMAPHORE, with SEMAPHORE_JOB_ID",
    .is_here = is_semaphore,
    .read = read_semaphore,
    .grace = std::chrono::seconds(10),
    .family = "semaphore",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit,
              Fact::before, Fact::actor, Fact::number, Fact::title, Fact::fork, Fact::run_id, Fact::run_url},
    .marker = "SEMAPHORE",
};

}  // namespace lifecycle::ci
