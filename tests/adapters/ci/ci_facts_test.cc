// What the rows say that a CI tells, against what its cases show: docs are made of the rows, so they cannot say more or
// less than the readers do.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "adapters/ci/ci_table.h"
#include "tests/adapters/ci/ci_case.h"

namespace lifecycle::ci {
namespace {

using nlohmann::json;

struct FactKey {
  Fact fact;
  const char* pointer;  // into `expect`
};

constexpr FactKey fact_keys[] = {
    {Fact::origin, "/origin"},
    {Fact::host, "/host"},
    {Fact::repo, "/repo"},
    {Fact::branch, "/branch"},
    {Fact::tag, "/tag"},
    {Fact::base, "/base"},
    {Fact::head, "/head"},
    {Fact::commit, "/commit"},
    {Fact::before, "/before"},
    {Fact::actor, "/actor"},
    {Fact::number, "/change/number"},
    {Fact::title, "/change/title"},
    {Fact::labels, "/change/labels"},
    {Fact::fork, "/change/fork"},
    {Fact::environment, "/environment"},
    {Fact::run_id, "/run_id"},
    {Fact::run_url, "/run_url"},
};

/// A case as the CI alone tells it: without the user's facts and without a checkout.
CiCase without_others(CiCase ci_case) {
  ci_case.json["git"] = nullptr;
  ci_case.json.erase("args");
  json variables = json::object();
  for (const auto& [name, value] : ci_case.json["env"].items()) {
    const bool given = name.starts_with("LIFECYCLE_EVENT_") || name == "LIFECYCLE_ASSUME_ACTION";
    if (!given) variables[name] = value;
  }
  ci_case.json["env"] = variables;
  return ci_case;
}

struct AloneCase {
  CiCase ci_case;
  CaseRun run;
};

std::vector<AloneCase> cases_of(const CiRow& row) {
  std::vector<AloneCase> all;
  for (CiCase& loaded : load_cases({std::string(row.name)})) {
    const ScratchFolder folder;
    CiCase alone = without_others(std::move(loaded));
    CaseRun run = run_case(alone, folder.path());
    if (run.detected) all.push_back({std::move(alone), std::move(run)});
  }
  return all;
}

/// The case expects a value there, and the CI alone tells it.
bool shows(const AloneCase& alone, const char* pointer) {
  const json::json_pointer at(pointer);
  const json& expect = alone.ci_case.json["expect"];
  if (!expect.contains(at) || expect.at(at).is_null()) return false;
  if (expect.at(at).is_array() && expect.at(at).empty()) return false;
  CiCase one = alone.ci_case;
  one.json["expect"] = json::object();
  one.json["expect"][at] = expect.at(at);
  return differences(one, alone.run).empty();
}

std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return words;
}

class CiFacts : public testing::TestWithParam<const CiRow*> {};

TEST_P(CiFacts, AreThoseThatTheCasesShow) {
  const CiRow& row = *GetParam();
  const std::vector<AloneCase> cases = cases_of(row);
  for (const FactKey& key : fact_keys) {
    const bool shown = std::ranges::any_of(cases, [&](const AloneCase& alone) { return shows(alone, key.pointer); });
    EXPECT_EQ(row.facts.has(key.fact), shown)
        << row.name << (shown ? " tells, in its cases, what its row does not say: " : " says what no case shows: ")
        << key.pointer;
  }
}

TEST_P(CiFacts, ActionsAreThoseThatTheCasesShow) {
  const CiRow& row = *GetParam();
  std::set<std::string> shown;
  for (const AloneCase& alone : cases_of(row)) {
    if (!shows(alone, "/event")) continue;
    const std::string event = alone.ci_case.json["expect"]["event"];
    for (const char* action : {"opened", "synchronize", "reopened", "merged", "closed"}) {
      if (event == std::string("pull_request.") + action) shown.insert(action);
    }
  }
  EXPECT_EQ(words_of(row.actions), shown) << row.name;
}

std::string row_test_name(const testing::TestParamInfo<const CiRow*>& parameter) {
  std::string name(parameter.param->name);
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Rows, CiFacts, testing::ValuesIn(ci_rows().begin(), ci_rows().end()), row_test_name);

}  // namespace
}  // namespace lifecycle::ci
