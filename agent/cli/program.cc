#include "agent/cli/program.h"

#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "adapters/ci/ci_table.h"
#include "adapters/dialect/dialect.h"
#include "agent/cli/command_line.h"
#include "agent/cli/commands.h"
#include "agent/cli/help_text.h"
#include "agent/log/log.h"

namespace lifecycle::cli {
namespace {

constexpr DiagnosticCode output_unwritable{
    "output-unwritable", "the result could not be written to stdout",
    "The disk that stdout goes to is full, or who reads it has gone. What was to be done may have been done; its "
    "result is lost. `run` says so once and goes on: its workflows' output is dropped from there on, their result and "
    "the exit code stand."};

constexpr DiagnosticCode token_in_arguments{
    "token-in-arguments", "the token stands on the command line",
    "Every process of the machine can read the arguments of every other. The variable LIFECYCLE_TOKEN is read by the "
    "agent alone and never reaches a workflow."};

ExitCode dispatch(const Call& call) {
  switch (call.command.id) {
    case CommandId::event:
      return event_command(call);
    case CommandId::ci:
      return ci_command(call);
    case CommandId::plan:
      return plan_command(call);
    case CommandId::why:
      return why_command(call);
    case CommandId::doctor:
      return doctor_command(call);
    case CommandId::run:
      return run_command(call);
    case CommandId::check:
      return check_command(call);
    case CommandId::schema:
      return schema_command(call);
    case CommandId::init:
      return init_command(call);
    case CommandId::track:
      return track_command(call);
    case CommandId::action:
      return action_command(call);
    case CommandId::outputs:
      return outputs_command(call);
    case CommandId::completion:
      return completion_command(call);
    case CommandId::version:
      return version_command(call);
    case CommandId::help:
      return help_command(call);
  }
  return ExitCode::usage;
}

/// For whoever wonders which value won: names and places, no value, since one of them is the token.
void log_settings(const Settings& settings) {
  for (const Setting& setting : settings.all()) {
    if (setting.source == SettingSource::unset || setting.source == SettingSource::fallback) continue;
    log::write(log::Level::debug, "setting " + std::string(setting.flag->name) + " comes from " + setting.where);
  }
}

void warn_of_token(const Call& call) {
  for (const Setting& setting : call.settings.all()) {
    if (setting.flag->name != "token" || setting.source != SettingSource::flag) continue;
    call.output.say({.code = token_in_arguments.code,
                     .severity = Severity::warning,
                     .message = "the token stands on the command line, where every process of this machine can read it",
                     .hint = "give it in the variable LIFECYCLE_TOKEN"});
  }
}

/// Whose log this is, by the variables alone: what is said of a broken command line is said there as well.
dialect::DialectKind surrounding_dialect(const Environment& environment) {
  const auto recognised = ci::recognise(environment, std::string_view{});
  return recognised ? dialect::dialect_of(recognised->row->name).kind() : dialect::DialectKind::plain;
}

/// Drone and Woodpecker run a plugin's image as it is and hand its settings over as PLUGIN_* variables (Woodpecker
/// docs, "Creating plugins"; Drone docs, "Plugins"): there is nowhere to write a command.
bool is_plugin_step(const Environment& environment) {
  const auto first = environment.all().lower_bound("PLUGIN_");
  const bool has_settings = first != environment.all().end() && first->first.starts_with("PLUGIN_");
  const auto recognised = ci::recognise(environment, std::string_view{});
  return has_settings && recognised && recognised->row->family == "drone";
}

ExitCode close_stdout(const ProgramOutput& output, ExitCode code) {
  if (output.error() == 0) return code;
  // A reader that went away (`| head`) knows what it did; nothing else does.
  if (output.error() != EPIPE) {
    output.say({.code = output_unwritable.code,
                .message = "cannot write to stdout: " + std::generic_category().message(output.error())});
  }
  return ExitCode::environment;
}

}  // namespace

ExitCode run_program(std::span<const std::string_view> words, Environment environment) {
  ProgramOutput early(STDOUT_FILENO, STDERR_FILENO, ColourChoice::automatic, environment);
  early.speak(surrounding_dialect(environment));
  constexpr std::string_view plugin_command[] = {"action"};
  if (words.empty() && is_plugin_step(environment)) words = plugin_command;
  auto line = parse_command_line(words);
  if (!line) {
    early.say(line.error());
    return exit_code_of(line.error());
  }
  if (line->help) {
    early.print(line->command->id == CommandId::help ? program_help() : command_help(line->command->id));
    return close_stdout(early, ExitCode::success);
  }
  auto settings = Settings::resolve(*line, environment);
  if (!settings) {
    early.say(settings.error());
    return exit_code_of(settings.error());
  }
  ProgramOutput output(STDOUT_FILENO, STDERR_FILENO, colour_choice(settings->text("color")), environment);
  output.speak(early.dialect());
  const auto level = log::parse_level(settings->text("log-level"));
  if (level && *level != log::Level::off) {
    log::start(*level);
    log_settings(*settings);
  }
  const Call call{.command = *line->command,
                  .settings = *std::move(settings),
                  .operands = std::move(line->operands),
                  .arguments = std::move(line->arguments),
                  .environment = std::move(environment),
                  .output = output};
  warn_of_token(call);
  const ExitCode code = dispatch(call);
  return close_stdout(output, code);
}

std::vector<DiagnosticCode> program_diagnostic_codes() { return {output_unwritable, token_in_arguments}; }

}  // namespace lifecycle::cli
