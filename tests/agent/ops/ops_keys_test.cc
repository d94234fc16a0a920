// Every key of the table at every place where it may stand, with every right and every wrong shape of its value.
#include "agent/ops/ops_keys.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/agent/ops/corpus_files.h"
#include "tests/agent/ops/reading_text.h"

namespace lifecycle::ops {
namespace {

using Entries = std::map<std::string, std::string>;

/// A map that is well-formed at its place, as key and flow YAML.
Entries well_formed(Place place) {
  const std::string text = "{name: b:1.0.0, description: d, public: false, run: x}";
  switch (place) {
    case Place::top:
      return {{"version", "'1'"}, {"commands", "[" + text + "]"}, {"services", "[" + text + "]"}};
    case Place::command:
    case Place::service:
      return {{"name", "a:1.0.0"}, {"description", "d"}, {"public", "false"}, {"run", "x"}};
    case Place::pipeline:
      return {{"name", "a:1.0.0"}, {"description", "d"}, {"jobs", "[{name: j, description: d, steps: [x]}]"}};
    case Place::workflow:
      return {{"name", "a:1.0.0"}, {"description", "d"}, {"public", "false"}, {"steps", "[x]"}};
    case Place::job:
      return {{"name", "j"}, {"description", "d"}, {"steps", "[x]"}};
    case Place::environment:
    case Place::help:
      break;
  }
  return {};
}

std::string flow_map(const Entries& entries) {
  std::string text = "{";
  for (const auto& [key, value] : entries) text += (text.size() > 1 ? ", " : "") + key + ": " + value;
  return text + "}";
}

std::string file_around(Place place, const Entries& entries) {
  const std::string map = flow_map(entries);
  const auto section = [](const std::string& key, const std::string& entry) {
    return "version: '1'\n" + key + ": [" + entry + "]\n";
  };
  Entries command = well_formed(Place::command);
  switch (place) {
    case Place::top:
      return map + "\n";
    case Place::command:
      return section("commands", map);
    case Place::pipeline:
      return section("pipelines", map);
    case Place::service:
      return section("services", map);
    case Place::workflow:
      return section("workflows", map);
    case Place::job: {
      Entries pipeline = well_formed(Place::pipeline);
      pipeline["jobs"] = "[" + map + "]";
      return section("pipelines", flow_map(pipeline));
    }
    case Place::environment:
      command["env"] = map;
      return section("commands", flow_map(command));
    case Place::help:
      command["help"] = map;
      return section("commands", flow_map(command));
  }
  return {};
}

struct Values {
  std::vector<std::string> right;
  std::vector<std::string> wrong;
};

Values values_of(Shape shape) {
  const std::string command = "{name: c:1.0.0, description: d, public: false, run: x}";
  const std::string pipeline = "{name: c:1.0.0, description: d, jobs: [{name: j, description: d, steps: [x]}]}";
  const std::string legacy = "{name: c:1.0.0, description: d, public: false, steps: [x]}";
  switch (shape) {
    case Shape::anything:
      return {{"x", "5", "[a]", "{a: b}"}, {}};
    case Shape::text:
      return {{"x", "'5'", "'true'", "off", "yes", "1_000", "\"a\\nb\""},
              {"5", "1.5", "true", "[a]", "{a: b}", ".inf", "0x1F"}};
    case Shape::filled_text:
      return {{"x", "'5'"}, {"5", "true", "[a]", "{a: b}", "''", "' '", "\"\\t\\n\""}};
    case Shape::text_or_number:
      return {{"x", "'1'", "1", "1.1"}, {"true", "[a]", "{a: b}"}};
    case Shape::boolean:
      return {{"true", "false", "True", "FALSE"}, {"yes", "off", "'true'", "ffalse", "1", "[true]", "{a: b}"}};
    case Shape::words:
      return {{"[]", "[a, b]", "['1']", "[null, a]"},
              {"a", "5", "true", "{a: b}", "[5]", "[true]", "[[a]]", "[{a: b}]"}};
    case Shape::commands:
    case Shape::services:
      return {{"[]", "[" + command + "]"}, {"x", "5", "true", command, "[x]", "[null]", "[5]", "[[]]"}};
    case Shape::pipelines:
      return {{"[]", "[" + pipeline + "]"}, {"x", "5", "true", pipeline, "[x]", "[null]"}};
    case Shape::workflows:
      return {{"[]", "[" + legacy + "]"}, {"x", "5", "true", legacy, "[x]", "[null]"}};
    case Shape::jobs:
      return {{"[{name: j, description: d, steps: [x]}]"}, {"[]", "x", "{name: j, steps: [x]}", "[x]", "[null]"}};
    case Shape::steps:
      return {{"[x]", "[true, 5, null, '']"}, {"[]", "x", "{a: b}", "[[x]]", "[{a: b}]", "[a: b]"}};
    case Shape::filled_steps:
      return {{"[x]", "[true, 5]"}, {"[]", "x", "{a: b}", "[[x]]", "[{a: b}]", "[null]", "['']"}};
    case Shape::name:
      return {{"a:1.0.0", "A-b_9:l337", "'a:1:2'", "a:1.0"},
              {"''", "5", "[a]", "{a: b}", "'a b:1.0.0'", "ä:1.0.0", "'a:'", "'a:-1'", "a/b:1.0.0", "'a:1 '", "':1'"}};
    case Shape::job_name:
      return {{"j", "'build it: now'", "ü"}, {"''", "' '", "5", "[a]", "{a: b}", "\"a\\nb\"", "\"\\e[31m\""}};
    case Shape::version_text:
      return {{"1.0.0", "1", "1.0", "v1"}, {"true", "[1]", "{a: b}", "-a", "''", "'1 2'", "1:2"}};
    case Shape::sdk:
      return {{"'2'", "2", "1", "off", "x"}, {"true", "[2]", "{a: b}", "1.5"}};
    case Shape::ports:
      return {{"8080", "'8080'", "['8080:80', 81]", "[]", "65535", "['1:1', '2:1']"},
              {"0", "65536", "-1", "1.5", "true", "{a: b}", "x", "['a:b']", "['80:']", "[':80']", "['80:80:80']",
               "['80/tcp']", "['080:80']", "['80:80', '80:80']", "[true]", "[[80]]", "[99999999999999999999]"}};
    case Shape::events:
      return {
          {"'github:a/b:push'", "['github:a/b:push:ref==main', 'gitlab:a/b/c:push']", "[]", "['github:a/b:nothing']"},
          {"push", "5", "true", "{a: b}", "['github:a/b']", "[5]", "[github: a]", "['']", "[' github:a/b:push']"}};
    case Shape::service_actions:
      return {{"[build, publish, start]", "[]", "[biuld]"}, {"build", "5", "{a: b}", "[5]", "[[build]]"}};
    case Shape::environment:
      return {{"{static: [A=1]}", "[A=1, B=$B, C]", "{}", "[]", "{secrets: [A], configs: [B]}"},
              {"A=1", "5", "true", "[5]", "['=1']", "[' ']", "[{A: 1}]", "{static: {A: 1}}", "[LIFECYCLE_TOKEN]"}};
    case Shape::statics:
      return {{"[A=1]", "[A=]", "['A=b=c']", "[]", "[a-b=1]", "[MY_LIFECYCLE_TOKEN=x]"},
              {"A=1", "[A]", "['=1']", "[5]", "{A: 1}", "[A: 1]", "['']", "[A=1, LIFECYCLE_TOKEN=x]"}};
    case Shape::variable_names:
      return {{"[A]", "[]", "[a-b]", "[$A]"}, {"A", "[A=1]", "['']", "[5]", "{A: 1}", "[INPUT_TOKEN]", "[true]"}};
    case Shape::help:
      return {{"{usage: x}", "{}", "{arguments: false}"},
              {"x", "true", "[a]", "{arguments: true}", "{usage: [a]}", "{options: x}"}};
    case Shape::help_map:
      return {{"{a: b}", "{}", "false", "FALSE"}, {"true", "x", "5", "[a]"}};
    case Shape::workdir:
      return {{"workspace", "empty", "web", "./a/b", "..a", "."},
              {"/a", "..", "a/../../b", "~/a", "''", "5", "[a]", "{a: b}"}};
    case Shape::executor:
      return {{"process", "container"}, {"vm", "5", "true", "[process]", "''"}};
    case Shape::url_path:
      return {{"/", "/healthz", "'/a?b=c'"}, {"healthz", "5", "true", "[/a]", "''", "'/a b'", "'http://a/b'"}};
  }
  return {};
}

TEST(OpsKeys, AcceptEveryRightShape) {
  for (const OpsKey& key : ops_keys()) {
    for (const Place place : all_places) {
      if ((key.places & place_bit(place)) == 0) continue;
      for (const std::string& value : values_of(key.shape).right) {
        Entries entries = well_formed(place);
        entries[std::string(key.name)] = value;
        const std::string text = file_around(place, entries);
        const OpsReading reading = read(text);
        EXPECT_TRUE(reading.file.has_value()) << text << print_diagnostics(reading.diagnostics);
      }
    }
  }
}

TEST(OpsKeys, RefuseEveryWrongShape) {
  for (const OpsKey& key : ops_keys()) {
    for (const Place place : all_places) {
      if ((key.places & place_bit(place)) == 0) continue;
      for (const std::string& value : values_of(key.shape).wrong) {
        Entries entries = well_formed(place);
        entries[std::string(key.name)] = value;
        const std::string text = file_around(place, entries);
        const OpsReading reading = read(text);
        EXPECT_TRUE(reading.has_errors()) << text;
        EXPECT_FALSE(reading.file.has_value()) << text;
      }
    }
  }
}

TEST(OpsKeys, CountAnAbsentValueAsNoKey) {
  for (const OpsKey& key : ops_keys()) {
    for (const Place place : all_places) {
      if ((key.places & place_bit(place)) == 0) continue;
      Entries entries = well_formed(place);
      entries[std::string(key.name)] = "";
      const OpsReading reading = read(file_around(place, entries));
      EXPECT_EQ(reading.has_errors(), key.need == Need::required) << key.name << "\n"
                                                                  << print_diagnostics(reading.diagnostics);
      entries.erase(std::string(key.name));
      const OpsReading without = read(file_around(place, entries));
      EXPECT_EQ(without.has_errors(), key.need == Need::required) << key.name;
      const bool told = print_codes(without.diagnostics).find("ops-missing-key") != std::string::npos;
      EXPECT_EQ(told, key.need != Need::optional) << key.name;
    }
  }
}

TEST(OpsKeys, SayNothingOfAWellFormedMap) {
  for (const Place place : all_places) {
    EXPECT_EQ(print_diagnostics(read(file_around(place, well_formed(place))).diagnostics), "");
  }
}

TEST(OpsKeys, WarnOfKeysThatDoNothing) {
  for (const OpsKey& key : ops_keys()) {
    for (const Place place : all_places) {
      if ((key.places & place_bit(place)) == 0) continue;
      std::string code;
      if (key.standing == Standing::dead) code = "ops-dead-key?";
      if (key.standing == Standing::later) code = "ops-unsupported-key?";
      if (key.standing == Standing::deprecated) code = "ops-deprecated-key?";
      if (code.empty()) continue;
      Entries entries = well_formed(place);
      entries[std::string(key.name)] = values_of(key.shape).right.at(0);
      EXPECT_EQ(print_codes(read(file_around(place, entries)).diagnostics), code) << key.name;
    }
  }
}

TEST(OpsKeys, StandOnceAtAPlace) {
  for (const Place place : all_places) {
    std::map<std::string_view, int> seen;
    for (const OpsKey& key : ops_keys()) {
      if ((key.places & place_bit(place)) != 0) ++seen[key.name];
    }
    for (const auto& [name, count] : seen) EXPECT_EQ(count, 1) << name << " of " << print_place(place);
  }
}

TEST(OpsKeys, HaveExamplesThatAreRight) {
  for (const OpsKey& key : ops_keys()) {
    const std::string example(key.example);
    EXPECT_TRUE(example.starts_with(std::string(key.name) + ": ")) << example;
    for (const Place place : all_places) {
      if ((key.places & place_bit(place)) == 0) continue;
      Entries entries = well_formed(place);
      entries[std::string(key.name)] = example.substr(key.name.size() + 2);
      const OpsReading reading = read(file_around(place, entries));
      EXPECT_FALSE(reading.has_errors()) << example << "\n" << print_diagnostics(reading.diagnostics);
    }
  }
}

TEST(OpsKeys, AreTheTablesOfTheDocs) {
  const std::string page = read_file(std::string(LA_SOURCE_DIR) + "/docs/ops-yml.md");
  const std::string begin = "<!-- generated: ops-keys -->\n";
  const std::size_t from = page.find(begin);
  const std::size_t to = page.find("<!-- end generated -->", from);
  ASSERT_NE(from, std::string::npos);
  ASSERT_NE(to, std::string::npos);
  EXPECT_EQ(page.substr(from + begin.size(), to - from - begin.size()), ops_keys_markdown())
      << "stale: './dev docs' writes it anew";
}

}  // namespace
}  // namespace lifecycle::ops
