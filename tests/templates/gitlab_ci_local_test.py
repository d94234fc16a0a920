#!/usr/bin/env python3
"""The GitLab template and component, run for real by the npm package gitlab-ci-local, with its shell executor: a job's
image is not started, and the agent is on PATH instead. gitlab_ci_local_test.py PROGRAM SOURCE_DIR

Exit status 77 (skipped for ctest) says what this machine lacks.
"""

import sys

sys.dont_write_bytecode = True  # the source tree stays as it is

import json
import pathlib
import shutil
import subprocess

import world as worlds
from pins import pinned_image

LOGIN = "dana"


def skip(reason):
    print(f"SKIPPED: {reason}")
    sys.exit(77)


def needs(source):
    program = source / "tests/templates/node_modules/.bin/gitlab-ci-local"
    if not program.exists():
        skip("npm packages are not installed (./dev setup)")
    for tool in ("node", "rsync", "git"):
        if not shutil.which(tool):
            skip(f"{tool} is not installed (./dev setup)")
    major = int(subprocess.run(["node", "-p", "process.versions.node.split('.')[0]"], capture_output=True, text=True,
                               check=True).stdout)
    if major < 20:
        skip(f"gitlab-ci-local needs Node.js 20, this is {major}")
    return program


class Pipeline:
    def __init__(self, gitlab_ci_local, source, world):
        self.program, self.source, self.world = gitlab_ci_local, source, world
        (world.root / ".gitconfig").write_text(f"[user]\nname = Dana\nemail = {LOGIN}@example.com\n")

    def run(self, configuration):
        workspace = self.world.workspace
        shutil.copytree(self.source / "templates/gitlab", workspace / "templates", dirs_exist_ok=True)
        (workspace / ".gitlab-ci.yml").write_text(configuration)
        git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"]
        if not (workspace / ".git").exists():
            subprocess.run([*git, "init", "-q", "-b", "main"], cwd=workspace, check=True)
            subprocess.run([*git, "remote", "add", "origin", "git@gitlab.com:acme/app.git"], cwd=workspace, check=True)
        subprocess.run([*git, "add", "-A"], cwd=workspace, check=True)
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "first"], cwd=workspace, check=True)
        variables = {**worlds.SECRETS, "LIFECYCLE_EVENTS_URL": self.world.receiver.url}
        words = [word for name, value in variables.items() for word in ("--variable", f"{name}={value}")]
        return self.world.run([shutil.which("node"), str(self.program), "--force-shell-executor", *words], {})


def main():
    program, source = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    gitlab_ci_local = needs(source)
    failures = 0

    def check(label, good, found=""):
        nonlocal failures
        print(f"{'ok' if good else 'FAILED'}: {label}" + ("" if good else f"\n  {found}"))
        failures += not good

    with worlds.World(program, pinned_image(source)) as world:
        pipeline = Pipeline(gitlab_ci_local, source, world)
        world.ops("gitlab:acme/app:push:ref==main")
        example = (source / "templates/gitlab/example.gitlab-ci.yml").read_text()
        included = [line for line in example.split("\n") if line.startswith("  - remote:")]
        check("the example includes the template", len(included) == 1, included)
        outcome = pipeline.run(example.replace(included[0], "  - local: templates/lifecycle.gitlab-ci.yml"))
        check("template: the pipeline passed", outcome.code == 0, outcome.output)
        bodies = [body for _, body in outcome.events]
        shown = json.dumps(bodies, indent=1) + outcome.output
        runs = [body for body in bodies if body["event_name"] == "pipeline"]
        check("template: the workflow that matched ran, and no other",
              [(body["event_action"], body["meta"]["workflow"]) for body in runs] ==
              [("started", "hit"), ("success", "hit")], shown)
        deployments = [body for body in bodies if body["event_name"] == "deployment"]
        sha = subprocess.run(["git", "rev-parse", "HEAD"], cwd=world.workspace, capture_output=True, text=True, check=True)
        expected = {"team_id": worlds.TEAM, "event_name": "deployment", "event_action": "success", "repo": "acme/app",
                    "branch": "main", "commit": sha.stdout.strip(), "environment": "production", "image": None}
        check("template: deploy_success sent its event, deploy_failure none", len(deployments) == 1, shown)
        check("template: its body", {key: deployments[0].get(key) for key in expected} == expected, shown)
        check("template: who caused it", deployments[0]["meta"]["user"] == LOGIN, shown)
        check("template: by the template's mechanism, with the token",
              all((headers["x-ops-mechanism"], headers["Authorization"]) == ("gitlab-job", f"Bearer {worlds.TOKEN}")
                  for headers, _ in outcome.events), outcome.events)
        check("template: no secret in the log", worlds.TOKEN not in outcome.output, outcome.output)

        outcome = pipeline.run("""stages: [test, deploy]
include:
  - local: templates/component/templates/lifecycle.yml
    inputs: {environment: staging}
  - local: templates/component/templates/lifecycle-event.yml
    inputs: {event_name: deployment, event_action: success, environment: production, deployed_image: "app:1"}
""")
        check("component: the pipeline passed", outcome.code == 0, outcome.output)
        bodies = [body for _, body in outcome.events]
        shown = json.dumps(bodies, indent=1) + outcome.output
        check("component: the runs are deployments to its environment, and its event is sent",
              [(body["event_name"], body["event_action"], body["environment"], body["image"]) for body in bodies] ==
              [("deployment", "started", "staging", None), ("deployment", "success", "staging", None),
               ("deployment", "success", "production", "app:1")], shown)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
