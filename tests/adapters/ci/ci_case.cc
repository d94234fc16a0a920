#include "tests/adapters/ci/ci_case.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>

#include "agent/git/git_command.h"

namespace lifecycle::ci {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

namespace fs = std::filesystem;
using nlohmann::json;

std::string expanded(std::string text, const fs::path& folder) {
  const std::string mark = "${DIR}";
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    text.replace(at, mark.size(), folder.string());
  }
  return text;
}

void lay_files(const json& files, const fs::path& folder) {
  for (const auto& [name, content] : files.items()) {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary)
        << (content.is_string() ? content.get<std::string>() : content.dump());
  }
}

/// The checkout that the case describes, but for the sha: git makes its own.
std::string make_checkout(const json& git, const fs::path& repo) {
  fs::create_directories(repo);
  const bool detached = git["head_branch"].is_null();
  must_git(repo, {"init", "-q", "-b", detached ? "main" : git["head_branch"].get<std::string>()});
  must_git(repo,
           {"-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "--allow-empty", "-m", "work"});
  if (detached) must_git(repo, {"checkout", "-q", "--detach"});
  // Not `git remote add`: it would refuse what a hostile remote may hold.
  must_git(repo, {"config", "remote.origin.url", git["remote"].get<std::string>()});
  return must_git(repo, {"rev-parse", "HEAD"});
}

EventFacts facts_of(const json& args) {
  EventFacts facts;
  for (std::size_t i = 0; i + 1 < args.size(); i += 2) {
    const auto row = std::ranges::find(fact_rows(), args[i].get<std::string>(), &FactRow::flag);
    EXPECT_NE(row, fact_rows().end()) << "no flag " << args[i];
    if (row != fact_rows().end()) facts.*(row->fact) = args[i + 1].get<std::string>();
  }
  return facts;
}

json text(const std::string& value) { return value.empty() ? json() : json(value); }

/// The event in the form of `expect`.
json shown(const event::Event& event) {
  json form = {{"ci", text(event.ci)},
               {"origin", text(event.origin)},
               {"host", text(event.host)},
               {"repo", text(event.repo)},
               {"event", text(std::string(event.name()))},
               {"names", event.names},
               {"trigger", text(event::primary_trigger(event))},
               {"ref", text(event.ref)},
               {"branch", text(event.branch)},
               {"tag", text(event.tag)},
               {"base", text(event.base)},
               {"head", text(event.head)},
               {"commit", text(event.commit)},
               {"before", text(event.before)},
               {"actor", text(event.actor)},
               {"environment", text(event.environment)},
               {"run_id", text(event.run.id)},
               {"run_url", text(event.run.url)},
               {"change", json()}};
  if (event.change) {
    const auto& change = *event.change;
    form["change"] = {{"number", change.number ? json(*change.number) : json()},
                      {"title", text(change.title)},
                      {"labels", change.labels},
                      {"fork", change.fork ? json(*change.fork) : json()}};
  }
  return form;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool some_warning_holds(const event::Event& event, const std::string& word) {
  return std::ranges::any_of(event.warnings, [&](const std::string& warning) {
    return lower(warning).find(lower(word)) != std::string::npos;
  });
}

void compare(const std::string& key, const json& expected, const json& found, std::vector<std::string>& out) {
  if (expected.is_object() && found.is_object()) {
    for (const auto& [name, value] : expected.items()) compare(key + "." + name, value, found[name], out);
  } else if (expected != found) {
    out.push_back(key + ": expected " + expected.dump() + ", found " + found.dump());
  }
}

}  // namespace

ScratchFolder::ScratchFolder() {
  std::string name = (fs::temp_directory_path() / "lifecycle-case-XXXXXX").string();
  path_ = ::mkdtemp(name.data());
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string must_git(const fs::path& folder, const std::vector<std::string>& arguments) {
  const Environment environment(Variables{{"PATH", ::getenv("PATH")}, {"GIT_CONFIG_GLOBAL", "/dev/null"}});
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  const auto answer = git::run_git(folder, arguments, environment, deadline);
  EXPECT_TRUE(answer.ok()) << answer.error;
  return answer.output;
}

std::vector<CiCaseFile> find_cases(const std::vector<std::string>& folders) {
  std::vector<CiCaseFile> files;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::directory_iterator(fs::path(LA_SOURCE_DIR) / "tests/cases" / folder)) {
      files.push_back({folder + "/" + entry.path().stem().string(), entry.path()});
    }
  }
  std::ranges::sort(files, {}, &CiCaseFile::name);
  return files;
}

CiCase load_case(const CiCaseFile& file) {
  std::ifstream stream(file.path);
  return {file.name, json::parse(stream)};
}

std::vector<CiCase> load_cases(const std::vector<std::string>& folders) {
  std::vector<CiCase> cases;
  for (const CiCaseFile& file : find_cases(folders)) cases.push_back(load_case(file));
  return cases;
}

CaseRun run_case(const CiCase& ci_case, const fs::path& folder) {
  lay_files(ci_case.json["files"], folder);
  EventRequest request;
  if (ci_case.json.contains("args")) request.flags = facts_of(ci_case.json["args"]);
  CaseRun run{.detected = fail({}), .commit = {}};
  git::CheckoutFacts checkout;
  if (!ci_case.json["git"].is_null()) {
    run.commit = make_checkout(ci_case.json["git"], folder / "repo");
    const Environment git_environment(Variables{{"PATH", ::getenv("PATH")}, {"GIT_CONFIG_GLOBAL", "/dev/null"}});
    checkout = git::read_checkout(folder / "repo", git_environment);
  }
  Environment environment;
  for (const auto& [name, value] : ci_case.json["env"].items()) {
    environment.set(name, expanded(value.get<std::string>(), folder));
    // A CI that tells the commit tells the one that is checked out.
    if (!run.commit.empty() && value == ci_case.json["git"]["commit"]) environment.set(name, run.commit);
  }
  run.detected = read_event(environment, request, &checkout);
  return run;
}

std::vector<std::string> differences(const CiCase& ci_case, const CaseRun& run) {
  std::vector<std::string> out;
  if (!run.detected) return {"error " + std::string(run.detected.error().code) + ": " + run.detected.error().message};
  const event::Event& event = run.detected->event;
  const json found = shown(event);
  for (const auto& [key, expected] : ci_case.json["expect"].items()) {
    if (key == "warnings") {
      for (const auto& word : expected) {
        if (!some_warning_holds(event, word)) out.push_back("no warning holds \"" + word.get<std::string>() + "\"");
      }
    } else if (key == "commit" && !run.commit.empty() && expected == ci_case.json["git"]["commit"]) {
      compare(key, run.commit, found[key], out);
    } else {
      compare(key, expected, found[key], out);
    }
  }
  return out;
}

}  // namespace lifecycle::ci
