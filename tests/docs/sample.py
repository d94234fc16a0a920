"""The sample repository in which the commands of the docs are run: docs/examples/merged-pull-request, in a directory
of its own, with the CI environment that its run.sh gives, and a receiver in the place of the platform's events API.
"""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

from receiver import Receiver

EXAMPLE = "docs/examples/merged-pull-request"

# A workflow that takes arguments, which those of the example do not.
GREET = """\
version: "1"
commands:
  - name: greet:1.0.0
    description: greet somebody
    public: false
    run: echo hello
"""

# What stands for a value of the reader's own, and the value it has in the sample. The first that fits is taken.
PLACEHOLDERS = {
    "NAME -- ARGUMENTS": "greet --file greet.yml -- robin",
    "NAME": "preview",
    "WORKFLOW": "preview",
    "COMMAND": "run",
    "FILE": "ops.yml",
}


class DocError(Exception):
    """What is wrong with a block, in words for whoever changes the document."""


def without_comment(line):
    """The line without its comment; quoted `#` stay."""
    quoted = re.match(r"""(?:[^'"#]|'[^']*'|"[^"]*"|(?<=\S)#)*""", line)
    return quoted.group().rstrip()


def promised_status(line):
    """The exit status that a comment behind the command tells of, else 0."""
    told = re.search(r"#.*\bexit(?:s|ed)?(?: (?:with|code|status))* (\d+)", line)
    return int(told.group(1)) if told else 0


def is_program_call(line):
    return re.match(r"(?:[A-Z_]+=\S+ +)*lifecycle-agent(?: |$)|docker run .*lifecycle-agent", line) is not None


def runnable(line, events_url):
    """The command with a value for each placeholder, the receiver's address, and no container around it."""
    command = re.sub(r"^docker run .*?(?<![\w-])lifecycle-agent(?::\S+)?(?=\s|$)", "lifecycle-agent",
                     without_comment(line))
    command = re.sub(r"(?<=--events-url)([ =])\S+", rf"\1{events_url}", command)
    for placeholder, value in PLACEHOLDERS.items():
        command = re.sub(rf"(?<![\w$={{-]){placeholder}(?![\w=])", value, command)
    unknown = re.search(r"(?<![\w$={/-])[A-Z]{3,}(?![\w=])", command)
    if unknown:
        raise DocError(f"no rule says what {unknown.group()} stands for (PLACEHOLDERS in sample.py)")
    return command


class Sample:
    """A context: the directory goes with it."""

    def __init__(self, program, source):
        self.program = pathlib.Path(program).resolve()
        self.source = pathlib.Path(source).resolve()

    def __enter__(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="docs-"))
        self.repository = self.root / "app"
        shutil.copytree(self.source / EXAMPLE, self.repository)
        (self.repository / "run.sh").unlink()
        (self.repository / "greet.yml").write_text(GREET)
        (self.root / "home").mkdir()
        (self.root / "bin").mkdir()
        (self.root / "bin/lifecycle-agent").symlink_to(self.program)
        self.receiver = Receiver()
        self.environment = self._ci_environment()
        status, output = self.shell("git init --quiet && git remote add origin https://github.com/acme/app.git")
        if status != 0:
            raise DocError(f"no sample repository: {output}")
        return self

    def __exit__(self, *_):
        self.receiver.close()
        shutil.rmtree(self.root)

    def _ci_environment(self):
        """The variables that run.sh gives to the program, so that they are written down once."""
        script = (self.source / EXAMPLE / "run.sh").read_text()
        words = re.search(r"\benv -i (.*?)\"\$build/lifecycle-agent\"", script, re.DOTALL)
        if not words:
            raise DocError(f"{EXAMPLE}/run.sh no longer has the line `env -i … \"$build/lifecycle-agent\"`")
        values = {"PATH": f"{self.root / 'bin'}:{os.environ['PATH']}", "HOME": str(self.root / "home"),
                  "scratch": str(self.repository)}
        environment = {}
        for word in shlex.split(words.group(1).replace("\\\n", " ")):
            name, value = word.split("=", 1)
            environment[name] = re.sub(r"\$(\w+)", lambda found: values[found.group(1)], value)
        # Nothing leaves this machine, and a command that says it has sent something must have done so.
        environment["LIFECYCLE_EVENTS_URL"] = self.receiver.url
        environment["LIFECYCLE_STRICT_INSIGHTS"] = "true"
        return environment

    def shell(self, command, **variables):
        """Runs it as a reader would who pastes it; both outputs as one, as on a terminal."""
        try:
            done = subprocess.run(["bash", "-c", f"set -o pipefail\n{command}"], cwd=self.repository,
                                  env={**self.environment, **variables}, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False)
        except subprocess.TimeoutExpired as late:
            raise DocError(f"`{command}` does not end within {late.timeout} s") from late
        return done.returncode, done.stdout.decode()

    def run_documented(self, line):
        """Runs one command of a block and returns its output; its status must be the one that is documented."""
        command = runnable(line, self.receiver.url)
        if re.match(r"lifecycle-agent init\b", command):
            (self.repository / "ops.yml").unlink(missing_ok=True)  # it is for repositories that have none
        status, output = self.shell(command)
        if status != promised_status(line):
            raise DocError(f"`{command}` exits with {status}, not {promised_status(line)}:\n{output.rstrip()}")
        return output

    def run_example(self):
        """What `./dev run` shows once everything is built."""
        build = self.root / "build"
        build.mkdir()
        (build / "lifecycle-agent").symlink_to(self.program)
        receiver = pathlib.Path(__file__).with_name("receiver.py")
        stand_in = build / "receive_events"
        stand_in.write_text(f"#!/bin/sh\nexec '{sys.executable}' -B '{receiver}'\n")
        stand_in.chmod(0o755)
        status, output = self.shell(f"bash '{self.source / EXAMPLE / 'run.sh'}'", LIFECYCLE_BUILD=str(build))
        if status != 0:
            raise DocError(f"{EXAMPLE}/run.sh exits with {status}:\n{output.rstrip()}")
        return output
