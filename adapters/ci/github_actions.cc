#include <algorithm>
#include <charconv>

#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/ci/event_name.h"
#include "adapters/ci/shown_value.h"
#include "adapters/forge/event_header.h"
#include "adapters/forge/github_payload.h"
#include "adapters/forge/identity.h"
#include "adapters/forge/webhook_name.h"
#include "agent/base/ascii.h"
#include "agent/event/event_subject.h"

namespace lifecycle::ci {
namespace {

using event::Event;
using event::Subject;

enum class Product { github, gitea, forgejo };

std::string_view origin_of(Product product) {
  switch (product) {
    case Product::gitea:
      return "gitea";
    case Product::forgejo:
      return "forgejo";
    case Product::github:
      break;
  }
  return "github";
}

bool holds_blank(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return (c >= 0 && c <= ' ') || c == 0x7F; });
}

bool is_web(std::string_view scheme) {
  return same_without_case(scheme, "https://") || same_without_case(scheme, "http://");
}

/// A server's address as the pages on it begin, without credentials; empty where it is no web address. It may lack
/// its scheme. An `@` behind the host may end a password that holds a `/`, so nothing is taken of such a one.
std::string server_of(const std::string& given) {
  const auto scheme_end = given.find("://");
  const std::string scheme = scheme_end == std::string::npos ? "https://" : given.substr(0, scheme_end + 3);
  std::string_view rest = given;
  if (scheme_end != std::string::npos) rest.remove_prefix(scheme.size());
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (rest.find('@', authority.size()) != std::string_view::npos || holds_blank(given)) return {};
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
  rest = rest.substr(0, rest.find_first_of("?#"));
  while (rest.ends_with('/')) rest.remove_suffix(1);
  std::string server = scheme + std::string(rest);
  return is_web(scheme) && !forge::host_of(server).empty() ? server : std::string{};
}

/// The variables of one product; set but empty counts as unset (GITHUB_BASE_REF outside pull requests).
class Variables {
 public:
  Variables(const Environment& environment, Product product) : environment_(environment), product_(product) {}

  [[nodiscard]] std::string get(std::string_view name) const {
    std::string_view value;
    if (product_ == Product::forgejo) value = environment_.get("FORGEJO_" + std::string(name));
    if (value.empty()) value = environment_.get("GITHUB_" + std::string(name));
    return std::string(value);
  }
  /// A full ref; Gitea gives a bare commit id for merged pull requests, which is none.
  [[nodiscard]] std::string ref() const {
    std::string ref = get("REF");
    return ref.starts_with("refs/") ? ref : std::string{};
  }
  [[nodiscard]] std::string sha() const {
    std::string sha = get("SHA");
    return forge::is_zero_sha(sha) ? std::string{} : sha;
  }
  [[nodiscard]] std::string server() const { return server_of(get("SERVER_URL")); }
  [[nodiscard]] std::string repository() const {
    std::string repository = get("REPOSITORY");
    return is_repository_path(repository) ? repository : std::string{};
  }
  void warn_of_unusable(Event& event) const {
    if (!get("SERVER_URL").empty() && server().empty()) {
      event.warnings.emplace_back("GITHUB_SERVER_URL is no address of a web server and counts as not set");
    }
    if (!get("REPOSITORY").empty() && repository().empty()) {
      event.warnings.emplace_back(
          "GITHUB_REPOSITORY is no repository's path (owner/name, without blanks) and counts as not set");
    }
  }

 private:
  const Environment& environment_;
  Product product_;
};

/// `refs/pull/7/merge` → 7
std::optional<std::int64_t> number_of_pull(std::string_view ref) {
  constexpr std::string_view start = "refs/pull/";
  if (!ref.starts_with(start)) return std::nullopt;
  ref.remove_prefix(start.size());
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(ref.data(), ref.data() + ref.size(), number);
  const bool whole = error == std::errc{} && end != ref.data() + ref.size() && *end == '/';
  return whole ? std::optional(number) : std::nullopt;
}

void add_change(Event& event, const Variables& variables) {
  if (event.base.empty()) event.base = variables.get("BASE_REF");
  if (event.head.empty()) event.head = variables.get("HEAD_REF");
  event.branch = event.head;
  event.tag.clear();
  event.ref = variables.ref();
  if (!event.change) event.change.emplace();
  if (!event.change->number) event.change->number = number_of_pull(event.ref);
  if (event.commit.empty()) event.commit = variables.sha();
}

/// A deployment of a bare sha has no ref at all, and a release knows its tag.
void add_ref(Event& event, const Variables& variables) {
  if (const std::string ref = variables.ref(); !ref.empty()) forge::set_ref(event, ref);
  if (event.release && event.tag.empty()) event.tag = event.release->tag;
}

/// What a ref and a sha are worth depends on the event (GitHub docs, "Events that trigger workflows", the columns
/// GITHUB_SHA and GITHUB_REF).
void add_place(Event& event, const Variables& variables) {
  switch (event::subject(event)) {
    case Subject::change:
      return add_change(event, variables);
    case Subject::deletion:
      return;  // the variables are the default branch's
    case Subject::comment:
    case Subject::run:
      // The default branch's too, but that is where such a workflow runs; the branch is a change's or none.
      event.ref = variables.ref();
      event.branch = event.change ? event.head : std::string{};
      break;
    default:
      add_ref(event, variables);
  }
  const bool pushed = event.kind == "push" && !event.commit.empty();
  if (const std::string sha = variables.sha(); !sha.empty() && !pushed) event.commit = sha;
}

/// The page of the run. Gitea's newer servers use the run's id, its older ones and Forgejo its number.
std::string run_url(const Variables& variables, const Environment& environment, Product product,
                    const std::string& repo) {
  const bool by_id = product == Product::github || !environment.get("GITEA_RUN_ID").empty();
  const std::string id = variables.get(by_id ? "RUN_ID" : "RUN_NUMBER");
  if (variables.server().empty() || repo.empty() || id.empty()) return {};
  const std::string page = variables.server() + "/" + repo + "/actions/runs/" + id;
  const std::string attempt = variables.get("RUN_ATTEMPT");
  const bool again = product == Product::github && !attempt.empty() && attempt != "1";
  return again ? page + "/attempts/" + attempt : page;
}

event::Run read_run(const Variables& variables) {
  event::Run run;
  run.id = variables.get("RUN_ID");
  run.attempt = variables.get("RUN_ATTEMPT");
  run.job = variables.get("JOB");
  run.workspace = variables.get("WORKSPACE");
  return run;
}

/// nektos/act sets ACT, and so do the runners of Gitea and Forgejo, which descend from it.
bool is_act(const Environment& environment, Product product) {
  return product == Product::github && is_marked(environment, "ACT");
}

/// The name alone, where there is no payload to read; nektos/act without `-e` writes `{}`.
Event without_payload(const std::string& webhook, std::string_view origin, std::string warning) {
  Event event = forge::map_github_name(webhook, origin);
  event.warnings.push_back(std::move(warning));
  return event;
}

std::string kind_of_name(const std::string& name) {
  EventFacts facts;
  facts.name = name;
  const auto given = read_given_name(facts, std::nullopt, "");
  return given ? given->kind : std::string{};
}

/// A payload of the user's is this run's own, at another path (a container's mount), unless a name is given with it
/// that is another webhook's: such a body was relayed, and the variables of the run are not about it.
bool is_payload_of_run(const CiInput& input) {
  const std::string own = first_text(input.environment, {"FORGEJO_EVENT_NAME", "GITHUB_EVENT_NAME"});
  if (input.facts.name.empty() || own == "workflow_call") return true;
  const bool header = forge::form_of_header(input.facts.name) != forge::Form::unknown;
  return !header && kind_of_name(input.facts.name) == kind_of_name(own);
}

Result<Event> read_payload(const CiInput& input, const Variables& variables, Product product) {
  const bool given = !input.facts.payload.empty() && is_payload_of_run(input);
  const std::string path = given ? input.facts.payload : variables.get("EVENT_PATH");
  const std::string webhook = variables.get("EVENT_NAME");
  if (path.empty()) {
    return without_payload(webhook, origin_of(product),
                           "there is no payload (GITHUB_EVENT_PATH is not set): only what the environment tells is "
                           "known of the event");
  }
  auto event = read_github_payload(path, webhook, origin_of(product));
  const bool local = is_act(input.environment, product) && !event && event.error().message.ends_with("it has no keys");
  if (!local) return event;
  return without_payload(webhook, origin_of(product),
                         "the payload " + shown_value(path) + " is empty: nektos/act takes one by -e");
}

/// `push` and `create` of which the payload is not known, by the ref that the environment tells.
void name_by_ref(Event& event) {
  if (event.names != std::vector<std::string>{"create"}) return;
  if (!event.tag.empty()) event.names = {"create.tag"};
  if (!event.branch.empty()) event.names = {"create.branch"};
}

Result<Event> read_family(const CiInput& input, Product product) {
  const Variables variables(input.environment, product);
  auto event = read_payload(input, variables, product);
  if (!event) return event;
  event->origin = origin_of(product);
  if (const std::string host = forge::host_of(variables.server()); !host.empty()) event->host = host;
  if (const std::string repo = variables.repository(); !repo.empty()) event->repo = repo;
  variables.warn_of_unusable(*event);
  if (event->repo_id.empty()) event->repo_id = variables.get("REPOSITORY_ID");
  if (!event->payload && (event->kind.empty() || event->repo.empty()) && input.facts.repo.empty() &&
      input.facts.repo_url.empty()) {
    return fail({.code = "payload-unreadable",
                 .message = event->warnings.empty() ? "there is no payload" : event->warnings.back(),
                 .hint = "the event's name and the repository are needed: check GITHUB_EVENT_NAME, GITHUB_REPOSITORY "
                         "and GITHUB_EVENT_PATH, or give --event and --repo"});
  }
  add_place(*event, variables);
  name_by_ref(*event);
  if (const std::string actor = variables.get("ACTOR"); !actor.empty()) event->actor = actor;
  if (event->identity.empty()) event->identity = forge::identity_of(*event);
  event->run = read_run(variables);
  event->run.url = run_url(variables, input.environment, product, event->repo);
  if (is_act(input.environment, product)) {
    event->warnings.push_back("this is a local run by nektos/act: run, actor and event are made up");
  }
  return event;
}

Result<Event> read_github_actions(const CiInput& input) { return read_family(input, Product::github); }
Result<Event> read_gitea_actions(const CiInput& input) { return read_family(input, Product::gitea); }
Result<Event> read_forgejo_actions(const CiInput& input) { return read_family(input, Product::forgejo); }

bool is_forgejo_actions(const Environment& e) {
  return is_marked(e, "FORGEJO_ACTIONS") && (has(e, "FORGEJO_REPOSITORY") || has(e, "GITHUB_REPOSITORY"));
}
bool is_gitea_actions(const Environment& e) { return is_marked(e, "GITEA_ACTIONS") && has(e, "GITHUB_REPOSITORY"); }
bool is_github_actions(const Environment& e) {
  return is_marked(e, "GITHUB_ACTIONS") && has(e, "GITHUB_RUN_ID") && has(e, "GITHUB_EVENT_NAME");
}

/// The runner exports no deployment environment of the job; a deployment's payload has one. Gitea and Forgejo have no
/// deployments.
constexpr FactSet gitea_facts{Fact::origin, Fact::host,   Fact::repo,   Fact::branch, Fact::tag,   Fact::base,
                              Fact::head,   Fact::commit, Fact::actor,  Fact::number, Fact::title, Fact::labels,
                              Fact::fork,   Fact::before, Fact::run_id, Fact::run_url};
constexpr FactSet github_facts = [] {
  FactSet facts = gitea_facts;
  facts.add(Fact::environment);
  return facts;
}();

/// What the three have in common: GitHub's form of everything.
constexpr CiRow actions_row(CiRow own) {
  own.family = "actions";
  own.actions = "opened synchronize reopened merged closed";
  own.checkout = Checkout::never;
  own.reads_given_payload = is_payload_of_run;
  own.full_history = "`fetch-depth: 0` of actions/checkout";
  return own;
}

}  // namespace

extern constinit const CiRow forgejo_actions_row =
    actions_row({.name = "forgejo-actions",
                 .title = "Forgejo Actions",
                 .sign = "FORGEJO_ACTIONS, with FORGEJO_REPOSITORY or GITHUB_REPOSITORY",
                 .is_here = is_forgejo_actions,
                 .read = read_forgejo_actions,
                 .facts = gitea_facts,
                 .marker = "FORGEJO_ACTIONS"});

extern constinit const CiRow gitea_actions_row = actions_row({.name = "gitea-actions",
                                                              .title = "Gitea Actions",
                                                              .sign = "GITEA_ACTIONS, with GITHUB_REPOSITORY",
                                                              .is_here = is_gitea_actions,
                                                              .read = read_gitea_actions,
                                                              .facts = gitea_facts,
                                                              .marker = "GITEA_ACTIONS"});

extern constinit const CiRow github_actions_row =
    actions_row({.name = "github-actions",
                 .title = "GitHub Actions",
                 .sign = "GITHUB_ACTIONS, with GITHUB_RUN_ID and GITHUB_EVENT_NAME",
                 .is_here = is_github_actions,
                 .read = read_github_actions,
                 .facts = github_facts,
                 .marker = "GITHUB_ACTIONS"});

}  // namespace lifecycle::ci
