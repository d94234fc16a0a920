// What the doctor finds: one line each, with its remedy.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lifecycle::doctor {

/// fine: as it should be. note: something that cannot be had here, or may surprise. problem: a run would end badly, or
/// its insights events would not arrive.
enum class State { fine, note, problem };
[[nodiscard]] std::string_view print_state(State state);

/// What keeps a run from starting or fails it, for the exit code: what a user wrote, or the machine around. nobody: a
/// problem that leaves the run alone.
enum class Blame { nobody, user, machine };

struct Finding {
  std::string topic;  // ci, event, payload, history, merged, token, upstream, engine, secrets …
  State state = State::fine;
  std::string found;
  std::string fix;  // what to do about it; empty: nothing
  Blame blame = Blame::nobody;
};

}  // namespace lifecycle::doctor
