#include "agent/ops/ops_scaffold.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "agent/base/ascii.h"
#include "agent/event/known_names.h"

namespace lifecycle::ops {
namespace {

/// How a repository with this file is built and tested.
struct BuildTool {
  std::string_view file;
  std::string_view tool;  // for the comment
  std::array<std::string_view, 3> steps;
  std::string_view package;  // that the steps need, where it has the name of its program
};

// Unlike npm and pnpm, yarn has no --if-present: a script that package.json does not have is an error. yarn needs node.
// The most telling file first: a Makefile stands beside many of the others.
constexpr std::array tools{
    BuildTool{"package-lock.json", "npm", {"npm ci", "npm run build --if-present", "npm test --if-present"}, "npm"},
    BuildTool{
        "yarn.lock",
        "yarn",
        {"yarn install --frozen-lockfile",
         "if node -e 'process.exit(+!(require(\"./package.json\").scripts || {}).build)'; then yarn run build; fi",
         "if node -e 'process.exit(+!(require(\"./package.json\").scripts || {}).test)'; then yarn run test; fi"},
        "yarn"},
    BuildTool{"pnpm-lock.yaml",
              "pnpm",
              {"pnpm install --frozen-lockfile", "pnpm run --if-present build", "pnpm run --if-present test"},
              "pnpm"},
    BuildTool{"package.json", "npm", {"npm install", "npm run build --if-present", "npm test --if-present"}, "npm"},
    BuildTool{"go.mod", "Go", {"go build ./...", "go vet ./...", "go test ./..."}, ""},
    BuildTool{"Cargo.toml", "Cargo", {"cargo build --locked", "cargo test --locked", ""}, "cargo"},
    BuildTool{"pyproject.toml",
              "Python",
              {"python3 -m venv .venv && . .venv/bin/activate", "pip install . pytest", "pytest"},
              ""},
    BuildTool{"requirements.txt",
              "Python",
              {"python3 -m venv .venv && . .venv/bin/activate", "pip install -r requirements.txt pytest", "pytest"},
              ""},
    BuildTool{"CMakeLists.txt",
              "CMake",
              {"cmake -S . -B build", "cmake --build build", "ctest --test-dir build --output-on-failure"},
              "cmake"},
    BuildTool{"pom.xml", "Maven", {"mvn --batch-mode verify", "", ""}, ""},
    BuildTool{"gradlew", "Gradle", {"./gradlew build", "", ""}, ""},
    BuildTool{"Gemfile", "Bundler", {"bundle install", "bundle exec rake", ""}, ""},
    BuildTool{"composer.json", "Composer", {"composer install --no-interaction", "composer validate", ""}, "composer"},
    BuildTool{"Makefile", "make", {"make", "make test", ""}, "make"},
};
constexpr BuildTool no_tool{
    "", "", {"echo \"building $REPO at ${REF:-no branch}\"", "git log -1 --oneline", ""}, "git"};

bool has_file(const RepositoryFacts& facts, std::string_view name) {
  return std::ranges::find(facts.files, name) != facts.files.end();
}

const BuildTool& find_tool(const RepositoryFacts& facts) {
  const auto* found = std::ranges::find_if(tools, [&](const BuildTool& tool) { return has_file(facts, tool.file); });
  return found == tools.end() ? no_tool : *found;
}

bool is_name_char(char c) { return is_letter_or_digit(c) || c == '_' || c == '-'; }

/// The repository's last part as the name of a workflow: whatever such a name cannot hold becomes a dash.
std::string workflow_name(std::string_view repo) {
  std::string name(repo.substr(repo.rfind('/') == std::string_view::npos ? 0 : repo.rfind('/') + 1));
  std::ranges::replace_if(name, [](char c) { return !is_name_char(c); }, '-');
  return name.find_first_not_of('-') == std::string::npos ? "app" : name;
}

bool is_trigger_part(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_name_char(c) || c == '.' || c == '/' || c == '+' || c == '#' || c == '@';
  });
}

struct Names {
  std::string origin = "github";
  std::string repo = "owner/repo";
  std::string branch = "main";
  std::string workflow = "app";
  bool guessed = false;
};

Names choose_names(const RepositoryFacts& facts) {
  Names names;
  const auto origins = event::known_origins();
  if (std::ranges::find(origins, facts.origin) != origins.end()) {
    names.origin = facts.origin;
  } else {
    names.guessed = true;
  }
  if (is_trigger_part(facts.repo)) {
    names.repo = facts.repo;
    names.workflow = workflow_name(facts.repo);
  } else {
    names.guessed = true;
  }
  if (is_trigger_part(facts.default_branch)) names.branch = facts.default_branch;
  return names;
}

std::string trigger(const Names& names, std::string_view event) {
  return "      - \"" + names.origin + ":" + names.repo + ":" + std::string(event) + "\"\n";
}

/// The change events that the origin has: on some forges a CI is told of no more than `pull_request`.
std::string change_triggers(const Names& names) {
  std::string text;
  for (const std::string_view event : {"pull_request.opened", "pull_request.synchronize", "pull_request.reopened"}) {
    if (event::is_known_name(names.origin, event)) text += trigger(names, event);
  }
  return text;
}

std::string steps_text(const BuildTool& tool) {
  std::string text;
  for (const std::string_view step : tool.steps) {
    if (step.empty()) continue;
    std::string quoted = "          - ";
    const bool plain = step.find(": ") == std::string_view::npos && step.find(" #") == std::string_view::npos;
    quoted += plain ? std::string(step) : "'" + std::string(step) + "'";
    text += quoted + "\n";
  }
  return text;
}

/// Names of images are lower case, and begin and end with a letter or digit.
std::string image_name(std::string_view workflow) {
  std::string name(workflow.substr(std::min(workflow.find_first_not_of("-_"), workflow.size())));
  while (name.ends_with('-') || name.ends_with('_')) name.pop_back();
  return lower_case(name);
}

std::string image_job(const Names& names) {
  return "      # The jobs of a pipeline run one after the other; the first that fails ends it.\n"
         "      - name: image\n"
         "        description: build the image\n"
         "        steps:\n"
         "          - docker build --tag " +
         image_name(names.workflow) + ":latest .\n";
}

std::string packages_text(const BuildTool& tool) {
  if (tool.package.empty()) return {};
  return "        # Debian packages that the steps need. They are not installed: what is missing is named before the "
         "run.\n"
         "        packages:\n"
         "          - " +
         std::string(tool.package) + "\n";
}

}  // namespace

std::string scaffold_ops(const RepositoryFacts& facts) {
  const Names names = choose_names(facts);
  const BuildTool& tool = find_tool(facts);
  const std::string workflow = names.workflow + "-ci";
  std::string text = R"(# What lifecycle-agent runs, and on which events. 'lifecycle-agent check' reads this file over,
# 'lifecycle-agent plan' shows what an event would run, 'lifecycle-agent run' runs it.
version: "1"
pipelines:
  # NAME:VERSION
  - name: )" + workflow +
                     R"(:0.1.0
    description: build and test )" +
                     names.workflow + R"(
    # Jobs start in the checkout. Without this line each starts in an empty directory and clones what it needs.
    workdir: workspace
    # Variables of all jobs. Values stand here; secrets and configs are names, whose values the agent looks up
    # in its environment, in --env-file or in --secrets-dir. Secrets are masked in the output.
    env:
      static:
        - STAGE=ci
      # secrets:
      #   - DEPLOY_KEY
    # origin:repo:event, then filters if any. 'lifecycle-agent why )" +
                     workflow + R"(' says why it does not start.
)";
  if (names.guessed) {
    text += "    # Put your forge and your repository in the place of " + names.origin + ":" + names.repo + ".\n";
  }
  text += "    events:\n" + trigger(names, "push:ref==" + names.branch) + change_triggers(names);
  text += "    jobs:\n      - name: test\n        description: build and test" +
          (tool.tool.empty() ? std::string() : " with " + std::string(tool.tool)) + "\n";
  text += packages_text(tool);
  text += "        # One bash script under 'set -euo pipefail': variables and 'cd' last from step to step.\n";
  text += "        steps:\n" + steps_text(tool);
  if (has_file(facts, "Dockerfile")) text += image_job(names);
  return text;
}

}  // namespace lifecycle::ops
