"""Steps that a CI runs in the agent's own image: what each CI makes of its template, and hands over."""

import re
import xml.etree.ElementTree

import yaml

import world as worlds
from world import SECRETS, in_image

EVENTS_URL = "LIFECYCLE_EVENTS_URL"


def load(path):
    return yaml.safe_load(path.read_text())


def secret_of(name):
    """The value of a secret by the name that a template has for it: ctoai_team_id, events-api-token …"""
    known = {**SECRETS, "TEAM_ID": worlds.TEAM, "EVENTS_API_TOKEN": worlds.TOKEN}
    return known[name.upper().replace("-", "_")]


def shell(script, *flags, program="bash"):
    return [program, *flags, "-c", script]


# GitHub, Gitea, Forgejo: inputs of a container action (actions/runner, ContainerActionHandler.cs)


def action_inputs(templates, step):
    action = load(templates.parent / "action.yml")
    given = {"strategy.job-index": "0", **{f"secrets.{name}": value for name, value in SECRETS.items()}}

    def value(text):
        return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: given[found.group(1)], text)

    inputs = {name: value(str(spec.get("default", ""))) for name, spec in action["inputs"].items()}
    for name, text in step.get("with", {}).items():
        assert name in inputs, f"action.yml has no input {name}"
        inputs[name] = value(text)
    return {"INPUT_" + name.upper(): text for name, text in inputs.items()}, action["runs"]["args"]


def actions(file):
    def run(templates, world, environment):
        steps = next(iter(load(templates / file)["jobs"].values()))["steps"]
        ours = next(step for step in steps if "lifecycle-agent" in step["uses"])
        inputs, arguments = action_inputs(templates, ours)
        secrets = {"DEPLOY_KEY": SECRETS["DEPLOY_KEY"]}  # the template shows where to name it
        if not any(step["uses"].split("@")[0].endswith("actions/checkout") for step in steps):
            (world.workspace / "ops.yml").unlink()
        return world.run(["lifecycle-agent", *arguments], {**environment, **inputs, **secrets})

    return run


# GitLab: variables of the job, its script by the image's shell


def gitlab_variables(variables, environment):
    """GitLab docs, "Where variables can be used": $NAME in a job's variables is replaced, an unknown one by nothing."""
    result = dict(environment)
    for name, value in variables.items():
        result[name] = re.sub(r"\$(?:\{(\w+)\}|(\w+))", lambda found: result.get(found[1] or found[2], ""), str(value))
    return result


def gitlab_job(document, name):
    job = document[name]
    base = gitlab_job(document, job["extends"]) if "extends" in job else {}
    return {**base, **job, "variables": {**base.get("variables", {}), **job.get("variables", {})}}


def gitlab_script(world, job, environment):
    assert job["image"]["entrypoint"] == [""]  # else the shell's words would be words for the agent
    return world.run(shell("\n".join(job["script"]), "-e"), gitlab_variables(job["variables"], {**environment, **SECRETS}))


def gitlab(templates, world, environment):
    return gitlab_script(world, gitlab_job(load(templates / "gitlab/lifecycle.gitlab-ci.yml"), ".lifecycle"), environment)


def gitlab_component(templates, name, inputs):
    """The jobs of a component with these inputs (GitLab docs, "CI/CD inputs")."""
    head, body = (templates / "gitlab/component/templates" / name).read_text().split("\n---\n")
    spec = yaml.safe_load(head)["spec"]["inputs"]
    unknown = inputs.keys() - spec.keys()
    assert not unknown, f"{name} has no inputs {unknown}"
    values = {key: inputs[key] if key in inputs else how["default"] for key, how in spec.items()}

    def text(found):
        value = values[found.group(1)]
        return str(value).lower() if isinstance(value, bool) else str(value)

    return yaml.safe_load(re.sub(r"\$\[\[ *inputs\.(\w+) *\]\]", text, body))


def gitlab_component_run(templates, world, environment):
    return gitlab_script(world, gitlab_component(templates, "lifecycle.yml", {})["lifecycle"], environment)


# CircleCI: pipeline values and parameters replaced in the values of `environment`


PIPELINE_VALUES = {
    "pipeline.event.name": "LIFECYCLE_EVENT_NAME", "pipeline.event.action": "LIFECYCLE_EVENT_ACTION",
    "pipeline.event.github.pull_request.merged": "LIFECYCLE_EVENT_MERGED",
    "pipeline.event.github.pull_request.number": "LIFECYCLE_EVENT_NUMBER",
    "pipeline.event.github.pull_request.title": "LIFECYCLE_EVENT_TITLE",
    "pipeline.event.github.pull_request.base.ref": "LIFECYCLE_EVENT_BASE",
    "pipeline.event.github.pull_request.head.ref": "LIFECYCLE_EVENT_HEAD",
}


def circleci_step(step, environment, values):
    """CircleCI docs, "Pipeline values": in `environment` a value that is not there is `<nil>`."""
    assert "<<" not in step["command"], "a value is pasted into a command"
    result = dict(environment)
    for name, value in step["environment"].items():
        result[name] = re.sub(r"<< *([\w.]+) *>>", lambda found: values.get(found.group(1), "<nil>"), value)
    return result


def circleci(templates, world, environment):
    """A case of the orb holds what the orb is to hand over: it becomes the pipeline values it came from."""
    values = {value: environment[name] for value, name in PIPELINE_VALUES.items() if name in environment}
    rest = {name: value for name, value in environment.items() if name not in PIPELINE_VALUES.values()}
    step = load(templates / "circleci/orb.yml")["commands"]["workflows"]["steps"][0]["run"]
    return world.run(shell(step["command"], "-eo", "pipefail"), circleci_step(step, {**rest, **SECRETS}, values))


def circleci_event(templates, world, environment, parameters):
    command = load(templates / "circleci/orb.yml")["commands"]["event"]
    unknown = parameters.keys() - command["parameters"].keys()
    assert not unknown, f"the orb has no parameters {unknown}"
    values = {f"parameters.{name}": parameters[name] if name in parameters else how["default"]
              for name, how in command["parameters"].items()}
    step = command["steps"][0]["run"]
    return world.run(shell(step["command"], "-eo", "pipefail"), circleci_step(step, {**environment, **SECRETS}, values))


# Bitbucket: a step's script, or a pipe with its own variables alone


def bitbucket(templates, world, environment):
    document = load(templates / "bitbucket/bitbucket-pipelines.yml")
    step = document["pipelines"]["default"][0]["step"]
    assert document["pipelines"]["pull-requests"]["**"][0]["step"] == step
    return world.run(shell("\n".join(step["script"]), "-e", program="sh"), {**environment, **SECRETS})


def bitbucket_pipe(templates, world, environment):
    dockerfile = (templates / "bitbucket/pipe/Dockerfile").read_text()
    arguments = yaml.safe_load(re.search(r"^CMD (.*)$", dockerfile, re.MULTILINE).group(1))
    given = {name: value for name, value in environment.items()
             if name.startswith("BITBUCKET_") or name in ("CI", EVENTS_URL)}
    return world.run(["lifecycle-agent", *arguments], in_image({**given, **SECRETS}))


# Drone and Woodpecker: PLUGIN_ and the setting's name in upper case, nothing else of it is changed


def plugin_settings(step):
    def text(value):
        if isinstance(value, dict):
            return secret_of(value["from_secret"])
        if isinstance(value, list):
            return ",".join(map(str, value))
        return str(value).lower() if isinstance(value, bool) else str(value)

    return {"PLUGIN_" + name.upper(): text(value) for name, value in step["settings"].items()}


def step_secrets(step):
    return {name: secret_of(value["from_secret"]) for name, value in step.get("environment", {}).items()}


def drone(templates, world, environment):
    step = load(templates / "drone/.drone.yml")["steps"][0]
    assert "commands" not in step
    return world.run(["lifecycle-agent"], in_image({**environment, **plugin_settings(step), **step_secrets(step)}))


def woodpecker(templates, world, environment):
    step = load(templates / "woodpecker/.woodpecker.yml")["steps"][0]
    assert "commands" not in step and "environment" not in step
    deploy_key = {"DEPLOY_KEY": SECRETS["DEPLOY_KEY"]}  # the ops.yml of the test names it
    return world.run(["lifecycle-agent"], in_image({**environment, **plugin_settings(step), **deploy_key}))


def woodpecker_commands(templates, world, environment):
    step = load(templates / "woodpecker/with-secrets.yml")["steps"][0]
    assert "settings" not in step
    given = in_image({**environment, **step_secrets(step)})
    return world.run(shell("\n".join(step["commands"]), "-e", program="sh"), given)


# TeamCity, CodeBuild, Cloud Build, Codefresh


def teamcity(templates, world, environment):
    runner = xml.etree.ElementTree.parse(templates / "teamcity/lifecycle-agent.xml").getroot()
    parameters = {p.get("name"): p.get("value") for p in runner.findall("settings/parameters/param")}
    assert not any("%" in value for value in parameters.values()), "an unknown %x% keeps a build from starting"
    given = {name.removeprefix("env."): value for name, value in parameters.items()}
    content = next(p for p in runner.iter("param") if p.get("name") == "script.content").text
    assert "%" not in content, "TeamCity pastes %x% into a script"
    script = world.files / "script.sh"
    script.write_text(content)
    script.chmod(0o755)
    return world.run([str(script)], in_image({**environment, **given, **SECRETS}))


def codebuild(templates, world, environment):
    spec = load(templates / "codebuild/buildspec.yml")
    phase = spec["phases"]["build"]
    names = spec["env"]["exported-variables"]
    shown = "\n".join(f'printf "exported %s=%s\\n" {name} "${{{name}-unset}}"' for name in names)
    commands = "\n".join(phase["commands"]) + f"\ncode=$?\n" + "\n".join(phase["finally"]) + f"\n{shown}\nexit $code"
    return world.run(shell(commands, program=spec["env"]["shell"]), {**environment, **SECRETS})


def cloud_build(templates, world, environment):
    """Without automapSubstitutions a step has none of its substitutions."""
    build = load(templates / "cloud-build/cloudbuild.yaml")
    step = build["steps"][0]
    secrets = {name: SECRETS[name] for name in step["secretEnv"]}
    assert set(step["secretEnv"]) == {entry["env"] for entry in build["availableSecrets"]["secretManager"]}
    assert build["options"]["automapSubstitutions"] is True
    deploy_key = {"DEPLOY_KEY": SECRETS["DEPLOY_KEY"]}
    return world.run(["lifecycle-agent", *step["args"]], in_image({**environment, **secrets, **deploy_key}))


def codefresh(templates, world, environment):
    step = load(templates / "codefresh/codefresh.yml")["steps"]["lifecycle"]
    assert not any("${{" in command for command in step["commands"]), "Codefresh pastes ${{x}} into a command"
    return world.run(shell("\n".join(step["commands"]), "-e", program="sh"), in_image({**environment, **SECRETS}))


# Tekton: parameters replaced in `env`, then $(NAME) by Kubernetes


TEKTON_PARAMETERS = {
    "repo-url": "REPO_URL", "event": "NAME", "action": "ACTION", "merged": "MERGED", "revision": "COMMIT",
    "branch": "BRANCH", "tag": "TAG", "base": "BASE", "head": "HEAD", "number": "NUMBER", "title": "TITLE",
    "labels": "LABELS", "fork": "FORK", "actor": "ACTOR", "payload": "PAYLOAD",
}


def tekton(templates, world, environment):
    task = load(templates / "tekton/task.yaml")["spec"]
    step = task["steps"][0]
    assert "script" not in step and "$(" not in " ".join(step["args"])
    values = {f"params.{p['name']}": environment.get("LIFECYCLE_EVENT_" + TEKTON_PARAMETERS.get(p["name"], ""),
                                                     p.get("default", "")) for p in task["params"]}
    values["context.taskRun.name"] = environment.get("LIFECYCLE_EVENT_RUN_ID", "")
    result = {name: value for name, value in environment.items()
              if not name.startswith("LIFECYCLE_EVENT_") or name == EVENTS_URL}

    def kubernetes(text, defined):
        """$(NAME) is replaced by what was defined before, $$ by a dollar (Kubernetes API, EnvVar)."""
        return re.sub(r"\$\$|\$\(([A-Za-z_]\w*)\)",
                      lambda found: "$" if found[0] == "$$" else defined.get(found[1], found[0]), text)

    defined = {}
    for entry in step["env"]:
        if "valueFrom" in entry:
            defined[entry["name"]] = secret_of(entry["valueFrom"]["secretKeyRef"]["key"])
        else:
            text = re.sub(r"\$\(([\w.-]+)\)", lambda found: values.get(found[1], found[0]), entry["value"])
            defined[entry["name"]] = kubernetes(text, defined)
    deploy_key = {"DEPLOY_KEY": SECRETS["DEPLOY_KEY"]}
    return world.run(step["command"] + step["args"], in_image({**result, **defined, **deploy_key}))
