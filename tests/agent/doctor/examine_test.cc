// Each finding of the doctor, from a world that has it and one that has not.
#include "agent/doctor/examine.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/ci/ci_table.h"

namespace lifecycle::doctor {
namespace {

const ci::CiRow* row_of(std::string_view name) {
  for (const ci::CiRow* row : ci::ci_rows()) {
    if (row->name == name) return row;
  }
  return nullptr;
}

/// A push to acme/app under GitHub Actions, with everything as it should be.
World healthy() {
  ci::Detected detected;
  detected.ci = {.row = row_of("github-actions"), .sign = "GITHUB_ACTIONS", .others = {}, .in_ci = true};
  detected.event.origin = "github";
  detected.event.repo = "acme/app";
  detected.event.names = {"push"};
  detected.event.payload = event::Payload{.path = "/event.json", .size = 12};
  World world;
  world.detected = detected;
  world.checkout = {.asked = true, .found = true, .shallow = false, .warnings = {}};
  world.ops_found = true;
  plan::WorkflowRun workflow{.workflow = "ship", .version = "1.0.0", .file = "ops.yml", .line = 3};
  workflow.jobs.push_back({.name = "job"});
  plan::Plan plan;
  plan.matched.push_back(workflow);
  world.by_event = plan;
  world.by_name = plan;
  world.token_place = "LIFECYCLE_TOKEN";
  world.team_given = true;
  world.upstream = {.kind = Answer::Kind::reached, .where = "https://events.example/", .detail = "status 404"};
  world.engine = {.kind = Answer::Kind::reached, .where = "/var/run/docker.sock", .detail = "Docker/27"};
  return world;
}

const Finding* find(const std::vector<Finding>& findings, std::string_view topic, State state) {
  const auto found = std::ranges::find_if(
      findings, [&](const Finding& finding) { return finding.topic == topic && finding.state == state; });
  return found == findings.end() ? nullptr : &*found;
}

int problems(const std::vector<Finding>& findings) {
  return static_cast<int>(std::ranges::count(findings, State::problem, &Finding::state));
}

TEST(Examine, AHealthyWorldHasNeitherProblemNorNote) {
  const auto findings = examine(healthy());
  for (const Finding& finding : findings) EXPECT_EQ(finding.state, State::fine) << finding.topic << finding.found;
  EXPECT_GT(findings.size(), 8U);
}

struct Ailment {
  const char* about;
  void (*befall)(World&);
  const char* topic;
  State state;
  const char* found;
  const char* fix;
};

class Ailments : public testing::TestWithParam<Ailment> {};

TEST_P(Ailments, AreFoundWithTheirFix) {
  World world = healthy();
  GetParam().befall(world);
  const auto findings = examine(world);
  const Finding* finding = find(findings, GetParam().topic, GetParam().state);
  ASSERT_NE(finding, nullptr) << GetParam().about;
  EXPECT_NE(finding->found.find(GetParam().found), std::string::npos) << finding->found;
  EXPECT_NE(finding->fix.find(GetParam().fix), std::string::npos) << finding->fix;
  EXPECT_EQ(problems(findings), GetParam().state == State::problem ? 1 : 0);
  const bool only_delivery = finding->topic == "upstream" || finding->topic == "token";
  EXPECT_EQ(finding->blame == Blame::nobody, GetParam().state != State::problem || only_delivery);
}

TEST(Examine, WhatDoesNotArriveFailsARunOnlyWhereThatIsAsked) {
  World world = healthy();
  world.upstream = {.kind = Answer::Kind::unreachable, .where = "https://x/", .detail = "no host", .hint = "look"};
  EXPECT_EQ(find(examine(world), "upstream", State::problem)->blame, Blame::nobody);
  world.strict = true;
  EXPECT_EQ(find(examine(world), "upstream", State::problem)->blame, Blame::machine);
}

plan::MissingValue missing_key() { return {.kind = "secret", .name = "DEPLOY_KEY", .asked = {"the environment"}}; }

INSTANTIATE_TEST_SUITE_P(
    World, Ailments,
    testing::Values(
        Ailment{"no CI", [](World& w) { w.detected->ci.in_ci = false; }, "ci", State::note, "no CI",
                "LIFECYCLE_EVENT_"},
        Ailment{"two CIs", [](World& w) { w.detected->ci.others = {"jenkins"}; }, "ci", State::note, "jenkins",
                "--ci jenkins"},
        Ailment{"no event", [](World& w) { w.detected->event.names.clear(); }, "event", State::note, "no event",
                "--event"},
        Ailment{"no origin", [](World& w) { w.detected->event.origin.clear(); }, "event", State::problem, "forge",
                "--origin"},
        Ailment{"no repository", [](World& w) { w.detected->event.repo.clear(); }, "event", State::problem,
                "repository", "--repo"},
        Ailment{"broken event",
                [](World& w) {
                  w.detected.reset();
                  w.by_event.reset();
                  w.by_name.reset();
                  w.event_error = Diagnostic{.code = "payload-mismatch", .message = "not a push", .hint = "look"};
                },
                "event", State::problem, "not a push", "look"},
        Ailment{"no payload", [](World& w) { w.detected->event.payload.reset(); }, "payload", State::note, "no payload",
                "--payload"},
        Ailment{"shallow", [](World& w) { w.checkout.shallow = true; }, "history", State::note, "shallow", "fetch"},
        Ailment{"no checkout", [](World& w) { w.checkout.found = false; }, "history", State::note, "no checkout",
                "clone"},
        Ailment{"a CI that sees no merge", [](World& w) { w.detected->ci.row = row_of("travis-ci"); }, "merged event",
                State::note, "not seen", "--payload"},
        Ailment{"a broken payload",
                [](World& w) {
                  w.detected->event.payload.reset();
                  w.detected->event.warnings = {"the payload /x is cut off: only what the environment tells is known"};
                },
                "payload", State::note, "could not be read", "mount"},
        Ailment{"an orb", [](World& w) { w.detected->ci.row = row_of("circleci"); }, "merged event", State::note,
                "by the orb", "--payload"},
        Ailment{"a workflow that waits in vain",
                [](World& w) {
                  w.detected->ci.row = row_of("travis-ci");
                  w.by_event->unmatched.push_back({.workflow = "release",
                                                   .file = "ops.yml",
                                                   .line = 9,
                                                   .triggers = {"github:acme/app:pull_request.merged"}});
                },
                "triggers", State::note, "release (ops.yml:9)", "--assume-action merged"},
        Ailment{"a fork",
                [](World& w) {
                  w.detected->event.names = {"pull_request.opened"};
                  w.detected->event.change.emplace().fork = true;
                },
                "fork", State::note, "withheld", "--allow-fork-secrets"},
        Ailment{"perhaps a fork",
                [](World& w) {
                  w.detected->event.names = {"pull_request.opened"};
                  w.detected->event.change.emplace();
                },
                "fork", State::note, "nothing tells", "--fork false"},
        Ailment{"broken file",
                [](World& w) {
                  w.by_event.reset();
                  w.by_name.reset();
                  w.ops_errors = {{.code = "ops-x",
                                   .place = {.file = "ops.yml", .line = 4},
                                   .message = "a list is due",
                                   .hint = "write a list"}};
                },
                "ops.yml", State::problem, "ops.yml:4: a list is due", "write a list"},
        Ailment{"doubtful file", [](World& w) { w.ops_warnings = {{.code = "ops-y", .message = "no description"}}; },
                "ops.yml", State::note, "no description", "check"},
        Ailment{"nothing matches", [](World& w) { w.by_event->matched.clear(); }, "would run", State::note,
                "no workflow", "plan"},
        Ailment{"a secret that is needed now",
                [](World& w) { w.by_event->matched[0].jobs[0].missing = {missing_key()}; }, "secrets", State::problem,
                "DEPLOY_KEY", "the environment"},
        Ailment{"a secret that is needed later",
                [](World& w) { w.by_name->matched[0].jobs[0].missing = {missing_key()}; }, "secrets", State::note,
                "DEPLOY_KEY", "the environment"},
        Ailment{"packages", [](World& w) { w.by_event->matched[0].jobs[0].missing_packages = {"jq"}; }, "packages",
                State::note, "jq", "apt-get install -y jq"},
        Ailment{"a problem of the plan",
                [](World& w) { w.by_event->problems = {{.code = "x", .message = "too long", .hint = "shorten it"}}; },
                "plan", State::problem, "too long", "shorten it"},
        Ailment{"no bash", [](World& w) { w.missing_programs = {"bash"}; }, "programs", State::problem, "bash",
                "install"},
        Ailment{"no git", [](World& w) { w.missing_programs = {"git"}; }, "programs", State::note, "git", "install"},
        Ailment{"no engine",
                [](World& w) { w.engine = {.kind = Answer::Kind::unreachable, .where = "/x", .detail = "gone"}; },
                "engine", State::note, "gone", "DOCKER_HOST"},
        Ailment{"no token",
                [](World& w) {
                  w.token_place.clear();
                  w.upstream = {};
                },
                "token", State::note, "no insights events", "CTOAI_EVENTS_API_TOKEN"},
        Ailment{"no team", [](World& w) { w.team_given = false; }, "token", State::note, "no team", "CTOAI_TEAM_ID"},
        Ailment{"a bad token", [](World& w) { w.token_problem = "the token has a blank"; }, "token", State::problem,
                "blank", "token alone"},
        Ailment{"refused", [](World& w) { w.upstream.kind = Answer::Kind::refused; }, "upstream", State::problem,
                "LIFECYCLE_TOKEN", "settings"},
        Ailment{"unreachable",
                [](World& w) {
                  w.upstream = {
                      .kind = Answer::Kind::unreachable, .where = "https://x/", .detail = "no host", .hint = "look"};
                },
                "upstream", State::problem, "no host", "look"},
        Ailment{"a misspelt variable",
                [](World& w) { w.strays = {{.name = "LIFECYCLE_TOKN", .nearest = "LIFECYCLE_TOKEN"}}; }, "settings",
                State::note, "LIFECYCLE_TOKN", "LIFECYCLE_TOKEN"}),
    [](const auto& parameter) {
      std::string name = parameter.param.about;
      std::ranges::replace(name, ' ', '_');
      return name;
    });

}  // namespace
}  // namespace lifecycle::doctor
