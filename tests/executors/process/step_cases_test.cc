// All scripts of tests/cases/steps, fed step by step, against plain bash in the same minute.
#include <algorithm>
#include <cctype>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <regex>
#include <sstream>

#include "executors/process/step_feeder.h"
#include "tests/executors/process/job_fixture.h"

namespace lifecycle::process {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path cases_directory = fs::path(LA_SOURCE_DIR) / "tests/cases/steps";

struct StepCase {
  std::string file;
  Json json;
};

void PrintTo(const StepCase& row, std::ostream* out) { *out << row.file << ": " << row.json.at("name"); }

std::vector<StepCase> load_cases() {
  std::vector<StepCase> cases;
  for (const auto& entry : fs::directory_iterator(cases_directory)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream file(entry.path());
    for (const Json& json : Json::parse(file)) cases.push_back({entry.path().stem().string(), json});
  }
  return cases;
}

std::string replace_all(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// The figures of `time`, which no two runs share.
std::string without_times(const std::string& text) {
  static const std::regex figures("(real|user|sys)\t[0-9]+m[0-9.]+s");
  return std::regex_replace(text, figures, "$1");
}

/// Lines sorted: what two streams on one pipe hold, whatever their order.
std::vector<std::string> sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  std::sort(lines.begin(), lines.end());
  return lines;
}

class StepCases : public JobTest, public testing::WithParamInterface<StepCase> {
 protected:
  static std::vector<std::string> variables(const Json& json) {
    std::vector<std::string> env = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
    for (const auto& [name, value] : json.at("env").items()) env.push_back(name + "=" + value.get<std::string>());
    return env;
  }

  run::JobTask task_of(const Json& json) {
    run::JobTask task = steps_task(json.at("steps").get<std::vector<std::string>>());
    task.env = variables(json);
    task.workdir = json.at("cwd");
    task.linger = std::chrono::milliseconds(1500);
    return task;
  }

  /// The group that holds a step, in the case's own count.
  static int last_step_of(const std::vector<run::StepGroup>& groups, int group) {
    return group < 0 ? -1 : groups.at(static_cast<std::size_t>(group)).last;
  }
};

Json groups_json(const std::vector<run::StepGroup>& groups) {
  Json list = Json::array();
  for (const run::StepGroup& group : groups) {
    Json steps = Json::array();
    for (int step = group.first; step <= group.last; ++step) steps.push_back(step);
    list.push_back(steps);
  }
  return list;
}

TEST_P(StepCases, BehavesAsUnderPlainBash) {
  const Json& json = GetParam().json;
  const Json& expect = json.at("expect");
  const run::JobTask task = task_of(json);
  const std::string plain_script = directory.path() / "main.sh";
  ASSERT_TRUE(os::write_file(plain_script, task.script));
  const PlainRun plain = run_plainly(plain_script, task.env, task.workdir);

  const run::JobEnd end = run(task);
  const std::string fed_script = options.private_directory + "/1/main.sh";

  ASSERT_EQ(end.reason, run::EndReason::exited) << (end.error ? end.error->message : "");
  EXPECT_EQ(end.exit, plain.exit);
  EXPECT_EQ(end.exit, expect.at("exit").get<int>());
  EXPECT_EQ(plain.out, expect.at("stdout").get<std::string>());
  EXPECT_EQ(sorted_lines(without_times(replace_all(sink.output_, fed_script, "{script}"))),
            sorted_lines(without_times(replace_all(plain.out + plain.err, plain_script, "{script}"))));
  if (expect.contains("stderr")) {
    EXPECT_EQ(replace_all(plain.err, plain_script, "{script}"), expect.at("stderr").get<std::string>());
  }
  EXPECT_EQ(groups_json(sink.groups_), expect.at("groups"));
  EXPECT_TRUE(sink.times_known_);
  EXPECT_EQ(last_step_of(sink.groups_, end.last_group), expect.at("last_step_reached").get<int>());
  if (!expect.at("failed_step").is_null()) {
    EXPECT_NE(end.exit, 0);
    EXPECT_EQ(sink.groups_.at(static_cast<std::size_t>(end.last_group)).first, expect.at("failed_step").get<int>());
  }
  EXPECT_TRUE(end.leftovers.empty());
  EXPECT_TRUE(end.survivors.empty());
  expect_nothing_left();
}

std::string name_of_case(const testing::TestParamInfo<StepCase>& info) {
  std::string name = info.param.file + "_" + info.param.json.at("name").get<std::string>();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, StepCases, testing::ValuesIn(load_cases()), name_of_case);

TEST(StepCaseFiles, AreAllThere) { EXPECT_GE(load_cases().size(), 88U); }

}  // namespace
}  // namespace lifecycle::process
