#include "agent/plan/plan.h"

namespace lifecycle::plan {

std::string_view print_source(EnvSource source) {
  switch (source) {
    case EnvSource::event:
      return "event";
    case EnvSource::ci:
      return "ci";
    case EnvSource::host:
      return "host";
    case EnvSource::static_value:
      return "static";
    case EnvSource::secret:
      return "secret";
    case EnvSource::withheld:
      return "withheld";
    case EnvSource::config:
      return "config";
    case EnvSource::flag:
      return "flag";
    case EnvSource::default_value:
      return "default";
  }
  return {};
}

std::vector<DiagnosticCode> plan_diagnostic_codes() {
  return {
      {"secret-missing", "a secret that a workflow names was not found",
       "Every name under env.secrets is looked up before anything starts: in --secrets-dir, in --env-file, in the "
       "agent's own environment and in /run/secrets. A variable that is set but empty counts as not found, since CI "
       "systems hand an unknown secret over as an empty text. While one is missing nothing starts."},
      {"config-missing", "a config that a workflow names was not found",
       "Every name under env.configs is looked up in the same places as secrets. While one is missing nothing starts."},
      {"plan-variable-reserved", "a variable that no workflow gets was asked for",
       "The agent's own credentials, the files that the CI reads back after its step (GITHUB_ENV, GITHUB_OUTPUT …) and "
       "the inputs of that step (INPUT_*, PLUGIN_*, ACTIONS_*) are never given to a workflow; other *_TOKEN variables "
       "only where env.secrets names them."},
      {"plan-variable-too-large", "a variable is larger than Linux allows",
       "One string NAME=value may have 131071 bytes. Above that not only the job but every program that it starts "
       "would fail with 'Argument list too long'. Put the value into a file and give its path."},
      {"plan-variable-nul", "a variable's value holds a NUL byte",
       "No environment variable can hold a NUL: the value would end there."},
      {"event-value-cut", "a value of the event is too long and was cut",
       "Titles, labels and names come from whoever caused the event. Each is cut at 32 KiB before a job gets it."},
      {"event-value-nul", "a value of the event held a NUL byte", "It is replaced by U+FFFD before a job gets it."},
      {"workflow-unknown", "no workflow has the name that was asked for",
       "Names are compared without the version; NAME:VERSION asks for one version, FILE#KIND/NAME for one of several "
       "workflows of the same name."},
      {"workflow-ambiguous", "a name stands for several workflows",
       "Give one of the full names that the message lists: FILE#KIND/NAME:VERSION."},
      {"arguments-need-one-name", "arguments were given for no workflow or for several",
       "What stands after -- is appended to the command of the one workflow that is run by name."},
      {"run-takes-no-arguments", "arguments cannot be appended to what is run",
       "Arguments go behind the text of run, in the same shell. Where that text ends in a newline, ';', '&', a comment "
       "or a compound command they would be lost or run as a command of their own. Pipelines take none at all."},
      {"executor-unavailable", "the executor that was asked for is not there",
       "This version runs workflows as processes of the machine that it is on."},
      {"workdir-outside", "a working directory lies outside the workspace",
       "workdir is `workspace`, `empty` or a path inside the workspace."},
      {"plan-json-invalid", "a plan's JSON does not have the form of a plan",
       "run --plan takes what plan --json printed, of the same schema version."},
  };
}

}  // namespace lifecycle::plan
