"""The world that a template's step runs in: a checkout with an ops.yml, the agent and a `docker` that records on PATH,
a receiver of events, and the environment of a case of tests/cases."""

import json
import pathlib
import shlex
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "docs"))
from receiver import Receiver  # noqa: E402: found by the line above

TEAM, TOKEN, DEPLOY_KEY = "team-1", "t0ken-swordfish-4711", "d3pl0y-key-swordfish"
SECRETS = {"CTOAI_TEAM_ID": TEAM, "CTOAI_EVENTS_API_TOKEN": TOKEN, "DEPLOY_KEY": DEPLOY_KEY}
SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"


class Outcome:
    """What a step did: its exit code and output, what the agent was called with and which event it saw."""

    def __init__(self, done, record, events):
        self.code, self.output = done.returncode, done.stdout
        self.events = events
        seen, arguments, docker = record / "event.json", record / "arguments", record / "docker.json"
        self.event = json.loads(seen.read_text()) if seen.exists() and seen.stat().st_size else None
        self.arguments = arguments.read_text().split("\n")[:-1] if arguments.exists() else None
        self.docker = json.loads(docker.read_text()) if docker.exists() else None


class World:
    def __init__(self, program, image):
        self._temporary = tempfile.TemporaryDirectory(prefix="templates-")
        self.root = pathlib.Path(self._temporary.name)
        self.workspace = self.root / "checkout"  # what the CI checked out
        self.files = self.root / "files"  # what it laid elsewhere
        self.bin = self.root / "bin"
        self._record = self.root / "record"
        for folder in (self.workspace, self.files, self.bin, self._record):
            folder.mkdir()
        self.events = []  # (headers, body) in their order
        self.receiver = Receiver(lambda headers, body: self.events.append((dict(headers), json.loads(body))))
        self._install(program, image)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.receiver.close()
        self._temporary.cleanup()

    def _install(self, program, image):
        record = shlex.quote(str(self._record))
        agent = shlex.quote(str(program))
        self.script("lifecycle-agent", f"""#!/bin/bash
printf '%s\\n' "$@" >{record}/arguments
{agent} event --json >{record}/event.json 2>{record}/event.log
exec {agent} "$@"
""")
        shim = pathlib.Path(__file__).with_name("docker_shim.py")
        facts = {"image": image, "agent": str(self.bin / "lifecycle-agent"), "record": str(self._record / "docker.json"),
                 "root": str(self.root), "path": f"{self.bin}:{SYSTEM_PATH}"}
        self.script("docker", f"""#!/bin/sh
exec {shlex.quote(sys.executable)} -B {shlex.quote(str(shim))} {shlex.quote(json.dumps(facts))} "$@"
""")

    def script(self, name, text):
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def ops(self, trigger):
        """An ops.yml with a workflow that `trigger` starts, and one that nothing does."""
        (self.workspace / "ops.yml").write_text(json.dumps({
            "version": "1",
            "pipelines": [
                {"name": "hit:1.0.0", "description": "hit", "workdir": "workspace", "events": [trigger],
                 "env": {"secrets": ["DEPLOY_KEY"]},
                 "jobs": [{"name": "job", "description": "job", "steps": ['printf %s "$DEPLOY_KEY" >hit']}]},
                {"name": "miss:1.0.0", "description": "miss", "workdir": "workspace",
                 "events": ["github:nobody/nothing:release.published"],
                 "jobs": [{"name": "job", "description": "job", "steps": ["touch miss"]}]},
            ]}))

    def checkout(self, git):
        """A repository as a case wants it."""
        def call(*words):
            subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *words], cwd=self.workspace,
                           check=True, capture_output=True)

        call("init", "-q", "-b", git["head_branch"] or "main")
        call("commit", "-q", "--allow-empty", "-m", "first")
        if git["head_branch"] is None:
            call("checkout", "-q", "--detach")
        if git.get("remote"):
            call("remote", "add", "origin", git["remote"])

    def run(self, words, environment, directory=None):
        """Runs a command with exactly this environment, and what every job has."""
        for stale in self._record.iterdir():
            stale.unlink()
        begin = len(self.events)
        full = {"HOME": str(self.root), **environment}
        full["PATH"] = f"{self.bin}:{SYSTEM_PATH}"
        done = subprocess.run(words, cwd=directory or self.workspace, env=full, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=60, errors="replace")
        return Outcome(done, self._record, self.events[begin:])

    def left(self, name):
        """What a workflow left in the workspace; None: nothing of that name."""
        path = self.workspace / name
        return path.read_text() if path.exists() else None


def in_image(environment):
    """The environment of a container that the CI starts: its own, and the image's PATH and HOME."""
    return {name: value for name, value in environment.items() if name not in ("PATH", "HOME")}
