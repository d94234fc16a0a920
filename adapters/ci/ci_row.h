// What one CI is to the agent. Each CI defines its row in its own file (gitlab_ci.cc); ci_table.cc has their order.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "adapters/ci/ci_reader.h"
#include "agent/base/environment.h"
#include "agent/base/result.h"

namespace lifecycle::ci {

/// The facts of an event that a CI's variables and files may tell.
enum class Fact : std::uint8_t {
  origin,
  host,
  repo,
  branch,
  tag,
  base,
  head,
  commit,
  before,
  actor,
  number,
  title,
  labels,
  fork,
  environment,
  run_id,
  run_url,
};

/// A set of facts: one bit each.
class FactSet {
 public:
  constexpr FactSet() = default;
  constexpr FactSet(std::initializer_list<Fact> facts) {
    for (const Fact fact : facts) bits_ |= bit(fact);
  }
  [[nodiscard]] constexpr bool has(Fact fact) const { return (bits_ & bit(fact)) != 0; }
  [[nodiscard]] constexpr bool operator==(const FactSet&) const = default;
  constexpr void add(Fact fact) { bits_ |= bit(fact); }

 private:
  static constexpr std::uint32_t bit(Fact fact) { return std::uint32_t{1} << static_cast<unsigned>(fact); }
  std::uint32_t bits_ = 0;
};

/// Where the facts of a checkout may fill what the variables leave open.
enum class Checkout : std::uint8_t { never, for_gaps };

struct CiRow {
  std::string_view name;   // github-actions; the value of Event::ci
  std::string_view title;  // GitHub Actions
  std::string_view sign;   // by which it was recognised, for people
  bool (*is_here)(const Environment& environment);
  /// Makes the event of the CI's variables and files. The user's facts are laid over it afterwards, the checkout below
  /// it. Errors: payload-mismatch, payload-unreadable.
  Result<event::Event> (*read)(const CiInput& input);
  /// From the first signal to the kill, by the CI's own documentation; 10 s where it says nothing.
  std::chrono::seconds grace{10};
  /// CIs of one family set one another's variables and do not warn of it.
  std::string_view family;
  /// What its variables and files tell at their best. The cases must show each, and no other.
  FactSet facts{};
  /// The actions of a change that it can tell ("opened synchronize"); empty: none. The cases must show each.
  std::string_view actions{};
  Checkout checkout = Checkout::for_gaps;
  /// Whether `read` takes a payload of the user's (--payload) itself; else it is read as a forge's and stands above
  /// `read`. nullptr: never.
  bool (*reads_given_payload)(const CiInput& input) = nullptr;
  /// How its checkout gets the whole history, for people; empty: it has it, or nothing is known.
  std::string_view full_history{};
  /// Who can give its own variables another value, and with them forge an event; empty: nobody.
  std::string_view forgeable_by{};
  /// When it tells the actions above, if not always: "of GitLab, by its plugins".
  std::string_view actions_note{};
  /// The variable that alone hints at this CI; empty: none does, for projects of other CIs have it too.
  std::string_view marker{};
};

}  // namespace lifecycle::ci
