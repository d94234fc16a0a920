// All that the doctor looked at, as values: gathered at the rim, judged by examine().
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/ci/read_event.h"
#include "agent/base/diagnostic.h"
#include "agent/plan/plan.h"

namespace lifecycle::doctor {

/// A server or engine that was asked whether it is there.
struct Answer {
  enum class Kind { not_asked, reached, refused, unreachable };
  Kind kind = Kind::not_asked;
  std::string where;   // host of the address, path of the socket; never credentials
  std::string detail;  // "status 404", "Docker/20.10.24", what went wrong
  std::string hint;
};

struct Checkout {
  bool asked = false;
  bool found = false;
  bool shallow = false;
  std::vector<std::string> warnings;
};

/// A variable that looks like a setting of ours and is none.
struct StrayVariable {
  std::string name;
  std::string nearest;  // empty: none is near
};

struct World {
  /// The event, or why there is none.
  std::optional<ci::Detected> detected;
  std::optional<Diagnostic> event_error;

  Checkout checkout;

  std::vector<Diagnostic> ops_errors;  // no plan was made of such files
  std::vector<Diagnostic> ops_warnings;
  bool ops_found = false;
  /// By event: what would run. By name: every workflow of the files, as if it ran.
  std::optional<plan::Plan> by_event;
  std::optional<plan::Plan> by_name;

  std::string token_place;  // where the token was found; empty: nowhere
  std::string token_problem;
  std::string events_url;  // as given; empty: the platform's, where there is a token
  bool team_given = false;
  bool strict = false;  // an event that does not arrive fails a run
  Answer upstream;
  Answer engine;

  std::vector<std::string> missing_programs;  // of bash and git, those that PATH lacks
  bool has_control_groups = false;            // jobs get control groups of their own
  std::vector<StrayVariable> strays;
};

}  // namespace lifecycle::doctor
