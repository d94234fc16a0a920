#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/forge/github_payload.h"

namespace lifecycle::ci {
namespace {

using event::Event;

/// Atlassian docs, "Variables and secrets": the variables belong to Bitbucket Cloud alone. Who triggered a step is
/// told as a UUID, which is no actor.
event::Run bitbucket_run(const Environment& e, const std::string& repo) {
  event::Run run;
  run.id = text(e, "BITBUCKET_BUILD_NUMBER");
  run.attempt = text(e, "BITBUCKET_STEP_RUN_NUMBER");
  run.job = text(e, "BITBUCKET_STEP_UUID");
  run.workspace = text(e, "BITBUCKET_CLONE_DIR");
  const bool known = !repo.empty() && !run.id.empty();
  if (known) run.url = "https://bitbucket.org/" + repo + "/pipelines/results/" + run.id;
  return run;
}

/// "Pipeline start conditions": a run tells what it is about, never whether a push, a person or the clock started it,
/// so a branch or a tag is only placed. A custom pipeline on a commit has neither.
Result<Event> read_bitbucket_pipelines(const CiInput& input) {
  const Environment& e = input.environment;
  Event event;
  event.origin = "bitbucket";
  event.host = "bitbucket.org";
  set_repo(event, e.get("BITBUCKET_REPO_FULL_NAME"), "BITBUCKET_REPO_FULL_NAME");
  event.commit = sha_in(e.get("BITBUCKET_COMMIT"));
  event.environment = text(e, "BITBUCKET_DEPLOYMENT_ENVIRONMENT");
  event.run = bitbucket_run(e, event.repo);
  if (has(e, "BITBUCKET_PR_ID")) {
    event::Change& change = name_change(event, number_in(e.get("BITBUCKET_PR_ID")));
    const bool paged = change.number && !event.repo.empty();
    if (paged) change.url = "https://bitbucket.org/" + event.repo + "/pull-requests/" + text(e, "BITBUCKET_PR_ID");
    event.base = text(e, "BITBUCKET_PR_DESTINATION_BRANCH");
    event.branch = event.head = text(e, "BITBUCKET_BRANCH");
  } else if (has(e, "BITBUCKET_TAG")) {
    forge::set_ref(event, "refs/tags/" + text(e, "BITBUCKET_TAG"));
  } else if (has(e, "BITBUCKET_BRANCH")) {
    forge::set_ref(event, "refs/heads/" + text(e, "BITBUCKET_BRANCH"));
  }
  return event;
}

bool is_bitbucket_pipelines(const Environment& e) {
  return is_marked(e, "BITBUCKET_BUILD_NUMBER") && has(e, "BITBUCKET_PIPELINE_UUID") &&
         has(e, "BITBUCKET_REPO_FULL_NAME");
}

}  // namespace

extern constinit const CiRow bitbucket_pipelines_row{
    .name = "bitbucket-pipelines",
    .title = "Bitbucket Pipelines",
    .sign = "BITBUCKET_BUILD_NUMBER, with BITBUCKET_PIPELINE_UUID and BITBUCKET_REPO_FULL_NAME",
    .is_here = is_bitbucket_pipelines,
    .read = read_bitbucket_pipelines,
    .grace = std::chrono::seconds(10),
    .family = "bitbucket",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit,
              Fact::number, Fact::environment, Fact::run_id, Fact::run_url},
    .checkout = Checkout::never,  // a clone stands on some branch, also where the run is about none
    .full_history = "`clone: {depth: full}` in bitbucket-pipelines.yml",
    .forgeable_by = "whoever may start a custom pipeline with variables of the same name",
    .marker = "BITBUCKET_BUILD_NUMBER",
};

}  // namespace lifecycle::ci
