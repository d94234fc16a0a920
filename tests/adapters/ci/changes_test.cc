// One ops.yml, twelve changes, every CI: what happened on the forge starts the same workflows wherever it is seen.
//
// Every case that shows a change is one of its witnesses, so a new CI takes part by its folder of cases.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "adapters/ci/ci_table.h"
#include "agent/ops/ops_file.h"
#include "agent/plan/plan.h"
#include "tests/adapters/ci/ci_case.h"

namespace lifecycle::ci {
namespace {

using nlohmann::json;

std::string one_ops_file() {
  const std::pair<const char*, const char*> workflows[] = {
      {"main", "push:ref==main"},
      {"topic", "push:ref==feature/login"},
      {"tag", "create.tag:tag==v1.4.0"},
      {"opened", "pull_request.opened:base==main"},
      {"updated", "pull_request.synchronize:base==main"},
      {"reopened", "pull_request.reopened:base==main"},
      {"merged", "pull_request.merged:base==main"},
      {"closed", "pull_request.closed:base==main"},
      {"change", "pull_request*:base==main"},
      {"deploy", "deployment.created:environment==production"},
      {"nightly", "schedule"},
      {"by-hand", "workflow_dispatch"},
  };
  std::string text = "version: \"1\"\npipelines:\n";
  for (const auto& [name, trigger] : workflows) {
    text += std::string("  - name: ") + name + ":1.0.0\n    description: d\n    env:\n      secrets: [KEY]\n" +
            "    events: [\"*:**:" + trigger + "\"]\n    jobs:\n      - name: job\n        description: d\n" +
            "        steps: [echo done]\n";
  }
  return text;
}

/// What a case expects of itself, read with defaults.
struct Expected {
  std::string event;
  std::string branch;
  std::string base;
  std::string tag;
  std::string environment;
  bool fork = false;
};

std::string text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

Expected expected_of(const CiCase& ci_case) {
  const json& expect = ci_case.json["expect"];
  const json change = expect.value("change", json());
  return {.event = text_at(expect, "event"),
          .branch = text_at(expect, "branch"),
          .base = text_at(expect, "base"),
          .tag = text_at(expect, "tag"),
          .environment = text_at(expect, "environment"),
          .fork = change.is_object() && change.value("fork", json()) == json(true)};
}

struct ChangeRow {
  const char* name;
  bool (*is_it)(const Expected&);
  std::set<std::string> workflows;
  std::size_t least_cis;  // that see it, so that the row cannot run empty
};

void PrintTo(const ChangeRow& row, std::ostream* out) { *out << row.name; }

bool is_change_to_main(const Expected& e, const char* name) { return e.event == name && e.base == "main"; }

class Changes : public testing::TestWithParam<ChangeRow> {};

struct NoPackages final : plan::PackageIndex {
  [[nodiscard]] bool has(std::string_view /*package*/) const override { return true; }
};

struct OneSecret final : plan::SecretIndex {
  [[nodiscard]] std::optional<std::string> provider_of(std::string_view /*name*/) const override { return "test"; }
  [[nodiscard]] std::vector<std::string> places() const override { return {"test"}; }
  [[nodiscard]] std::size_t size_of(std::string_view /*name*/) const override { return 8; }
};

plan::Plan plan_of(const event::Event& event) {
  static const ops::OpsReading reading = ops::read_ops(one_ops_file(), "ops.yml");
  EXPECT_FALSE(reading.has_errors());
  return plan::make_plan(event, {*reading.file}, Environment(), {.workspace = "/src"}, OneSecret(), NoPackages());
}

std::set<std::string> names_of(const plan::Plan& plan) {
  std::set<std::string> names;
  for (const auto& workflow : plan.matched) names.insert(workflow.workflow);
  return names;
}

/// The cases of every CI that has a reader; `generic` has no CI.
std::vector<CiCase> cases_of_cis() {
  std::vector<std::string> folders;
  for (const CiRow* row : ci_rows()) {
    if (row->read != nullptr && row->name != "generic") folders.emplace_back(row->name);
  }
  return load_cases(folders);
}

TEST_P(Changes, StartTheSameWorkflowsInEveryCi) {
  static const std::vector<CiCase> cases = cases_of_cis();
  std::set<std::string> seen;
  for (const CiCase& ci_case : cases) {
    const Expected expected = expected_of(ci_case);
    if (!GetParam().is_it(expected)) continue;
    const ScratchFolder folder;
    const CaseRun run = run_case(ci_case, folder.path());
    ASSERT_TRUE(run.detected) << ci_case.name;
    // Where nothing tells the forge no trigger can match, and the event says so.
    if (run.detected->event.origin.empty()) continue;
    const plan::Plan plan = plan_of(run.detected->event);
    EXPECT_EQ(names_of(plan), GetParam().workflows) << ci_case.name;
    for (const auto& workflow : plan.matched) {
      EXPECT_EQ(workflow.withheld.empty(), !event::is_from_fork(run.detected->event)) << ci_case.name;
    }
    seen.insert(run.detected->event.ci);
  }
  EXPECT_GE(seen.size(), GetParam().least_cis) << testing::PrintToString(seen);
}

INSTANTIATE_TEST_SUITE_P(
    Forge, Changes,
    testing::Values(
        ChangeRow{"push", [](const Expected& e) { return e.event == "push" && e.branch == "main"; }, {"main"}, 16},
        ChangeRow{
            "topic", [](const Expected& e) { return e.event == "push" && e.branch == "feature/login"; }, {"topic"}, 4},
        ChangeRow{"tag", [](const Expected& e) { return e.event == "push.tag" && e.tag == "v1.4.0"; }, {"tag"}, 16},
        ChangeRow{"opened",
                  [](const Expected& e) { return is_change_to_main(e, "pull_request.opened"); },
                  {"opened", "change"},
                  9},
        ChangeRow{"synchronized",
                  [](const Expected& e) { return is_change_to_main(e, "pull_request.synchronize"); },
                  {"updated", "change"},
                  8},
        ChangeRow{"reopened",
                  [](const Expected& e) { return is_change_to_main(e, "pull_request.reopened"); },
                  {"reopened", "change"},
                  3},
        ChangeRow{"merged",
                  [](const Expected& e) { return is_change_to_main(e, "pull_request.merged"); },
                  {"merged", "change"},
                  8},
        ChangeRow{"closed",
                  [](const Expected& e) { return is_change_to_main(e, "pull_request.closed"); },
                  {"closed", "change"},
                  4},
        // Nothing tells what happened to it: no trigger with an action matches.
        ChangeRow{"of_unknown_action",
                  [](const Expected& e) { return is_change_to_main(e, "pull_request"); },
                  {"change"},
                  10},
        ChangeRow{"deployment",
                  [](const Expected& e) { return e.event == "deployment.created" && e.environment == "production"; },
                  {"deploy"},
                  3},
        ChangeRow{"schedule", [](const Expected& e) { return e.event == "schedule"; }, {"nightly"}, 10},
        ChangeRow{"by_hand", [](const Expected& e) { return e.event == "workflow_dispatch"; }, {"by-hand"}, 10}),
    [](const auto& parameter) { return std::string(parameter.param.name); });

/// The thirteenth: a stranger's change gets no secret in any CI that can tell it.
TEST(Changes, FromAForkGetNoSecretInAnyCi) {
  std::set<std::string> seen;
  for (const CiCase& ci_case : cases_of_cis()) {
    const Expected expected = expected_of(ci_case);
    const bool change = expected.event.starts_with("pull_request") && expected.base == "main";
    if (!expected.fork || !change || expected.event == "pull_request.merged") continue;
    const ScratchFolder folder;
    const CaseRun run = run_case(ci_case, folder.path());
    ASSERT_TRUE(run.detected) << ci_case.name;
    if (run.detected->event.origin.empty()) continue;
    const plan::Plan plan = plan_of(run.detected->event);
    EXPECT_TRUE(names_of(plan).contains("change")) << ci_case.name;
    for (const auto& workflow : plan.matched) {
      EXPECT_EQ(workflow.withheld, std::vector<std::string>{"KEY"}) << ci_case.name;
    }
    seen.insert(run.detected->event.ci);
  }
  EXPECT_GE(seen.size(), 10U) << testing::PrintToString(seen);
}

}  // namespace
}  // namespace lifecycle::ci
