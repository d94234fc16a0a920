#include "agent/cli/native_actions.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "agent/base/visible_text.h"
#include "agent/http/url.h"
#include "agent/os/child_process.h"
#include "agent/os/files.h"
#include "agent/plan/reserved_variables.h"

namespace lifecycle::cli {
namespace {

constexpr DiagnosticCode native_file_failed{
    "native-file-failed", "a file of the CI's could not be written",
    "The CI named a file for outputs or summaries (the message has the variable), and it cannot be written. Later "
    "steps "
    "miss what it would have told them; the workflows and the exit code are not affected."};
constexpr DiagnosticCode native_command_failed{
    "native-command-failed", "the CI's own program refused what it was told",
    "Annotations, summaries and outputs of Buildkite go through `buildkite-agent`. The message has what it said. The "
    "workflows and the exit code are not affected."};
constexpr DiagnosticCode native_request_failed{
    "native-request-failed", "the CI's API did not take an annotation, output or summary",
    "AppVeyor and Bitbucket take these over HTTP from within the build. Where the agent runs in a container, the "
    "container must reach the build machine's ports. The workflows and the exit code are not affected."};

template <class... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

Diagnostic file_warning(const std::string& variable, const Diagnostic& error) {
  return {.code = native_file_failed.code,
          .severity = Severity::warning,
          .message = "what " + variable + " names cannot be written: " + error.message,
          .hint = "later steps miss what it would have told them; the result stands"};
}

std::string first_line(std::string_view text) {
  while (!text.empty() && (text.front() == '\n' || text.front() == '\r')) text.remove_prefix(1);
  return visible(text.substr(0, text.find_first_of("\r\n")));
}

/// What the CI's program gets: all but the agent's own credentials, which are none of its business.
std::vector<std::string> environment_block(const Environment& environment) {
  std::vector<std::string> block;
  for (const auto& [name, value] : environment.all()) {
    if (!plan::is_own_token(name)) block.push_back(std::string(name).append("=").append(value));
  }
  return block;
}

/// Nothing when it went well, or there is no such program here.
std::optional<Diagnostic> hand_to_program(const dialect::RunCommand& command, const Environment& environment,
                                          const std::function<os::Deadline()>& deadline) {
  const std::string path = os::find_program(command.words.front(), environment);
  if (path.empty()) return std::nullopt;
  const os::ChildAnswer answer = os::run_child(
      {.program = path, .words = command.words, .environment = environment_block(environment), .input = command.input},
      deadline);
  if (answer.ok()) return std::nullopt;
  std::string what = "'" + command.words[0] + (command.words.size() > 1 ? " " + command.words[1] : "") + "' ";
  if (answer.end == os::ChildAnswer::End::timed_out) {
    what += "did not end in time";
  } else if (answer.end == os::ChildAnswer::End::not_started) {
    what += "cannot be started: " + answer.error;
  } else {
    what += "failed";
    if (const std::string said = first_line(answer.error); !said.empty()) what += ": " + said;
  }
  return Diagnostic{.code = native_command_failed.code,
                    .severity = Severity::warning,
                    .message = std::move(what),
                    .hint = "the build's page misses something; the result stands"};
}

Diagnostic request_warning(const dialect::SendRequest& request, const std::string& why) {
  const auto url = http::parse_http_url(request.url);
  return {.code = native_request_failed.code,
          .severity = Severity::warning,
          .message = request.method + " " + (url ? http::display_url(*url) : "to the CI's API") + ": " + why,
          .hint = "the build's page misses something; the result stands"};
}

}  // namespace

SortedActions sort_actions(NativeActions actions) {
  SortedActions sorted;
  for (dialect::NativeAction& action : actions) {
    const bool is_remote =
        std::holds_alternative<dialect::RunCommand>(action) || std::holds_alternative<dialect::SendRequest>(action);
    (is_remote ? sorted.remote : sorted.local).push_back(std::move(action));
  }
  return sorted;
}

void mask_actions(NativeActions& actions, const mask::MaskTable& mask) {
  if (mask.empty()) return;
  const auto cover = [&mask](std::string& text) { text = mask.mask_text(text); };
  for (dialect::NativeAction& action : actions) {
    std::visit(Overloaded{[&](dialect::PrintLine& line) { cover(line.text); },
                          [&](dialect::AppendToFile& file) { cover(file.text); },
                          [&](dialect::WriteFile& file) { cover(file.text); },
                          [&](dialect::RunCommand& command) { cover(command.input); },
                          [&](dialect::SendRequest& request) { cover(request.body); }},
               action);
  }
}

std::vector<Diagnostic> carry_out_local(const NativeActions& actions,
                                        const std::function<void(std::string_view)>& print) {
  std::vector<Diagnostic> warnings;
  const auto done = [&warnings](const std::string& variable, const Result<void>& written) {
    if (!written) warnings.push_back(file_warning(variable, written.error()));
    return written.has_value();
  };
  bool file_is_there = true;
  for (const dialect::NativeAction& action : actions) {
    if (const auto* line = std::get_if<dialect::PrintLine>(&action)) {
      if (file_is_there || !line->names_file) print(line->text);
    }
    if (const auto* file = std::get_if<dialect::AppendToFile>(&action)) {
      done(file->variable, os::append_file(file->path, file->text));
    }
    if (const auto* file = std::get_if<dialect::WriteFile>(&action)) {
      file_is_there = done(file->variable, os::write_file(file->path, file->text));
    }
  }
  return warnings;
}

RemoteActions::RemoteActions(NativeActions actions, Environment environment)
    : actions_(std::move(actions)), environment_(std::move(environment)) {}

http::Clock::time_point RemoteActions::deadline() const {
  const std::lock_guard lock(mutex_);
  return deadline_;
}

void RemoteActions::set_deadline(http::Clock::time_point deadline) {
  const std::lock_guard lock(mutex_);
  deadline_ = std::min(deadline_, deadline);
  if (active_ != nullptr) active_->set_deadline(deadline_);
}

std::vector<Diagnostic> RemoteActions::perform(http::Clock::time_point until) {
  set_deadline(until);
  std::vector<Diagnostic> warnings;
  bool commands_work = true;
  bool requests_work = true;
  for (const dialect::NativeAction& action : actions_) {
    std::optional<Diagnostic> failed;
    if (const auto* command = std::get_if<dialect::RunCommand>(&action); command != nullptr && commands_work) {
      failed = hand_to_program(*command, environment_, [this] { return deadline(); });
      commands_work = !failed;
    }
    if (const auto* request = std::get_if<dialect::SendRequest>(&action); request != nullptr && requests_work) {
      failed = send(*request);
      requests_work = !failed;
    }
    if (failed) warnings.push_back(*std::move(failed));
  }
  return warnings;
}

/// Nothing when it was taken.
std::optional<Diagnostic> RemoteActions::send(const dialect::SendRequest& request) {
  http::TransportSettings settings = http::read_transport_settings(environment_);
  settings.http_proxy = request.proxy;  // the build machine's own ports are behind no proxy of the company
  settings.https_proxy = request.proxy;
  settings.no_proxy.clear();
  http::HttpClient client(std::move(settings));
  {
    const std::lock_guard lock(mutex_);
    active_ = &client;
    client.set_deadline(deadline_);
  }
  const auto response = client.send({.method = request.method,
                                     .url = request.url,
                                     .headers = {{"Content-Type", "application/json"}},
                                     .body = request.body});
  {
    const std::lock_guard lock(mutex_);
    active_ = nullptr;
  }
  if (!response) return request_warning(request, response.error().message);
  if (response->status >= 200 && response->status < 300) return std::nullopt;
  return request_warning(request, "status " + std::to_string(response->status));
}

std::vector<DiagnosticCode> native_actions_diagnostic_codes() {
  return {native_file_failed, native_command_failed, native_request_failed};
}

}  // namespace lifecycle::cli
