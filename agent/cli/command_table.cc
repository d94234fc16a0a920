#include "agent/cli/flag_table.h"

namespace lifecycle::cli {
namespace {

using enum CommandId;

constexpr Command command_table[] = {
    {event, "event", "", 0, 0, false, "show the event that this process stands in",
     "Reads the CI's environment and the webhook payload that it names, and shows the one event that comes of them: "
     "its names, repository, refs, change. Flags and LIFECYCLE_EVENT_* variables say what the CI does not.",
     "lifecycle-agent event\n"
     "lifecycle-agent event --json --event github:acme/app:pull_request.merged --number 7"},
    {ci, "ci", "", 0, 0, false, "say which CI this is, and by which sign",
     "Names the CI around this process and the variables by which it was recognised. --list shows all that are "
     "known, in the order in which they are tried.",
     "lifecycle-agent ci\n"
     "lifecycle-agent ci --list"},
    {plan, "plan", "[NAME…] [-- ARGUMENT…]", 0, -1, true, "show what this event would run, and why",
     "Shows the event, the workflows that match and by which trigger, what each would execute, where every variable "
     "comes from, which secrets are missing, and for each workflow that does not match the first condition that "
     "failed. Nothing is started. With NAME the workflows of that name are planned whatever the event is.",
     "lifecycle-agent plan\n"
     "lifecycle-agent plan --event github:acme/app:push --ref refs/heads/main --json"},
    {why, "why", "WORKFLOW", 1, 1, false, "say why one workflow matches this event, or why not",
     "Explains one workflow of ops.yml: the trigger that got furthest, the first condition of it that failed with "
     "both values, and the smallest edit of the trigger that would match.",
     "lifecycle-agent why release\n"
     "lifecycle-agent why release --event github:acme/app:create.tag --tag v1.2.0"},
    {doctor, "doctor", "", 0, 0, false, "say what would go wrong here, and the fix",
     "Says which CI and event are detected and why, what cannot be seen here (payload, history, token, a merge), which "
     "workflows would run and which secrets they would miss, whether engine and endpoint answer, and the effective "
     "value of every setting with where it came from. Each problem comes with its fix. Takes the flags of `run`. "
     "Nothing is run and nothing is sent. Exits with 0 when a run would start and could report.",
     "lifecycle-agent doctor\n"
     "lifecycle-agent doctor --json"},
    {run, "run", "[NAME…] [-- ARGUMENT…]", 0, -1, true, "run the workflows that match this event",
     "Plans and executes: services first, then each matching workflow in the order of its file. Reports the event "
     "and every workflow's start and end to the insights endpoint when a token or --events-url is given. With NAME "
     "the workflows of that name run whatever the event is; words after -- are handed to that one workflow.",
     "lifecycle-agent run\n"
     "lifecycle-agent run release -- --verbose\n"
     "lifecycle-agent run --timeout 30m --result result.json"},
    {check, "check", "[FILE…]", 0, -1, false, "report every problem of an ops.yml",
     "Reads each FILE (default: ops.yml of the workspace) and reports all its problems in one go, with their place, "
     "a stable code and the nearest valid name. Errors exit with 2; so do warnings with --strict.",
     "lifecycle-agent check\n"
     "lifecycle-agent check --strict --format github ops.yml deploy/ops.yml"},
    {schema, "schema", "", 0, 0, false, "print the JSON Schema of ops.yml",
     "Prints a JSON Schema (draft 2020-12) that gives completion, hover text and checks in editors.",
     "lifecycle-agent schema > ops.schema.json"},
    {init, "init", "", 0, 0, false, "write a first ops.yml for this repository",
     "Writes a commented ops.yml that fits what stands in the workspace: its remote and its build files. An existing "
     "file is left alone unless --force is given.",
     "lifecycle-agent init\n"
     "lifecycle-agent init --force --file deploy/ops.yml"},
    {track, "track", "", 0, 0, false, "send one insights event",
     "Sends one event to the insights endpoint: its name and action, and what the CI tells of repository, branch, "
     "commit and environment. Needs a token, or --events-url.",
     "lifecycle-agent track --event-name deployment --event-action success --environment production\n"
     "lifecycle-agent track --event-name deployment --event-action failure --dry-run"},
    {action, "action", "[NAME…]", 0, -1, false, "act as the GitHub Action: what to do follows from the inputs",
     "The entry of action.yml. Reads the inputs (INPUT_*): with event_name and event_action it sends exactly that "
     "event; with an ops.yml in the workspace it runs what matches; without one it records the triggering event.",
     "INPUT_TEAM_ID=… INPUT_TOKEN=… lifecycle-agent action"},
    {outputs, "outputs", "", 0, 0, false, "print what the last run hands on, as variables",
     "Prints the outputs of the last `run` in this directory, or of the record that --result names, one NAME=VALUE a "
     "line; with --shell as export lines for a shell: for a CI that takes outputs from no program but the variables of "
     "the step's own shell (AWS CodeBuild, Jenkins, Travis and others).",
     "eval \"$(lifecycle-agent outputs --shell)\"\n"
     "lifecycle-agent outputs --result result.json"},
    {completion, "completion", "SHELL", 1, 1, false, "print the completions for bash, zsh or fish, or the man page",
     "SHELL is bash, zsh or fish: prints a script that completes commands, flags and their values. With man it prints "
     "the manual page.",
     "source <(lifecycle-agent completion bash)\n"
     "lifecycle-agent completion fish > ~/.config/fish/completions/lifecycle-agent.fish"},
    {version, "version", "", 0, 0, false, "print the version of this program",
     "Prints the version, the commit that it was built from and the compiler.", "lifecycle-agent version --json"},
    {help, "help", "[COMMAND]", 0, 1, false, "explain a command",
     "Without COMMAND lists all commands; with one prints its usage, flags and examples.", "lifecycle-agent help run"},
};

}  // namespace

std::span<const Command> commands() { return command_table; }

}  // namespace lifecycle::cli
