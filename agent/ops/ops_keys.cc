#include "agent/ops/ops_keys.h"

#include <algorithm>
#include <array>

#include "agent/base/nearest_name.h"

namespace lifecycle::ops {
namespace {

constexpr unsigned top = place_bit(Place::top);
constexpr unsigned command = place_bit(Place::command);
constexpr unsigned pipeline = place_bit(Place::pipeline);
constexpr unsigned service = place_bit(Place::service);
constexpr unsigned workflow = place_bit(Place::workflow);
constexpr unsigned job = place_bit(Place::job);
constexpr unsigned environment = place_bit(Place::environment);
constexpr unsigned help = place_bit(Place::help);
constexpr unsigned container = command | service;
constexpr unsigned every_workflow = command | pipeline | service | workflow;

using enum Need;
using enum Standing;

// clang-format off
constexpr OpsKey table[] = {
    {"version", top, Shape::text_or_number, expected, live,
     "Version of the syntax of this file, not of a workflow.", "version: \"1\""},
    {"commands", top, Shape::commands, optional, live,
     "Workflows that run one command: by hand, or on an event.", "commands: [{name: hello:0.1.0, run: echo hello}]"},
    {"pipelines", top, Shape::pipelines, optional, live,
     "Workflows of jobs that run one after the other.", "pipelines: [{name: ci:0.1.0, jobs: [{name: test, steps: [make test]}]}]"},
    {"services", top, Shape::services, optional, live,
     "Workflows that serve HTTP for as long as other workflows of the run need them.", "services: [{name: web:0.1.0, run: npm start, port: [\"8080:8080\"]}]"},
    {"ops", top, Shape::commands, optional, deprecated,
     "The old name of commands.", "ops: [{name: hello:0.1.0, run: echo hello}]"},
    {"workflows", top, Shape::workflows, optional, live,
     "The legacy kind: steps that run on the host, each in a shell of its own.", "workflows: [{name: setup:0.1.0, steps: [echo 1, echo 2]}]"},

    {"name", every_workflow, Shape::name, required, live,
     "Name and version of the workflow. The name has letters, digits, '-' and '_'; the version is a tag such as 0.1.0.", "name: deploy:0.1.0"},
    {"name", job, Shape::job_name, required, live,
     "Name of the job within its pipeline.", "name: build"},
    {"version", every_workflow, Shape::version_text, optional, live,
     "The workflow's version, where its name has none.", "version: 0.1.0"},
    {"description", every_workflow | job, Shape::text, expected, live,
     "One line on what it does.", "description: build and test"},
    {"public", container | workflow, Shape::boolean, expected, live,
     "Whether people outside the team see it on the platform; absent is false.", "public: false"},
    {"public", pipeline, Shape::boolean, optional, live,
     "Whether people outside the team see it on the platform; absent is false.", "public: false"},
    {"run", container, Shape::filled_text, required, live,
     "The command, as bash reads it. Arguments of a call are appended.", "run: node index.js"},
    {"steps", workflow, Shape::filled_steps, required, live,
     "Commands that run one after the other, each in a shell of its own, all of them even after one has failed.", "steps: [echo 1, echo 2]"},
    {"jobs", pipeline, Shape::jobs, required, live,
     "The jobs, in the order in which they run. The first that fails ends the pipeline.", "jobs: [{name: test, description: run the tests, steps: [make test]}]"},
    {"steps", job, Shape::steps, required, live,
     "Lines of one bash script, run in one shell under 'set -euo pipefail': variables and 'cd' last from step to step.", "steps: [npm ci, npm test]"},
    {"packages", job, Shape::words, optional, live,
     "Debian packages that the job needs. They are never installed by a process; what is missing is named before the run.", "packages: [git, unzip]"},
    {"events", every_workflow, Shape::events, optional, live,
     "Triggers: the events that start the workflow, as origin:repo:event or origin:repo:event:filter.", "events: [\"github:owner/repo:pull_request.merged:ref==main\"]"},
    {"env", every_workflow | job, Shape::environment, optional, live,
     "Variables: values that stand here, and names whose values come from the configs and secrets of the run.", "env: {static: [STAGE=production], secrets: [DEPLOY_KEY], configs: [REGION]}"},
    {"port", container, Shape::ports, optional, live,
     "Ports as host:container. A service counts as started once the container's side accepts connections.", "port: [\"8080:8080\"]"},
    {"trigger", service, Shape::service_actions, optional, live,
     "What an event does with the service: build its image, publish it, start it.", "trigger: [build, publish, start]"},
    {"trigger", pipeline, Shape::service_actions, optional, live,
     "Without meaning on a pipeline: an event runs it.", "trigger: [build, publish, start]"},
    {"health", service, Shape::url_path, optional, live,
     "A path that must answer GET with 2xx or 3xx before the service counts as started.", "health: /healthz"},
    {"workdir", pipeline | job, Shape::workdir, optional, live,
     "Where jobs start: 'workspace' (the checkout), 'empty' (a directory of their own, the default) or a path inside the workspace.", "workdir: workspace"},
    {"executor", every_workflow | job, Shape::executor, optional, live,
     "What runs it: 'process' or 'container'. Beats the default, not the flag.", "executor: process"},
    {"environment", every_workflow, Shape::filled_text, optional, live,
     "The environment that the workflow deploys to: each of its runs is reported as a deployment there.", "environment: production"},
    {"domain", service, Shape::text, optional, live,
     "Host name under which the platform serves it; empty: a name of the platform's.", "domain: app.example.org"},
    {"cname", service, Shape::text, optional, deprecated,
     "The old name of domain.", "cname: app.example.org"},
    {"sourceCodeURL", every_workflow, Shape::text, optional, live,
     "Link to the source, shown in the platform's registry.", "sourceCodeURL: https://example.org/source"},
    {"remote", every_workflow, Shape::boolean, optional, live,
     "Whether the platform may run it remotely.", "remote: true"},
    {"sdk", container | pipeline | job, Shape::sdk, optional, live,
     "Level of the SDK: \"2\", 1 or off.", "sdk: \"2\""},
    {"help", container, Shape::help, optional, live,
     "What the platform prints for '--help'.", "help: {usage: deploy STAGE, arguments: {STAGE: where to}, options: false}"},
    {"src", container, Shape::words, optional, inert,
     "Files that the image is built from; all of the folder when absent.", "src: [Dockerfile, index.js]"},
    {"mountCwd", container, Shape::boolean, optional, inert,
     "Mounts the caller's directory at /cwd of the container.", "mountCwd: false"},
    {"mountHome", container, Shape::boolean, optional, inert,
     "Mounts the caller's home at /root of the container.", "mountHome: false"},
    {"bind", container | pipeline | job, Shape::words, optional, inert,
     "Volumes of the container as host:container or host:container:ro.", "bind: [\"~/.cache:/cache\"]"},
    {"network", container, Shape::text, optional, inert,
     "Network mode of the container.", "network: host"},

    {"static", environment, Shape::statics, optional, live,
     "Variables with their values, as NAME=value.", "static: [STAGE=production]"},
    {"secrets", environment, Shape::variable_names, optional, live,
     "Names of secrets. Each becomes a variable of that name and is masked in all output.", "secrets: [DEPLOY_KEY]"},
    {"configs", environment, Shape::variable_names, optional, live,
     "Names of settings that stand outside the file. Each becomes a variable of that name.", "configs: [REGION]"},

    {"usage", help, Shape::text, optional, live,
     "The first line of the help.", "usage: deploy STAGE"},
    {"arguments", help, Shape::help_map, optional, live,
     "Arguments and what they mean; false: none.", "arguments: {STAGE: where to}"},
    {"options", help, Shape::help_map, optional, live,
     "Flags and what they mean; false: none.", "options: {verbose: say more}"},

    {"runtime", container | workflow, Shape::anything, optional, dead,
     "Of templates of 2019; nothing reads it.", "runtime: slack"},
    {"before", container, Shape::anything, optional, dead,
     "Of the first template; nothing reads it.", "before: []"},
    {"after", container, Shape::anything, optional, dead,
     "Of the first template; nothing reads it.", "after: []"},
    {"flags", container, Shape::anything, optional, dead,
     "Of the first template; nothing reads it.", "flags: []"},

    {"needs", job, Shape::anything, optional, later, "Jobs that must have ended before this one.", "needs: [build]"},
    {"if", every_workflow | job, Shape::anything, optional, later, "Filters that the event must pass.", "if: ref==main"},
    {"timeout", pipeline | job, Shape::anything, optional, later, "How long it may take.", "timeout: 10m"},
    {"step_timeout", job, Shape::anything, optional, later, "How long each group of steps may take.", "step_timeout: 2m"},
    {"retry", job, Shape::anything, optional, later, "Further tries after a failure.", "retry: 2"},
    {"allow_failure", job, Shape::anything, optional, later, "Whether its failure counts as success.", "allow_failure: true"},
    {"image", pipeline | job, Shape::anything, optional, later, "Image that the container executor runs it in.", "image: debian:bookworm-slim"},
    {"artifacts", job, Shape::anything, optional, later, "Files that are kept after the job.", "artifacts: [dist/**]"},
    {"outputs", job, Shape::anything, optional, later, "Values that later jobs get.", "outputs: [version]"},
    {"matrix", job, Shape::anything, optional, later, "Values for which the job runs once each.", "matrix: {NODE: [18, 20]}"},
};

constexpr std::array<std::string_view, 8> withheld{
    "CTOAI_EVENTS_API_TOKEN",       "LIFECYCLE_TOKEN",          "INPUT_TOKEN",
    "PLUGIN_TOKEN",                 "ACTIONS_RUNTIME_TOKEN",    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_CACHE_URL"};
// clang-format on

}  // namespace

std::span<const OpsKey> ops_keys() { return table; }

const OpsKey* find_ops_key(Place place, std::string_view name) {
  const auto* found = std::ranges::find_if(
      table, [&](const OpsKey& key) { return key.name == name && (key.places & place_bit(place)) != 0; });
  return found == std::end(table) ? nullptr : found;
}

std::optional<std::string_view> nearest_ops_key(Place place, std::string_view typed) {
  std::vector<std::string_view> names;
  for (const OpsKey& key : table) {
    const bool worth = key.standing == live || key.standing == inert;
    if (worth && (key.places & place_bit(place)) != 0) names.push_back(key.name);
  }
  return nearest_name(typed, names);
}

std::vector<Place> places_of_ops_key(std::string_view name) {
  std::vector<Place> places;
  for (const Place place : all_places) {
    const OpsKey* key = find_ops_key(place, name);
    if (key != nullptr && key->standing != dead && key->standing != later) places.push_back(place);
  }
  return places;
}

std::span<const std::string_view> withheld_variables() { return withheld; }

std::string_view print_place(Place place) {
  switch (place) {
    case Place::top:
      return "the file";
    case Place::command:
      return "a command";
    case Place::pipeline:
      return "a pipeline";
    case Place::service:
      return "a service";
    case Place::workflow:
      return "a legacy workflow";
    case Place::job:
      return "a job";
    case Place::environment:
      return "env";
    case Place::help:
      break;
  }
  return "help";
}

std::string_view print_shape(Shape shape) {
  switch (shape) {
    case Shape::anything:
      return "anything";
    case Shape::text:
    case Shape::filled_text:
      return "a text";
    case Shape::text_or_number:
      return "a text or number";
    case Shape::boolean:
      return "true or false";
    case Shape::words:
      return "a list of texts";
    case Shape::commands:
      return "a list of commands";
    case Shape::pipelines:
      return "a list of pipelines";
    case Shape::services:
      return "a list of services";
    case Shape::workflows:
      return "a list of workflows";
    case Shape::jobs:
      return "a list of jobs";
    case Shape::steps:
    case Shape::filled_steps:
      return "a list of steps";
    case Shape::name:
      return "a text as name:version";
    case Shape::job_name:
      return "a text of one line";
    case Shape::version_text:
      return "a version such as 0.1.0";
    case Shape::sdk:
      return "\"2\", 1 or off";
    case Shape::ports:
      return "a list of host:container, or one port";
    case Shape::events:
      return "a list of triggers, or one trigger";
    case Shape::service_actions:
      return "a list of build, publish, start";
    case Shape::environment:
      return "a map of static, secrets and configs, or a list of NAME=value";
    case Shape::statics:
      return "a list of NAME=value";
    case Shape::variable_names:
      return "a list of names";
    case Shape::help:
      return "a map of usage, arguments and options";
    case Shape::help_map:
      return "a map, or false";
    case Shape::workdir:
      return "workspace, empty or a relative path";
    case Shape::executor:
      return "process or container";
    case Shape::url_path:
      break;
  }
  return "a path that begins with '/'";
}

}  // namespace lifecycle::ops
