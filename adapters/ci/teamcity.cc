#include <algorithm>
#include <filesystem>
#include <system_error>

#include "adapters/ci/ci_row.h"
#include "adapters/ci/ci_values.h"
#include "adapters/ci/forge_page.h"
#include "adapters/ci/java_properties.h"
#include "adapters/ci/shown_value.h"
#include "adapters/forge/github_payload.h"
#include "agent/base/ascii.h"
#include "agent/os/files.h"

namespace lifecycle::ci {
namespace {

using event::Event;

/// A build's parameters take some kilobytes.
constexpr std::size_t teamcity_longest_file = std::size_t{1} << 20;

/// The two files of a build (TeamCity docs, "Predefined Build Parameters"): system properties, whose names have lost
/// their `system.`, and configuration parameters.
struct TeamcityFiles {
  JavaProperties system;
  JavaProperties configuration;
  bool whole = false;  // both could be read

  [[nodiscard]] std::string get(std::string_view name) const {
    for (const JavaProperties* file : {&configuration, &system}) {
      if (const auto found = file->find(name); found != file->end()) return found->second;
    }
    return {};
  }
};

bool teamcity_read_file(const std::filesystem::path& path, JavaProperties& properties, Event& event) {
  // A pipe of that name would keep the job waiting for ever.
  std::error_code absent;
  const bool other = std::filesystem::exists(path, absent) && !std::filesystem::is_regular_file(path, absent);
  const auto text = other ? Result<std::string>{} : os::read_file(path, teamcity_longest_file);
  if (text && !other) {
    properties = parse_java_properties(*text);
    return true;
  }
  const std::string why = other ? "'" + path.string() + "' is no file" : text.error().message;
  event.warnings.push_back("TeamCity's properties cannot be read (" + shown_value(why) +
                           "): branch, pull request and cause are known to the checkout and flags only");
  return false;
}

/// The files lie in the build agent's temporary directory, which a plain `docker run` does not mount. The second one's
/// path is absolute; one that is not lies beside the first.
TeamcityFiles teamcity_read_files(const Environment& e, Event& event) {
  TeamcityFiles files;
  const std::filesystem::path path = text(e, "TEAMCITY_BUILD_PROPERTIES_FILE");
  if (path.empty()) {
    event.warnings.emplace_back(
        "TEAMCITY_BUILD_PROPERTIES_FILE is not set: branch, pull request and cause are in TeamCity's properties files "
        "only, so pass the variable and mount the agent's temporary directory");
    return files;
  }
  if (!teamcity_read_file(path, files.system, event)) return files;
  const std::string second = files.get("teamcity.configuration.properties.file");
  if (second.empty()) {
    event.warnings.emplace_back("TeamCity's properties name no file of configuration parameters");
    return files;
  }
  files.whole = teamcity_read_file(path.parent_path() / second, files.configuration, event);
  return files;
}

struct TeamcityRoot {
  std::string id;
  std::string url;
  std::string ref;
  std::string number;  // the commit
};

/// `prefix` ID `suffix`; empty: the key is none of that form.
std::string teamcity_root_id(std::string_view key, std::string_view prefix, std::string_view suffix) {
  const bool fits = key.size() > prefix.size() + suffix.size() && key.starts_with(prefix) && key.ends_with(suffix);
  if (!fits) return {};
  return std::string(key.substr(prefix.size(), key.size() - prefix.size() - suffix.size()));
}

/// In names of variables all else becomes `_`.
std::string teamcity_variable_number(const Environment& e, std::string id) {
  std::ranges::replace_if(id, [](char c) { return !is_letter_or_digit(c); }, '_');
  return text(e, "BUILD_VCS_NUMBER_" + id);
}

std::vector<TeamcityRoot> teamcity_roots(const TeamcityFiles& files, const Environment& e) {
  std::vector<TeamcityRoot> roots;
  for (const auto& [key, value] : files.configuration) {
    std::string id = teamcity_root_id(key, "teamcity.build.vcs.branch.", "");
    if (id.empty()) id = teamcity_root_id(key, "vcsroot.", ".url");
    if (id.empty() || std::ranges::find(roots, id, &TeamcityRoot::id) != roots.end()) continue;
    std::string number = files.get("build.vcs.number." + id);
    if (number.empty()) number = teamcity_variable_number(e, id);
    roots.push_back({.id = id,
                     .url = files.get("vcsroot." + id + ".url"),
                     .ref = files.get("teamcity.build.vcs.branch." + id),
                     .number = number});
  }
  return roots;
}

/// The repository that the build is about: of several attached ones that of the build's own commit, if it is one.
TeamcityRoot teamcity_root(const TeamcityFiles& files, const Environment& e, const std::string& commit) {
  std::vector<TeamcityRoot> roots = teamcity_roots(files, e);
  if (roots.empty()) return {.id = {}, .url = files.get("vcsroot.url"), .ref = {}, .number = {}};
  const auto other = [&](const TeamcityRoot& root) { return commit.empty() || root.number != commit; };
  if (roots.size() > 1) std::erase_if(roots, other);
  if (roots.size() != 1) return {};
  if (roots.front().url.empty()) roots.front().url = files.get("vcsroot.url");
  return roots.front();
}

/// A VCS root may name its branch without refs/heads/; `<default>` is a word of TeamCity's own.
std::string teamcity_full_ref(const std::string& ref) {
  if (ref.empty() || ref == "<default>") return {};
  return ref.starts_with("refs/") ? ref : "refs/heads/" + ref;
}

/// "Pull Requests": the source branch is given only where it lies in the same repository.
void teamcity_add_change(Event& event, const TeamcityFiles& files, const std::string& ref) {
  const auto told = number_in(files.get("teamcity.pullRequest.number"));
  const std::string source = files.get("teamcity.pullRequest.source.branch");
  if (!event.change) event.change.emplace();
  event.change->number = told ? told : number_of_change_ref(ref);
  event.change->title = files.get("teamcity.pullRequest.title");
  if (told) event.change->fork = source.empty();
  event.base = short_ref(files.get("teamcity.pullRequest.target.branch"));
  event.head = event.branch = short_ref(source);
  if (number_of_change_ref(ref)) event.ref = ref;
}

/// What triggered the build is told as a text for people, a user's name apart.
void teamcity_name(Event& event, const TeamcityFiles& files, bool about_change) {
  const std::string trigger = files.get("teamcity.build.triggeredBy");
  event.actor = files.get("teamcity.build.triggeredBy.username");
  if (!event.actor.empty()) return name_event(event, "workflow_dispatch");
  if (trigger.find("Schedule") != std::string::npos) return name_event(event, "schedule");
  if (about_change) {
    name_change(event, std::nullopt);
  } else if (files.whole && !trigger.empty()) {
    name_push(event);
  }
}

/// `…/build/90417` or `…?buildId=90417`, where no file tells the id.
std::string teamcity_id_in(std::string_view url) {
  const auto last = url.find_last_of("/=");
  const std::string_view id = last == std::string_view::npos ? std::string_view{} : url.substr(last + 1);
  return number_in(id) ? std::string(id) : std::string{};
}

event::Run teamcity_run(const Environment& e, const TeamcityFiles& files) {
  event::Run run;
  run.url = text(e, "BUILD_URL");
  run.id = files.get("teamcity.build.id");
  if (run.id.empty()) run.id = teamcity_id_in(run.url);
  run.job = files.get("teamcity.buildType.id");
  if (run.job.empty()) run.job = text(e, "TEAMCITY_BUILDCONF_NAME");
  run.workspace = files.get("teamcity.build.checkoutDir");
  return run;
}

/// The environment holds the commit and the page only. teamcity.build.branch is a name made by the branch specification
/// (`pull/42`, `7.1` for release/7.1, `<default>`), never the branch's own.
Result<Event> read_teamcity(const CiInput& input) {
  const Environment& e = input.environment;
  Event event;
  const TeamcityFiles files = teamcity_read_files(e, event);
  const std::string number = text(e, "BUILD_VCS_NUMBER");
  const std::string commit = number.empty() ? files.get("build.vcs.number") : number;
  const TeamcityRoot root = teamcity_root(files, e, commit);
  const std::string ref = teamcity_full_ref(root.ref);
  const bool about_change = number_in(files.get("teamcity.pullRequest.number")) || number_of_change_ref(ref);
  add_remote(event, root.url);
  event.commit = sha_in(commit);
  teamcity_name(event, files, about_change);
  if (about_change) {
    teamcity_add_change(event, files, ref);
  } else if (!ref.empty()) {
    forge::set_ref(event, ref);
  }
  event.run = teamcity_run(e, files);
  if (is_marked(e, "BUILD_IS_PERSONAL")) {
    event.warnings.emplace_back(
        "this is a personal build: its code may hold changes that nobody has committed, so it is no deployment");
  }
  return event;
}

bool is_teamcity(const Environment& e) { return is_marked(e, "TEAMCITY_VERSION") && has(e, "BUILD_NUMBER"); }

}  // namespace

extern constinit const CiRow teamcity_row{
    .name = "teamcity",
    .title = "TeamCity",
    .sign = "TEAMCITY_VERSION, with BUILD_NUMBER",
    .is_here = is_teamcity,
    .read = read_teamcity,
    .grace = std::chrono::seconds(10),
    .family = "teamcity",
    .facts = {Fact::origin, Fact::host, Fact::repo, Fact::branch, Fact::tag, Fact::base, Fact::head, Fact::commit,
              Fact::actor, Fact::number, Fact::title, Fact::fork, Fact::run_id, Fact::run_url},
    .marker = "TEAMCITY_VERSION",
};

}  // namespace lifecycle::ci
