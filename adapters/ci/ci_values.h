// Values of a CI's variables as facts of an event: the steps that the readers share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/ci/remote_url.h"
#include "agent/base/environment.h"
#include "agent/event/lifecycle_event.h"

namespace lifecycle::ci {

/// A variable that is set, and neither `false` nor `0`.
[[nodiscard]] bool is_marked(const Environment& environment, std::string_view name);

/// A variable that is set and not empty.
[[nodiscard]] bool has(const Environment& environment, std::string_view name);

/// The value as a text; empty counts as unset everywhere.
[[nodiscard]] std::string text(const Environment& environment, std::string_view name);

/// The first of several that is not empty.
[[nodiscard]] std::string first_text(const Environment& environment, std::initializer_list<std::string_view> names);

/// A whole number and nothing else.
[[nodiscard]] std::optional<std::int64_t> number_in(std::string_view text);

/// 40 or 64 hex digits that are not all zero; empty otherwise (`HEAD`, `pr/7`, a short hash).
[[nodiscard]] std::string sha_in(std::string_view text);

/// `a, b,c` → a b c; empty ones fall out.
[[nodiscard]] std::vector<std::string> list_in(std::string_view text, char separator = ',');

/// `refs/heads/x` and `refs/tags/x` → x, one prefix once; anything else as it is.
[[nodiscard]] std::string short_ref(std::string_view ref);

/// The part before `...` of a range of commits (`a...b`), where it is a whole sha.
[[nodiscard]] std::string sha_before(std::string_view range);

/// Whether the head's repository is another than the base's; nullopt: one of them is not known.
[[nodiscard]] std::optional<bool> is_fork(std::string_view head_repo, std::string_view base_repo);

/// A forge that is only guessed from its host's name is used, and said.
void warn_of_guess(event::Event& event, const RemoteFacts& remote);

/// Origin and host, where the event does not know them yet; a warning where the forge is only guessed from the host's
/// name.
void add_server(event::Event& event, const RemoteFacts& remote);

/// Origin, host and repository of a git address, where the event does not know them yet. A forge that is only guessed
/// from the host's name is used, with a warning; so is an address that does not tell the repository.
void add_remote(event::Event& event, std::string_view address);

/// `acme/app`: no address, no blanks or control characters, no part that is empty, `.` or `..`.
[[nodiscard]] bool is_repository_path(std::string_view value);

/// The repository, unless the value cannot be one: a warning names the variable.
void set_repo(event::Event& event, std::string_view value, std::string_view variable);

/// `push` of a branch (or of a tag, where the event has one: read_event names it `push.tag`).
void name_push(event::Event& event);

/// A change of which no action is known yet: name, kind, `change`. The number may be unknown.
event::Change& name_change(event::Event& event, std::optional<std::int64_t> number);

/// `pull_request.opened` and the like, with the forge's own word as the action (`open`).
void set_change_action(event::Event& event, std::string_view name, std::string_view word);

/// The CI says what started it (`cause`, in its own word), and that is no event of a forge: another pipeline, a release
/// of its own. None is claimed, also not for a branch that is known.
void name_nothing(event::Event& event, std::string_view cause);

/// An event without refs of its own, as `schedule` or `deployment.created`; kind is what stands before the dot.
void name_event(event::Event& event, std::string_view name);

/// `deployment.created` of what is deployed: a CI's own promotion has no name on any forge. `word` is the CI's own for
/// it, `id` the forge's deployment where it started the run.
void name_deployment(event::Event& event, std::string_view environment, std::string_view word,
                     std::string_view id = {});

}  // namespace lifecycle::ci
