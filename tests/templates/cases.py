"""The cases of tests/cases: environments of CI jobs, and the event that each is (tests/cases/README.md)."""

import json
import pathlib

# Where each CI says that the checkout lies: the test has it elsewhere.
WORKSPACE_VARIABLES = {
    "appveyor": "APPVEYOR_BUILD_FOLDER", "azure-pipelines": "BUILD_SOURCESDIRECTORY",
    "bitbucket-pipelines": "BITBUCKET_CLONE_DIR", "buildkite": "BUILDKITE_BUILD_CHECKOUT_PATH",
    "circleci": "CIRCLE_WORKING_DIRECTORY", "codebuild": "CODEBUILD_SRC_DIR", "drone": "DRONE_WORKSPACE",
    "forgejo-actions": "GITHUB_WORKSPACE", "gitea-actions": "GITHUB_WORKSPACE", "github-actions": "GITHUB_WORKSPACE",
    "gitlab-ci": "CI_PROJECT_DIR", "jenkins": "WORKSPACE", "semaphore": "SEMAPHORE_GIT_DIR",
    "travis-ci": "TRAVIS_BUILD_DIR", "woodpecker": "CI_WORKSPACE",
}
FIELDS = ("ci", "origin", "host", "repo", "trigger", "ref", "branch", "tag", "base", "head", "commit", "before", "actor",
          "environment", "names")


class Case:
    def __init__(self, path):
        self.name = f"{path.parent.name}/{path.stem}"
        self.ci = path.parent.name
        self.json = json.loads(path.read_text())
        self.expect = self.json["expect"]

    def lay_into(self, world):
        """Lays the case's files and checkout out; returns its environment."""
        for name, content in self.json["files"].items():
            file = world.files / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content if isinstance(content, str) else json.dumps(content))
        if self.json["git"]:
            world.checkout(self.json["git"])
        environment = {name: value.replace("${DIR}", str(world.files)) for name, value in self.json["env"].items()}
        environment.update({name: str(world.files) for name in ("TMPDIR", "TMP", "TEMP") if name in environment})
        own = WORKSPACE_VARIABLES.get(self.ci)
        if own in environment:
            environment[own] = str(world.workspace)
        return environment

    def differences(self, event):
        """What of the expectations the event does not hold."""
        if event is None:
            return ["no event was seen"]
        found = {name: event[name] for name in FIELDS}
        found.update(event=(event["names"] or [None])[0], run_id=event["run"]["id"], run_url=event["run"]["url"])
        changed = self.json["git"] is not None and ("commit", "ref")  # the sha is whatever git made
        wrong = [f"{name}: {found[name]!r} instead of {wanted!r}" for name, wanted in self.expect.items()
                 if name in found and found[name] != wanted and not (changed and name in changed)]
        change = self.expect.get("change", {})
        if change is None and event["change"] is not None:
            wrong.append(f"change: {event['change']!r} instead of none")
        for name, wanted in (change or {}).items():
            value = (event["change"] or {}).get(name)
            if value != wanted and not (wanted is None and value == ""):
                wrong.append(f"change.{name}: {value!r} instead of {wanted!r}")
        return wrong


def cases(source, ci, *prefixes):
    """The cases of a CI that have a trigger and whose names begin with one of the prefixes."""
    found = [Case(path) for path in sorted((pathlib.Path(source) / "tests/cases" / ci).glob("*.json"))
             if path.stem.startswith(prefixes)]
    return [case for case in found if case.expect.get("trigger") and "args" not in case.json]
