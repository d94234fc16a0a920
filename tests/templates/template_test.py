#!/usr/bin/env python3
"""Runs the templates: template_test.py PROGRAM SOURCE_DIR TEMPLATE

Each template is executed as its CI would (image_steps.py, host_steps.py), in the environments of that CI's cases; the
agent must see the event that the case tells, and start the workflow of its trigger and no other. What only one template
does is tested in special_cases.py. Exit status 77 (skipped for ctest) says what this machine lacks.
"""

import sys

sys.dont_write_bytecode = True  # the source tree stays as it is

import pathlib
import shutil

try:
    import yaml  # noqa: F401
except ImportError as missing:
    print(f"SKIPPED: {missing} (./dev setup)")
    sys.exit(77)

import host_steps
import image_steps
import special_cases
import world as worlds
from cases import cases
from pins import pinned_image

# Template: how it is run, and the CIs of its cases with what their names begin with.
PUSH_AND_CHANGE = ("push-branch", "push-tag", "push-hostile", "pull-request", "merge-request")
JENKINS = ("multibranch-push", "multibranch-pull-request-fork", "freestyle-git", "ghprb", "gitlab-plugin-open",
           "gitlab-branch-source-open")
# docker-run.sh names the variables of every CI: a push and the fullest of the changes show whether they suffice.
ONE_OF_EACH = ("push-branch", "push-tag", "pull-request-fork", "pull-request-opened", "pull-request-merged",
               "merge-request-fork-in-parent", "promote", "deployment-by-hand", "release")
TEMPLATES = {
    "github": (image_steps.actions("github/lifecycle.yml"), {"github-actions": ("push", "pull-request", "deployment")}),
    "gitea": (image_steps.actions("gitea/lifecycle.yml"),
              {"gitea-actions": ("push", "pull"), "forgejo-actions": ("push", "pull")}),
    "gitlab": (image_steps.gitlab,
               {"gitlab-ci": ("push", "merge-request", "trigger-payload-merge", "trigger-payload-tag")}),
    "gitlab-component": (image_steps.gitlab_component_run, {"gitlab-ci": ("push-branch", "merge-request-detached")}),
    "circleci": (image_steps.circleci, {"circleci": ("orb", "push", "pull-request")}),
    "bitbucket": (image_steps.bitbucket, {"bitbucket-pipelines": ("push", "pull-request", "deployment")}),
    "bitbucket-pipe": (image_steps.bitbucket_pipe, {"bitbucket-pipelines": ("push", "pull-request")}),
    "drone": (image_steps.drone, {"drone": (*PUSH_AND_CHANGE, "promote")}),
    "woodpecker": (image_steps.woodpecker, {"woodpecker": PUSH_AND_CHANGE}),
    "woodpecker-with-secrets": (image_steps.woodpecker_commands, {"woodpecker": ("push-branch", "pull-request")}),
    "teamcity": (image_steps.teamcity,
                 {"teamcity": ("properties-push", "properties-tag", "pull-request", "merge-request")}),
    "codebuild": (image_steps.codebuild, {"codebuild": ("push", "pull-request", "merge-request", "released")}),
    "cloud-build": (image_steps.cloud_build, {"cloud-build": PUSH_AND_CHANGE}),
    "codefresh": (image_steps.codefresh, {"codefresh": (*PUSH_AND_CHANGE, "release")}),
    "tekton": (image_steps.tekton, {"generic": ("tekton",)}),
    "travis-ci": (host_steps.travis_ci, {"travis-ci": PUSH_AND_CHANGE}),
    "semaphore": (host_steps.semaphore, {"semaphore": PUSH_AND_CHANGE}),
    "appveyor": (host_steps.appveyor, {"appveyor": PUSH_AND_CHANGE}),
    "azure": (host_steps.azure, {"azure-pipelines": (*PUSH_AND_CHANGE, "unexpanded")}),
    "buildkite": (host_steps.buildkite, {"buildkite": (*PUSH_AND_CHANGE, "deployment")}),
    "docker-run": (host_steps.docker_run, {"jenkins": JENKINS, **{ci: ONE_OF_EACH for ci in (
        "github-actions", "gitlab-ci", "bitbucket-pipelines", "circleci", "azure-pipelines", "buildkite", "travis-ci",
        "drone", "woodpecker", "teamcity", "codebuild", "cloud-build", "semaphore", "appveyor", "codefresh")}}),
}


class Failures:
    def __init__(self):
        self.count = 0
        self.checks = 0

    def check(self, label, good, found=""):
        self.checks += 1
        if not good:
            self.count += 1
            print(f"FAILED: {label}\n  {found}")


def run_case(case, run, world, templates, failures):
    environment = case.lay_into(world)
    world.ops(case.expect["trigger"])
    outcome = run(templates, world, {**environment, image_steps.EVENTS_URL: world.receiver.url})
    told = f"exit {outcome.code}\n{outcome.output}"
    failures.check(f"{case.name}: exit code", outcome.code == 0, told)
    wrong = case.differences(outcome.event)
    failures.check(f"{case.name}: the event", not wrong, "\n  ".join([*wrong, told]))
    hit = world.left("hit")
    failures.check(f"{case.name}: the workflow of its trigger ran", hit is not None, told)
    failures.check(f"{case.name}: no other workflow ran", world.left("miss") is None, told)
    if outcome.event and outcome.event["change"] is None:
        failures.check(f"{case.name}: the secret came in", hit == worlds.DEPLOY_KEY, f"{hit!r}\n{told}")
    failures.check(f"{case.name}: it was reported, with the token",
                   outcome.events and all(headers.get("Authorization") == f"Bearer {worlds.TOKEN}" and
                                          body["team_id"] == worlds.TEAM for headers, body in outcome.events),
                   f"{outcome.events}\n{told}")
    failures.check(f"{case.name}: no secret in the log",
                   not any(secret in outcome.output for secret in (worlds.TOKEN, worlds.DEPLOY_KEY)), told)
    if outcome.docker:
        failures.check(f"{case.name}: all that is handed over is a name", outcome.docker["names"], told)


def main():
    program, source, name = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    templates = source / "templates"
    image = pinned_image(source)
    failures = Failures()
    run, wanted = TEMPLATES.get(name, (None, {}))
    for ci, prefixes in wanted.items():
        found = cases(source, ci, *prefixes)
        failures.check(f"{ci} has cases", found)
        for case in found:
            with worlds.World(program, image) as world:
                run_case(case, run, world, templates, failures)
    for special in special_cases.of(name):
        if special in special_cases.NEEDS_GROOVY and not shutil.which("groovy"):
            print("SKIPPED: groovy is not installed (./dev setup)")
            sys.exit(77)
        with worlds.World(program, image) as world:
            special(templates, world, source, failures.check)
    print(f"{name}: {failures.checks} checks, {failures.count} failed")
    sys.exit(1 if failures.count or not failures.checks else 0)


if __name__ == "__main__":
    main()
