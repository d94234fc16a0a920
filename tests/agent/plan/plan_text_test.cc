#include "agent/plan/plan_text.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "agent/os/files.h"
#include "tests/agent/plan/plan_fixture.h"

namespace lifecycle::plan {
namespace {

/// Compares with tests/golden/plan/NAME; LA_UPDATE_GOLDEN rewrites the file and fails, so that the diff is read.
void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(LA_SOURCE_DIR) + "/tests/golden/plan/" + name;
  if (std::getenv("LA_UPDATE_GOLDEN") != nullptr) {
    ASSERT_TRUE(os::write_file(path, text));
    FAIL() << path << " was rewritten";
  }
  const auto golden = os::read_file(path, 1 << 20);
  ASSERT_TRUE(golden) << golden.error().message;
  EXPECT_EQ(text, *golden);
}

Setting example() {
  Setting setting;
  setting.event = opened_change(std::nullopt);
  setting.event.change->title = "Speed up \x1b[31mthings\r\n::error::x";
  setting.event.names.push_back("merge_request.opened");
  setting.event.warnings = {"a guess: say --origin"};
  setting.packages.lacking = {"jq"};
  setting.ops(R"(version: "1"
commands:
  - {name: "lint:0.1.0", description: d, run: "npm run lint && echo \"it's fine\"", mountCwd: true,
     events: ["github:acme/app:pull_request.opened"]}
  - {name: "greet:0.1.0", description: d, run: echo hi}
pipelines:
  - name: preview:1.2.0
    description: d
    events: ["github:acme/app:pull_request.opened:base==main"]
    env: {static: ["STAGE=preview"], secrets: [NPM_AUTH], configs: [REGION, MISSING_URL]}
    jobs:
      - name: build
        description: d
        packages: [git, jq]
        steps:
          - git clone "https://github.com/$ORG/$REPO"
          - |
            if make; then
            	echo built
            fi
  - name: release:1.2.0
    description: d
    events: ["github:acme/app:push:ref==main", "github:acme/app:pull_request.opened:base==release/*"]
    jobs: [{name: j, description: d, steps: [make]}]
services:
  - {name: "api:1.0.0", description: d, run: node app.js, port: ["8080:3000"], health: /ok, trigger: [build, publish, start],
     events: ["github:acme/app:pull_request.*"]}
)");
  return setting;
}

TEST(PlanText, ShowsEverythingThatWouldHappen) {
  expect_golden("preview.txt", print_plan(example().make(), TextColour::plain));
}

TEST(PlanText, ShowsThatNothingMatches) {
  Setting setting;
  setting.event = event::Event{};
  setting.event.warnings = {"event: no CI was recognised"};
  setting.ops("version: '1'\ncommands: [{name: 'c:1', description: d, run: a, events: ['github:acme/app:push']}]");
  expect_golden("nothing.txt", print_plan(setting.make(), TextColour::plain));
}

TEST(PlanText, ColoursAddNothingButColours) {
  const Plan plan = example().make();
  const std::string plain = print_plan(plan, TextColour::plain);
  std::string coloured = print_plan(plan, TextColour::ansi);
  EXPECT_NE(coloured, plain);
  for (const std::string_view code : {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[33m"}) {
    for (auto at = coloured.find(code); at != std::string::npos; at = coloured.find(code))
      coloured.erase(at, code.size());
  }
  EXPECT_EQ(coloured, plain);
}

TEST(PlanText, NoByteOfAStrangerReachesTheTerminal) {
  Setting setting = example();
  const std::string nasty = "\x1b]0;x\x07\r\b\x9b\xff\xe2\x80\xae";
  setting.event.head = nasty;
  setting.event.actor = nasty;
  setting.event.ref = nasty;
  setting.event.repo += nasty;
  setting.event.warnings = {nasty};
  setting.host.set("LANG", nasty);
  for (const char c : print_plan(setting.make(), TextColour::plain)) {
    const auto byte = static_cast<unsigned char>(c);
    ASSERT_TRUE(byte >= 0x20 || c == '\n' || c == '\t') << static_cast<int>(byte);
    ASSERT_NE(byte, 0x7F);
    ASSERT_NE(byte, 0xFF);
  }
}

TEST(WhyText, SpeaksOfOneWorkflow) {
  const auto text = print_why(example().make(), "release", TextColour::plain);
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("base is 'main', the trigger asks base==release/*"), std::string::npos) << *text;
  EXPECT_NE(text->find("github:acme/app:pull_request.opened:base==main would match"), std::string::npos);
  EXPECT_EQ(text->find("lint"), std::string::npos);
  const auto running = print_why(example().make(), "pipeline/preview:1.2.0", TextColour::plain);
  ASSERT_TRUE(running);
  EXPECT_NE(running->find("job build"), std::string::npos);
}

TEST(WhyText, UnknownAndAmbiguousNamesAreErrors) {
  EXPECT_EQ(print_why(example().make(), "absent", TextColour::plain).error().code, "workflow-unknown");
  Setting setting;
  setting.ops("version: '1'\ncommands: [{name: 'c:1', description: d, run: a}, {name: 'c:2', description: d, run: a}]");
  const auto both = print_why(setting.make(), "c", TextColour::plain);
  EXPECT_EQ(both.error().code, "workflow-ambiguous");
  EXPECT_NE(both.error().message.find("ops.yml#command/c:1, ops.yml#command/c:2"), std::string::npos);
}

}  // namespace
}  // namespace lifecycle::plan
