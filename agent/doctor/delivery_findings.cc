#include "agent/doctor/delivery_findings.h"

namespace lifecycle::doctor {
namespace {

void add_token(const World& world, std::vector<Finding>& findings) {
  if (!world.token_problem.empty()) {
    findings.push_back({.topic = "token",
                        .state = State::problem,
                        .found = world.token_problem,
                        .fix = "give the token alone, in LIFECYCLE_TOKEN or CTOAI_EVENTS_API_TOKEN",
                        .blame = world.strict ? Blame::user : Blame::nobody});
  } else if (!world.token_place.empty()) {
    findings.push_back({.topic = "token", .found = "from " + world.token_place});
    if (!world.team_given) {
      findings.push_back({.topic = "token",
                          .state = State::note,
                          .found = "there is a token and no team, so events belong to nobody",
                          .fix = "set CTOAI_TEAM_ID (LIFECYCLE_TEAM_ID, --team-id)"});
    }
  } else if (world.events_url.empty()) {
    findings.push_back(
        {.topic = "token",
         .state = State::note,
         .found = "no insights events are sent: there is neither a token nor --events-url",
         .fix = "set CTOAI_EVENTS_API_TOKEN and CTOAI_TEAM_ID; most CIs keep them from changes of forks"});
  } else {
    findings.push_back(
        {.topic = "token", .state = State::note, .found = "events are sent to --events-url without a token"});
  }
}

void add_upstream(const World& world, std::vector<Finding>& findings) {
  const Answer& upstream = world.upstream;
  switch (upstream.kind) {
    case Answer::Kind::not_asked:
      return;
    case Answer::Kind::reached:
      findings.push_back({.topic = "upstream", .found = upstream.where + " answers (" + upstream.detail + ")"});
      return;
    case Answer::Kind::refused:
      findings.push_back(
          {.topic = "upstream",
           .state = State::problem,
           .found = upstream.where + " refuses the token of " + world.token_place + " (" + upstream.detail + ")",
           .fix = "take the team's events token from the platform's settings",
           .blame = world.strict ? Blame::machine : Blame::nobody});
      return;
    case Answer::Kind::unreachable:
      findings.push_back({.topic = "upstream",
                          .state = State::problem,
                          .found = upstream.where + " is not reachable: " + upstream.detail,
                          .fix = upstream.hint,
                          .blame = world.strict ? Blame::machine : Blame::nobody});
      return;
  }
}

void add_strays(const World& world, std::vector<Finding>& findings) {
  for (const StrayVariable& stray : world.strays) {
    findings.push_back(
        {.topic = "settings",
         .state = State::note,
         .found = stray.name + " is no setting, so nobody reads it",
         .fix = stray.nearest.empty() ? "docs/flags.md lists them" : "did you mean " + stray.nearest + "?"});
  }
}

}  // namespace

void add_delivery_findings(const World& world, std::vector<Finding>& findings) {
  add_token(world, findings);
  add_upstream(world, findings);
  add_strays(world, findings);
}

}  // namespace lifecycle::doctor
