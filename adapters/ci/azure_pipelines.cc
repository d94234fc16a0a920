#include <algorithm>

#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/ci/forge_page.h"
#include "adapters/ci/remote_url.h"
#include "adapters/forge/github_payload.h"
#include "agent/base/ascii.h"

namespace lifecycle::ci {
namespace {

using event::Event;

/// A macro that does not resolve stays as text where a template passes it on: `$(System.PullRequest.SourceBranch)`.
bool azure_is_macro(std::string_view value) {
  if (!value.starts_with("$(") || !value.ends_with(")")) return false;
  const std::string name = lower_case(value.substr(2, value.size() - 3));
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"system.", "build.", "release.", "environment.", "agent."},
      [&](std::string_view start) { return name.starts_with(start); });
}

/// Microsoft docs, "Use predefined variables": the variables of a build, and "Classic release and artifacts variables".
class AzureVariables {
 public:
  explicit AzureVariables(const Environment& environment) : environment_(environment) {}

  [[nodiscard]] std::string get(std::string_view name) const {
    const std::string_view value = environment_.get(name);
    return azure_is_macro(value) ? std::string{} : std::string(value);
  }
  [[nodiscard]] std::string first(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
      if (std::string value = get(name); !value.empty()) return value;
    }
    return {};
  }
  /// A classic release is a run of its own, beside the variables of the build that it deploys.
  [[nodiscard]] bool is_release() const {
    return get("SYSTEM_HOSTTYPE") == "release" || (get("BUILD_BUILDID").empty() && !get("RELEASE_RELEASEID").empty());
  }

 private:
  const Environment& environment_;
};

/// A part of an address as a path may hold it: names of projects have blanks.
std::string azure_encoded(std::string_view part) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const char c : part) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = is_letter_or_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain) {
      text += c;
    } else {
      text += '%';
      text += digits[byte >> 4U];
      text += digits[byte & 15U];
    }
  }
  return text;
}

/// `https://dev.azure.com/acme/platform/`, also of a server's collection; empty where it is not told.
std::string azure_project_page(const AzureVariables& variables) {
  std::string collection = variables.first({"SYSTEM_COLLECTIONURI", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"});
  const std::string project = variables.get("SYSTEM_TEAMPROJECT");
  if (collection.empty() || project.empty()) return {};
  if (!collection.ends_with('/')) collection += '/';
  return collection + azure_encoded(project) + "/";
}

/// What BUILD_REPOSITORY_PROVIDER is called, as an origin; empty: it is none of a forge's (`Git`, `Svn`).
std::string_view azure_origin(std::string_view provider) {
  if (provider == "TfsGit" || provider == "TfsVersionControl") return "azure";
  if (provider.starts_with("GitHub")) return "github";
  if (provider.starts_with("Bitbucket")) return "bitbucket";
  return {};
}

bool azure_is_git(std::string_view provider) { return provider != "TfsVersionControl" && provider != "Svn"; }

/// The address names the project of the repository, which need not be the pipeline's; a name alone is without project
/// and organisation, except on the other forges, where it is the full one.
void azure_repository(Event& event, const AzureVariables& variables) {
  const std::string provider = variables.get("BUILD_REPOSITORY_PROVIDER");
  const std::string name = variables.get("BUILD_REPOSITORY_NAME");
  const std::string address = variables.get("BUILD_REPOSITORY_URI");
  event.origin = azure_origin(provider);
  if (!azure_is_git(provider)) {
    event.host = forge::host_of(address);
    return;
  }
  const bool full = event.origin == "github" || event.origin == "bitbucket";
  if (full && name.find('/') != std::string::npos) set_repo(event, name, "BUILD_REPOSITORY_NAME");
  const bool told = !address.empty() && !parse_remote(address, event.origin).repo.empty();
  const std::string project = azure_project_page(variables);
  const bool made_up = !told && event.origin == "azure" && !name.empty() && !project.empty();
  add_remote(event, made_up ? project + "_git/" + azure_encoded(name) : address);
}

/// On GitHub PULLREQUESTID is an internal id and PULLREQUESTNUMBER what people see; elsewhere there is only the id.
std::optional<std::int64_t> azure_number(const AzureVariables& variables, std::string_view origin) {
  if (const auto number = number_in(variables.get("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER"))) return number;
  const auto id = number_in(variables.get("SYSTEM_PULLREQUEST_PULLREQUESTID"));
  if (id && origin != "github") return id;
  return number_of_change_ref(variables.get("BUILD_SOURCEBRANCH"));
}

std::optional<bool> azure_fork(const AzureVariables& variables) {
  const std::string fork = lower_case(variables.get("SYSTEM_PULLREQUEST_ISFORK"));
  if (fork == "true") return true;
  return fork == "false" ? std::optional(false) : std::nullopt;
}

/// Azure Repos gives both branches in the long form, GitHub in the short one. BUILD_SOURCEVERSION is the test merge.
void azure_change(Event& event, const AzureVariables& variables) {
  name_change(event, azure_number(variables, event.origin)).fork = azure_fork(variables);
  event.base = short_ref(variables.get("SYSTEM_PULLREQUEST_TARGETBRANCH"));
  event.branch = event.head = short_ref(variables.get("SYSTEM_PULLREQUEST_SOURCEBRANCH"));
  event.ref = variables.get("BUILD_SOURCEBRANCH");
  if (const auto head = sha_in(variables.get("SYSTEM_PULLREQUEST_SOURCECOMMITID")); !head.empty()) event.commit = head;
}

/// BUILD_SOURCEBRANCH is a full ref; BUILD_SOURCEBRANCHNAME only its last part.
void azure_place(Event& event, const AzureVariables& variables) {
  const std::string branch = variables.get("BUILD_SOURCEBRANCH");
  if (branch.empty() || !azure_is_git(variables.get("BUILD_REPOSITORY_PROVIDER"))) return;
  forge::set_ref(event, branch.starts_with("refs/") ? branch : "refs/heads/" + branch);
}

struct AzureReason {
  std::string_view reason;
  std::string_view event;
};

/// BUILD_REASON and RELEASE_REASON. The others (ResourceTrigger, BuildCompletion, shelvesets; ContinuousIntegration of
/// a release, which is a finished build) are no event of a forge.
constexpr AzureReason azure_reasons[] = {
    {"IndividualCI", "push"}, {"BatchedCI", "push"}, {"Manual", "workflow_dispatch"}, {"Schedule", "schedule"}};

void azure_name(Event& event, const AzureVariables& variables) {
  const std::string reason = variables.get(variables.is_release() ? "RELEASE_REASON" : "BUILD_REASON");
  if (reason == "PullRequest") return azure_change(event, variables);
  azure_place(event, variables);
  const auto* row = std::ranges::find(azure_reasons, reason, &AzureReason::reason);
  if (row != std::ranges::end(azure_reasons)) {
    name_event(event, row->event);
  } else if (!reason.empty() || variables.is_release()) {
    name_nothing(event, reason.empty() ? "a release" : reason);
  }
  const auto number = azure_number(variables, event.origin);
  if (number && event.name() == "workflow_dispatch") {
    event.change = event::Change{};
    event.change->number = number;
    event.change->fork = azure_fork(variables);
  }
}

event::Run azure_run(const AzureVariables& variables) {
  event::Run run;
  run.job = variables.first({"SYSTEM_JOBID", "AGENT_JOBNAME"});
  run.workspace = variables.first({"BUILD_SOURCESDIRECTORY", "SYSTEM_DEFAULTWORKINGDIRECTORY"});
  if (variables.is_release()) {
    run.id = variables.get("RELEASE_RELEASEID");
    run.attempt = variables.get("RELEASE_ATTEMPTNUMBER");
    run.url = variables.get("RELEASE_RELEASEWEBURL");
    return run;
  }
  run.id = variables.get("BUILD_BUILDID");
  run.attempt = variables.get("SYSTEM_JOBATTEMPT");
  const std::string project = azure_project_page(variables);
  if (!project.empty() && !run.id.empty()) run.url = project + "_build/results?buildId=" + run.id;
  return run;
}

Result<Event> read_azure_pipelines(const CiInput& input) {
  const AzureVariables variables(input.environment);
  Event event;
  azure_repository(event, variables);
  event.commit = sha_in(variables.get("BUILD_SOURCEVERSION"));
  event.actor = variables.first({"BUILD_REQUESTEDFOR", "RELEASE_REQUESTEDFOR"});
  event.environment = variables.first({"ENVIRONMENT_NAME", "RELEASE_ENVIRONMENTNAME"});
  azure_name(event, variables);
  event.run = azure_run(variables);
  return event;
}

bool is_azure_pipelines(const Environment& e) {
  return is_marked(e, "TF_BUILD") && (has(e, "BUILD_BUILDID") || has(e, "RELEASE_RELEASEID"));
}

}  // namespace

extern constinit const CiRow azure_pipelines_row{
    .name = "azure-pipelines",
    .title = "Azure Pipelines",
    .sign = "TF_BUILD, with BUILD_BUILDID or RELEASE_RELEASEID",
    .is_here = is_azure_pipelines,
    .read = read_azure_pipelines,
    .grace = std::chrono::seconds(10),
    .family = "azure",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit,
              Fact::actor, Fact::number, Fact::fork, Fact::environment, Fact::run_id, Fact::run_url},
    .full_history = "`fetchDepth: 0` of the step `checkout: self`",
    .forgeable_by = "whoever may start a run with variables that are settable at queue time",
    .marker = "TF_BUILD",
};

}  // namespace lifecycle::ci
