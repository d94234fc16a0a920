// The JSON Schema against an independent validator: what check calls an error the schema refuses, what check lets
// pass or only warns of is valid.
#include "agent/ops/ops_schema.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "agent/ops/ops_keys.h"
#include "tests/agent/ops/corpus_files.h"
#include "tests/agent/ops/reading_text.h"

namespace lifecycle::ops {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "ops-schema-XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~Folder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] fs::path write(const std::string& name, std::string_view text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }

 private:
  fs::path path_;
};

struct Verdicts {
  int status = 0;
  std::map<std::string, bool> valid;  // by path
};

Verdicts ask_validator(const Folder& folder, const std::vector<fs::path>& files) {
  std::string command = "python3 '" LA_SOURCE_DIR "/tests/agent/ops/schema_verdicts.py' '" +
                        folder.write("schema.json", ops_schema()).string() + "'";
  for (const fs::path& file : files) command += " '" + file.string() + "'";
  Verdicts verdicts;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return {-1, {}};
  std::string output;
  char buffer[4096];
  for (std::size_t n = fread(buffer, 1, sizeof buffer, pipe); n > 0; n = fread(buffer, 1, sizeof buffer, pipe)) {
    output.append(buffer, n);
  }
  const int status = pclose(pipe);
  verdicts.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  std::istringstream lines(output);
  for (std::string verdict, path; lines >> verdict && std::getline(lines >> std::ws, path);) {
    verdicts.valid[path] = verdict == "valid";
  }
  return verdicts;
}

bool validator_is_missing(const Verdicts& verdicts) { return verdicts.status == 3 || verdicts.status == 127; }

struct Mutant {
  std::string_view label;
  bool valid;
  std::string_view text;
};

// Each a small file with one thing to judge.
const Mutant mutants[] = {
    {"command", true, "version: '1'\ncommands: [{name: a:1.0.0, run: x}]\n"},
    {"no version", true, "commands: [{name: a, run: x}]\n"},
    {"no section", false, "version: '1'\n"},
    {"empty sections", false, "commands: []\npipelines:\n"},
    {"one section empty", true, "commands: []\nops: [{name: a:1, run: x}]\n"},
    {"map for list", false, "commands: {name: a, run: x}\n"},
    {"text for list", false, "commands: x\nservices: [{name: a:1, run: x}]\n"},
    {"entry is a text", false, "commands: [a, {name: a:1, run: x}]\n"},
    {"no name", false, "commands: [{run: x}, {name: a:1, run: x}]\n"},
    {"null name", false, "commands: [{name: , run: x}]\n"},
    {"bad name", false, "commands: [{name: 'a b:1', run: x}]\n"},
    {"number as name", false, "commands: [{name: 5, run: x}]\n"},
    {"bad version", false, "commands: [{name: 'a:.1', run: x}]\n"},
    {"empty version", false, "commands: [{name: 'a:', run: x}]\n"},
    {"third part", true, "commands: [{name: 'a:1:2', run: x}]\n"},
    {"separate version", true, "commands: [{name: a, version: 1.0, run: x}]\n"},
    {"bad separate version", false, "commands: [{name: a, version: '-1', run: x}]\n"},
    {"no run", false, "commands: [{name: a:1}]\n"},
    {"blank run", false, "commands: [{name: a:1, run: '  '}]\n"},
    {"boolean run", false, "commands: [{name: a:1, run: true}]\n"},
    {"null description", true, "commands: [{name: a:1, run: x, description: }]\n"},
    {"number description", false, "commands: [{name: a:1, run: x, description: 5}]\n"},
    {"unknown key", true, "commands: [{name: a:1, run: x, descripton: 5}]\n"},
    {"dead and later keys", true, "commands: [{name: a:1, run: x, runtime: {}, if: 5}]\n"},
    {"off as public", false, "commands: [{name: a:1, run: x, public: off}]\n"},
    {"off as sdk", true, "commands: [{name: a:1, run: x, sdk: off}]\n"},
    {"list as sdk", false, "commands: [{name: a:1, run: x, sdk: [2]}]\n"},
    {"bare port", true, "services: [{name: a:1, run: x, port: 8080}]\n"},
    {"hexadecimal port", true, "services: [{name: a:1, run: x, port: [0x1F90]}]\n"},
    {"ports", true, "services: [{name: a:1, run: x, port: ['80:8080', 81, '82']}]\n"},
    {"high port", false, "services: [{name: a:1, run: x, port: 65536}]\n"},
    {"port with protocol", false, "services: [{name: a:1, run: x, port: ['80/tcp']}]\n"},
    {"port with address", false, "services: [{name: a:1, run: x, port: ['127.0.0.1:80:80']}]\n"},
    {"port twice", false, "services: [{name: a:1, run: x, port: ['80:80', '80:80']}]\n"},
    {"port zero", false, "services: [{name: a:1, run: x, port: ['0:80']}]\n"},
    {"scalar event", true, "services: [{name: a:1, run: x, events: 'github:a/b:push'}]\n"},
    {"event without colons", false, "services: [{name: a:1, run: x, events: [push]}]\n"},
    {"event with one colon", false, "services: [{name: a:1, run: x, events: ['github:push']}]\n"},
    {"event with empty part", false, "services: [{name: a:1, run: x, events: ['github::push']}]\n"},
    {"event with blank", false, "services: [{name: a:1, run: x, events: ['github: a/b:push']}]\n"},
    {"event with empty filter", false, "services: [{name: a:1, run: x, events: ['github:a/b:push:']}]\n"},
    {"event with filter", true, "services: [{name: a:1, run: x, events: ['github:a/b:push:ref==a:b&&tag!=x']}]\n"},
    {"unknown event", true, "services: [{name: a:1, run: x, events: ['gitub:a/b:psh:main', null]}]\n"},
    {"map event", false, "services: [{name: a:1, run: x, events: [{github: a}]}]\n"},
    {"actions", true, "services: [{name: a:1, run: x, trigger: [biuld]}]\n"},
    {"scalar action", false, "services: [{name: a:1, run: x, trigger: build}]\n"},
    {"health", true, "services: [{name: a:1, run: x, health: '/a?b=c'}]\n"},
    {"health without slash", false, "services: [{name: a:1, run: x, health: a}]\n"},
    {"health with blank", false, "services: [{name: a:1, run: x, health: /a b}]\n"},
    {"executor", false, "services: [{name: a:1, run: x, executor: vm}]\n"},
    {"environment", false, "services: [{name: a:1, run: x, environment: ' '}]\n"},
    {"no jobs", false, "pipelines: [{name: a:1}]\n"},
    {"empty jobs", false, "pipelines: [{name: a:1, jobs: []}]\n"},
    {"empty steps", false, "pipelines: [{name: a:1, jobs: [{name: b, steps: []}]}]\n"},
    {"steps of all scalars", true, "pipelines: [{name: a:1, jobs: [{name: b, steps: [x, true, 5, null]}]}]\n"},
    {"step is a map", false, "pipelines: [{name: a:1, jobs: [{name: b, steps: ['a', b: c]}]}]\n"},
    {"job name of two lines", false, "pipelines: [{name: a:1, jobs: [{name: \"a\\nb\", steps: [x]}]}]\n"},
    {"blank job name", false, "pipelines: [{name: a:1, jobs: [{name: ' ', steps: [x]}]}]\n"},
    {"packages", true, "pipelines: [{name: a:1, jobs: [{name: b, steps: [x], packages: [git, null]}]}]\n"},
    {"number as package", false, "pipelines: [{name: a:1, jobs: [{name: b, steps: [x], packages: [7]}]}]\n"},
    {"workdir", true, "pipelines: [{name: a:1, workdir: a/..b/c, jobs: [{name: b, steps: [x], workdir: empty}]}]\n"},
    {"workdir above", false, "pipelines: [{name: a:1, workdir: a/../.., jobs: [{name: b, steps: [x]}]}]\n"},
    {"absolute workdir", false, "pipelines: [{name: a:1, workdir: /a, jobs: [{name: b, steps: [x]}]}]\n"},
    {"legacy steps", true, "workflows: [{name: a, steps: [x, true]}]\n"},
    {"legacy null step", false, "workflows: [{name: a, steps: [x, null]}]\n"},
    {"legacy blank step", false, "workflows: [{name: a, steps: [' ']}]\n"},
    {"env list", true, "commands: [{name: a:1, run: x, env: [A, B=1, C=$C]}]\n"},
    {"env list without name", false, "commands: [{name: a:1, run: x, env: ['=1']}]\n"},
    {"env list with token", false, "commands: [{name: a:1, run: x, env: [LIFECYCLE_TOKEN=$LIFECYCLE_TOKEN]}]\n"},
    {"env text", false, "commands: [{name: a:1, run: x, env: A=1}]\n"},
    {"env map", true, "commands: [{name: a:1, run: x, env: {static: [A=], secrets: [B], configs: , other: 1}}]\n"},
    {"static without sign", false, "commands: [{name: a:1, run: x, env: {static: [A]}}]\n"},
    {"static that is withheld", false, "commands: [{name: a:1, run: x, env: {static: [ACTIONS_RUNTIME_TOKEN=z]}}]\n"},
    {"static like a withheld one", true, "commands: [{name: a:1, run: x, env: {static: [XLIFECYCLE_TOKEN=z]}}]\n"},
    {"static as map", false, "commands: [{name: a:1, run: x, env: {static: {A: 1}}}]\n"},
    {"secret with value", false, "commands: [{name: a:1, run: x, env: {secrets: [A=b]}}]\n"},
    {"secret that is withheld", false, "commands: [{name: a:1, run: x, env: {secrets: [PLUGIN_TOKEN]}}]\n"},
    {"blank config", false, "commands: [{name: a:1, run: x, env: {configs: ['']}}]\n"},
    {"help", true, "commands: [{name: a:1, run: x, help: {usage: y, arguments: false, options: {a: b}}}]\n"},
    {"help true", false, "commands: [{name: a:1, run: x, help: {arguments: true}}]\n"},
    {"number below zero as version", false, "commands: [{name: a, version: -1, run: x}]\n"},
    {"fraction below one as version", true, "commands: [{name: a, version: 0.5, run: x}]\n"},
    {"real without a fraction as port", true, "services: [{name: a:1, run: x, port: [8080.0, 8.1e3]}]\n"},
    {"lone real without a fraction as port", true, "services: [{name: a:1, run: x, port: 8080.0}]\n"},
    {"real as port", false, "services: [{name: a:1, run: x, port: [8080.5]}]\n"},
    {"high real as port", false, "services: [{name: a:1, run: x, port: [65536.0]}]\n"},
    {"port twice as number", false, "services: [{name: a:1, run: x, port: [8080, 8080.0]}]\n"},
    {"real without a fraction as sdk", true, "commands: [{name: a:1, run: x, sdk: 2.0}]\n"},
    {"real as sdk", false, "commands: [{name: a:1, run: x, sdk: 2.5}]\n"},
    {"merge key", false, "commands: [{name: a:1, run: x, <<: {public: true}}]\n"},
    {"alias", true, "x: &e {static: [A=1]}\ncommands: [{name: a:1, run: x, env: *e}]\n"},
    {"list at the top", false, "- name: a:1\n  run: x\n"},
};

TEST(OpsSchema, JudgesMutantsAsCheckDoes) {
  const Folder folder;
  std::vector<fs::path> files;
  for (std::size_t i = 0; i < std::size(mutants); ++i) {
    files.push_back(folder.write("mutant-" + std::to_string(i) + ".yml", mutants[i].text));
  }
  const Verdicts verdicts = ask_validator(folder, files);
  if (validator_is_missing(verdicts))
    GTEST_SKIP() << "python3, python3-yaml or python3-jsonschema (4 or later) is missing";
  ASSERT_EQ(verdicts.status, 0);
  for (std::size_t i = 0; i < std::size(mutants); ++i) {
    const OpsReading reading = read(mutants[i].text);
    EXPECT_EQ(!reading.has_errors(), mutants[i].valid) << mutants[i].label << "\n"
                                                       << print_diagnostics(reading.diagnostics);
    EXPECT_EQ(verdicts.valid.at(files[i].string()), mutants[i].valid) << mutants[i].label;
  }
}

TEST(OpsSchema, JudgesTheCorpusAsCheckDoes) {
  if (corpus_files("ops").empty()) GTEST_SKIP() << "no corpus at " << corpus_folder() << "; see LIFECYCLE_CORPUS";
  const Folder folder;
  std::vector<fs::path> files = corpus_files("ops");
  for (const fs::path& path : corpus_files("not-ops")) {
    // What no schema sees: several documents.
    if (read_file(path).find("\n---\n") == std::string::npos) files.push_back(path);
  }
  const Verdicts verdicts = ask_validator(folder, files);
  if (validator_is_missing(verdicts))
    GTEST_SKIP() << "python3, python3-yaml or python3-jsonschema (4 or later) is missing";
  ASSERT_EQ(verdicts.status, 0);
  ASSERT_EQ(verdicts.valid.size(), files.size());
  for (const fs::path& path : files) {
    EXPECT_EQ(verdicts.valid.at(path.string()), !read(read_file(path)).has_errors()) << path;
  }
}

TEST(OpsSchema, DescribesEveryKey) {
  const auto schema = nlohmann::json::parse(ops_schema());
  EXPECT_EQ(schema.at("$schema"), "https://json-schema.org/draft/2020-12/schema");
  const std::map<Place, std::string> names{{Place::top, ""},
                                           {Place::command, "/$defs/command"},
                                           {Place::pipeline, "/$defs/pipeline"},
                                           {Place::service, "/$defs/service"},
                                           {Place::workflow, "/$defs/workflow"},
                                           {Place::job, "/$defs/job"},
                                           {Place::environment, "/$defs/environment"},
                                           {Place::help, "/$defs/help"}};
  for (const OpsKey& key : ops_keys()) {
    for (const Place place : all_places) {
      if ((key.places & place_bit(place)) == 0) continue;
      const nlohmann::json::json_pointer at(names.at(place) + "/properties/" + std::string(key.name));
      ASSERT_TRUE(schema.contains(at)) << at.to_string();
      EXPECT_TRUE(schema[at]["description"].get<std::string>().starts_with(key.meaning)) << at.to_string();
    }
  }
}

TEST(OpsSchema, OffersEventsForCompletion) {
  const auto schema = nlohmann::json::parse(ops_schema());
  const auto& examples = schema["$defs"]["trigger"]["examples"];
  EXPECT_NE(std::find(examples.begin(), examples.end(), "github:owner/repo:pull_request.merged"), examples.end());
  EXPECT_NE(std::find(examples.begin(), examples.end(), "gitlab:owner/repo:push"), examples.end());
}

}  // namespace
}  // namespace lifecycle::ops
