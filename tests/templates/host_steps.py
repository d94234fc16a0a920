"""Steps that a CI runs on a machine with Docker: their scripts, with the recording `docker` of docker_shim.py."""

import json
import re
import subprocess

from image_steps import load, shell
from world import SECRETS


def docker_line(file, pick):
    """A template whose script is one line with `docker run`; secrets of workflows are added to its pattern by hand."""
    def run(templates, world, environment):
        script = pick(load(templates / file)).replace("CTOAI|", "CTOAI|DEPLOY_KEY|")
        return world.run(shell(script, "-e"), {**environment, **SECRETS})

    return run


travis_ci = docker_line("travis-ci/.travis.yml", lambda document: "\n".join(document["script"]))
semaphore = docker_line("semaphore/semaphore.yml",
                        lambda document: document["blocks"][0]["task"]["jobs"][0]["commands"][1])
appveyor = docker_line("appveyor/appveyor.yml", lambda document: document["build_script"][0]["sh"])


def docker_run(templates, world, environment):
    return world.run(["bash", str(templates / "docker-run.sh"), "DEPLOY_KEY"], {**environment, **SECRETS})


# Azure: template expressions when the pipeline is compiled, macros before the step; an unknown macro stays as it is


def azure_values(step, parameters, variables):
    def expression(text):
        text = re.sub(r"\$\{\{ *join\('([^']*)', *parameters\.(\w+)\) *\}\}",
                      lambda found: found[1].join(parameters[found[2]]), text)
        return re.sub(r"\$\{\{ *parameters\.(\w+) *\}\}", lambda found: str(parameters[found[1]]), text)

    def macros(text):
        return re.sub(r"\$\(([\w.]+)\)", lambda found: variables.get(found[1], found[0]), text)

    environment = {}
    for name, value in step["env"].items():
        each = re.match(r"\$\{\{ *each (\w+) in parameters\.(\w+) *\}\}$", name)
        if not each:
            environment[name] = macros(expression(value))
            continue
        for item in parameters[each[2]]:
            for key, text in value.items():
                placed = re.compile(r"\$\{\{ *" + each[1] + r" *\}\}")
                environment[placed.sub(item, key)] = macros(placed.sub(item, text))
    script = macros(expression(step["bash"]))
    return script, environment


def azure_step(templates, world, environment, variables, **given):
    template = load(templates / "azure/lifecycle.yml")
    parameters = {parameter["name"]: parameter["default"] for parameter in template["parameters"]}
    assert given.keys() <= parameters.keys()
    step = template["steps"][0]
    assert "${{" not in step["bash"], "a template expression is pasted into a script"
    script, own = azure_values(step, {**parameters, **given}, variables)
    assert script == step["bash"], "a macro is pasted into a script"
    return world.run(shell(script, "--noprofile", "--norc"), {**environment, **own})


def azure(templates, world, environment):
    """Secret variables are not in the environment; the template's env fetches them."""
    return azure_step(templates, world, environment, SECRETS, secrets=["DEPLOY_KEY"])


# Buildkite: the plugin's configuration as variables (Buildkite docs, "Writing plugins")


def buildkite_plugin(configuration):
    environment = {}
    for key, value in configuration.items():
        name = "BUILDKITE_PLUGIN_LIFECYCLE_AGENT_" + re.sub(r"[^A-Z0-9]", "_", key.upper())
        if isinstance(value, list):
            environment.update({f"{name}_{index}": item for index, item in enumerate(value)})
        else:
            environment[name] = str(value).lower() if isinstance(value, bool) else value
    return environment


def buildkite_hook(templates, world, environment, configuration):
    return world.run([str(templates / "buildkite/hooks/command")], {**environment, **buildkite_plugin(configuration)})


def buildkite(templates, world, environment):
    plugin = next(iter(load(templates / "buildkite/pipeline.yml")["steps"][0]["plugins"][0].values()))
    return buildkite_hook(templates, world, {**environment, **SECRETS}, plugin)


# Jenkins: the shared library under Groovy, with a stand-in for Jenkins' own steps that tells what it was asked for


def jenkins_calls(templates, *calls):
    """What the library asks Jenkins for in each call (causes, settings): image, arguments of `inside`, variables, script."""
    driver = templates.parent / "tests/templates/jenkins_library.groovy"
    given = json.dumps([{"causes": causes, "settings": settings} for causes, settings in calls])
    done = subprocess.run(["groovy", str(driver), str(templates / "jenkins/vars/lifecycle.groovy")], text=True, input=given,
                          capture_output=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def with_env(lines, environment):
    """EnvStep replaces $NAME, ${NAME} and $$ in the values (hudson.Util.replaceMacro); an unknown name stays."""
    result = dict(environment)
    for line in lines:
        name, _, value = line.partition("=")
        result[name] = re.sub(r"\$(?:\$|(\w+)|\{([\w.]+)\})", lambda found: "$" if found[0] == "$$" else
                              result.get(found[1] or found[2], found[0]), value)
    return result


def jenkins_steps(asked, world, environment):
    assert "--entrypoint=''" in asked["inside"]
    return world.run(shell(asked["script"], "-xe", program="sh"), with_env(asked["env"], {**environment, **SECRETS}))
