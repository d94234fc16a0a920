#!/usr/bin/env python3
"""Runs what the documents show: code_blocks_test.py PROGRAM SOURCE_DIR [DOCUMENT… | --self-test]

Each fenced block is taken by the first of RULES that fits it. Commands are run in a sample repository (sample.py),
shown output is compared, YAML, JSON, triggers and requests are given to the program or compared with what it sends.
A block that no rule covers is a failure. Commands of `./dev` and of the program that stand in running text are tested
too. Exit status 77 (skipped for ctest) says that python3-yaml is missing.
"""

import sys

sys.dont_write_bytecode = True  # the source tree stays as it is

import collections
import contextlib
import dataclasses
import functools
import io
import json
import pathlib
import re
import subprocess

try:
    import yaml
except ImportError as missing:
    print(f"SKIPPED: {missing} (./dev setup)")
    sys.exit(77)

import self_test_cases
import transcript
import yaml_blocks
from sample import DocError, Sample, is_program_call, runnable, without_comment


@dataclasses.dataclass
class Block:
    language: str
    line: int
    text: str

    @property
    def lines(self):
        return [line for line in self.text.split("\n") if line.strip()]


# Reading documents


def split_document(text):
    """The fenced blocks, and the running text with empty lines in their places."""
    blocks, prose, fence = [], [], None
    for number, line in enumerate(text.split("\n"), 1):
        mark = re.match(r"( *)(`{3,}|~{3,}) *([^`]*)$", line)
        if fence is None and mark:
            indent, fence = len(mark.group(1)), mark.group(2)
            block = Block((mark.group(3).split() or [""])[0], number, "")
        elif fence is None:
            prose.append(line)
            continue
        elif mark and mark.group(2).startswith(fence) and not mark.group(3).strip():
            blocks.append(block)
            fence = None
        else:
            block.text += re.sub(rf"^ {{0,{indent}}}", "", line) + "\n"
        prose.append("")
    if fence is not None:
        raise DocError(f"the block of line {block.line} has no end")
    return blocks, "\n".join(prose)


def inline_commands(prose):
    """Commands between backticks in running text, with their lines."""
    for span in re.finditer(r"(?<!`)(`+)(?!`)((?:[^\n]|\n(?!\n))+?)(?<!`)\1(?!`)", prose):
        command = " ".join(span.group(2).split())
        if command.startswith("./dev ") or (" " in command and is_program_call(command)):
            yield prose.count("\n", 0, span.start()) + 1, command


# What the documents are compared with


class Facts:
    """Of the program and the source tree; each is found out when it is first needed."""

    def __init__(self, program, source):
        self.program = program
        self.source = pathlib.Path(source)

    def sample(self):
        return Sample(self.program, self.source)

    @functools.cached_property
    def dev_commands(self):
        usage = subprocess.run(["bash", self.source / "dev", "help"], capture_output=True, text=True, check=True).stdout
        return set(re.findall(r"^  ([a-z-]+) ", usage, re.MULTILINE))

    @functools.cached_property
    def action(self):
        return yaml.safe_load((self.source / "action.yml").read_text())

    @functools.cached_property
    def row_header(self):
        header = (self.source / "adapters" / "ci" / "ci_row.h").read_text()
        return header[header.index("struct CiRow {"):]

    @functools.cached_property
    def request(self):
        """The header lines of a request with a token, and for each event name the keys that its body may have."""
        keys = collections.defaultdict(set)
        with self.sample() as sample:
            track = "lifecycle-agent track --event-name deployment --event-action success"
            run = "lifecycle-agent run --environment production"
            shown = sample.shell(f"{track} --dry-run && {run} --dry-run", LIFECYCLE_TOKEN="a-token")[1]
            sample.shell(run)  # for the keys that only the end of a run knows
            bodies = re.findall(r"^\{\n.*?^\}$", shown, re.MULTILINE | re.DOTALL) + sample.receiver.bodies
        for body in map(json.loads, bodies):
            keys["change" if body["event_name"] == "change" else "other"] |= keys_of(body)
        headers = re.match(r"POST \S+\n(.*?)\n\n", shown, re.DOTALL).group(1)
        return header_names(headers), keys

    @functools.cached_property
    def job_preamble(self):
        """The first lines of a job's script, which are not of the ops.yml."""
        with self.sample() as sample:
            plan = sample.shell("lifecycle-agent plan")[1]
        script = re.findall(r"^ +\d+ \| (.*)$", plan, re.MULTILINE)
        return script[:script.index('echo "building $ORG/$REPO at $REF"')]


def keys_of(body):
    meta = body.get("meta") or {}
    return body.keys() | {f"meta.{key}" for key in meta}


def header_names(head):
    return [line.split(":")[0] for line in head.split("\n")]


# Checks: each returns what was done with the block (run, compared, parsed or skipped) and how much of it


def check_shell(block, facts):
    syntax = subprocess.run(["bash", "-n"], input=block.text, capture_output=True, text=True, check=False)
    if syntax.returncode != 0:
        raise DocError(f"bash cannot read it: {syntax.stderr.strip()}")
    lines = [line.strip() for line in block.text.replace("\\\n", " ").split("\n") if without_comment(line.strip())]
    calls = [line for line in lines if is_program_call(line)]
    check_dev_commands("\n".join(lines), facts)
    with facts.sample() as sample:
        for call in calls:
            sample.run_documented(call)
    return ("run", f"{len(calls)} commands") if calls else ("parsed", f"{len(lines)} lines of shell")


def check_dev_commands(text, facts):
    for name in re.findall(r"(?:^|[\s;&|(])\./dev +(\S+)", text):
        if name not in facts.dev_commands:
            raise DocError(f"./dev has no command {name}")


def check_preamble(block, facts):
    if block.lines != facts.job_preamble:
        raise DocError("a job's script begins otherwise:\n" + "\n".join(facts.job_preamble))
    return "compared", "the beginning of a job's script"


def check_example(block, facts):
    with facts.sample() as sample:
        count = transcript.compare(block.text.rstrip().split("\n"), sample.run_example())
    return "compared", f"{count} lines of the bundled example"


def check_transcript(block, facts):
    compared = 0
    pairs = transcript.commands_with_output(block.text)
    with facts.sample() as sample:
        for command, shown in pairs:
            if not is_program_call(command):
                raise DocError(f"no rule runs `{command}`")
            printed = sample.run_documented(command.replace("\\\n", " "))
            compared += transcript.compare(shown, printed) if shown else 0
    return ("compared" if compared else "run"), f"{len(pairs)} commands, {compared} lines of output"


def check_yaml(block, facts):
    whole = yaml_blocks.as_ops_file(block.text)
    if whole is not None:
        check_ops_file(whole, facts)
        return "run", "lifecycle-agent check"
    steps = yaml_blocks.github_steps(yaml_blocks.parse(block.text))
    if steps is None:
        raise DocError("neither an ops.yml, nor a GitHub workflow, nor a part of one")
    return "compared", f"{yaml_blocks.check_github(block.text, steps, facts.action)} names with action.yml"


def check_ops_file(text, facts, flags=""):
    with facts.sample() as sample:
        (sample.repository / "block.yml").write_text(text)
        status, output = sample.shell(f"lifecycle-agent check --file block.yml {flags}")
    if status != 0:
        raise DocError(f"`lifecycle-agent check` exits with {status}:\n{output.rstrip()}")


def check_json(block, facts):
    value = parse_json(block.text)
    if not isinstance(value, dict) or "event_name" not in value:
        return "parsed", "JSON"
    return "compared", f"{check_event_body(value, facts)} keys of an event"


def parse_json(text):
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise DocError(f"not JSON: {error}") from error


def check_event_body(body, facts):
    keys = keys_of(body)
    unknown = keys - facts.request[1]["change" if body["event_name"] == "change" else "other"]
    if unknown:
        raise DocError(f"such an event has no {', '.join(sorted(unknown))}")
    return len(keys)


def check_request(block, facts):
    head, _, body = block.text.partition("\n\n")
    names = header_names(head.partition("\n")[2])
    if not head.startswith("POST http") or names != facts.request[0]:
        raise DocError(f"a request has these headers: {', '.join(facts.request[0])}")
    return "compared", f"{len(names)} headers, {check_event_body(parse_json(body), facts)} keys of an event"


def check_triggers(block, facts):
    triggers = [line for line in block.lines if "{" not in line]  # with braces: the grammar, not a trigger
    events = "".join(f"      - {json.dumps(line)}\n" for line in triggers)
    check_ops_file(f"version: '1'\ncommands:\n  - name: block:1.0.0\n    description: one\n    public: false\n"
                   f"    run: 'true'\n    events:\n{events}", facts, "--strict")
    return "run", f"{len(triggers)} triggers in lifecycle-agent check"


def check_masking(block, facts):
    """A workflow that prints these lines, and then the values, shows neither."""
    values = [re.split(r"::add-mask::|\]", line)[-1] for line in block.lines]
    command = " ".join(f"'{word}'" for word in block.lines + values)
    with facts.sample() as sample:
        (sample.repository / "mask.yml").write_text(json.dumps({"version": "1", "commands": [
            {"name": "mask:1.0.0", "description": "one", "public": False, "run": f"printf '%s\\n' {command}"}]}))
        status, output = sample.shell("lifecycle-agent run mask --file mask.yml --raw 2>errors")
    if status != 0 or output.split("\n")[:-1] != ["***"] * len(values):
        raise DocError(f"with these lines in its output a workflow shows (status {status}):\n{output.rstrip()}")
    return "run", f"{len(values)} lines in a workflow's output"


def check_row(block, facts):
    """A CI's row: what it names must be fields of it, and the row itself one of the tree."""
    fields = set(re.findall(r"^  [\w:<> ()*]+?\b(\w+)(?:\{.*\}| = \w+(?:::\w+)?)?;", facts.row_header, re.MULTILINE))
    fields |= set(re.findall(r"\(\*(\w+)\)", facts.row_header))
    used = re.findall(r"^\s+\.(\w+) =", block.text, re.MULTILINE)
    rows = re.findall(r"CiRow (\w+)_row\{", block.text)
    wrong = [name for name in used if name not in fields]
    wrong += [name for name in rows if not (facts.source / "adapters" / "ci" / f"{name}.cc").exists()]
    if wrong or not used or not rows:
        raise DocError(f"a row of adapters/ci has no {', '.join(wrong) or 'fields here'}")
    return "compared", f"{len(used)} fields of a CI's row"


def skip_drawing(_block, _facts):
    return "skipped", "a drawing"


# Of a block without a language, or called text, the content says what it is
PLAIN = {"", "text", "console"}


def all_lines(pattern):
    return lambda block: block.language in PLAIN and block.lines and all(re.match(pattern, one) for one in block.lines)


RULES = [
    (lambda block: block.language in {"yaml", "yml"}, check_yaml),
    (lambda block: block.language == "json", check_json),
    (lambda block: block.language == "http", check_request),
    (lambda block: block.language == "cpp" and "CiRow" in block.text, check_row),
    (lambda block: block.language in {"sh", "bash"} and block.text.startswith("#!/bin/bash\nset"), check_preamble),
    (lambda block: block.language in {"sh", "bash"}, check_shell),
    (lambda block: block.language in PLAIN and re.search("^received at ", block.text, re.MULTILINE), check_example),
    (lambda block: block.language in PLAIN and re.search(r"^\$ ", block.text, re.MULTILINE), check_transcript),
    (all_lines(r"[a-z*{}]+:[^\s:]+:\S+$"), check_triggers),
    (all_lines(r"::add-mask::|##\[add-mask\]|##vso\[task\.setsecret\]"), check_masking),
    (lambda block: block.language in PLAIN and re.search("[│─►└┌]", block.text), skip_drawing),
]


def check_block(block, facts):
    for fits, check in RULES:
        if fits(block):
            return check(block, facts)
    raise DocError(f"no rule covers a block of language {block.language or '(none)'!r} that begins {block.text[:60]!r}")


def check_inline(command, facts):
    if command.startswith("./dev "):
        check_dev_commands(command, facts)
        return "compared", "a command of ./dev"
    with facts.sample() as sample:
        sample.run_documented(command)
        return "run", runnable(command, "URL")


# Documents and the report


def check_document(name, text, facts):
    """Prints a line for each block; returns what is wrong."""
    counts, wrong = collections.Counter(), []
    try:
        blocks, prose = split_document(text)
    except DocError as error:
        blocks, prose = [], ""
        wrong.append(f"{name}: {error}")
    todo = [(block.line, block.language or "no language", functools.partial(check_block, block)) for block in blocks]
    todo += [(line, "in text", functools.partial(check_inline, one)) for line, one in inline_commands(prose)]
    for line, kind, check in sorted(todo, key=lambda one: one[0]):
        try:
            outcome, detail = check(facts)
            counts[outcome] += 1
        except DocError as error:
            outcome, detail = "WRONG", str(error).split("\n", 1)[0]
            wrong.append(f"{name}:{line}: {error}")
        print(f"{name}:{line}: {kind}: {outcome}: {detail}")
    told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in ("run", "compared", "parsed", "skipped"))
    print(f"{name}: {len(blocks)} blocks and {len(todo) - len(blocks)} commands in text: {told}, {len(wrong)} wrong")
    return wrong


def self_test(facts):
    """Wrong blocks must be reported, right ones not: a test that accepts everything would prove nothing."""
    with contextlib.redirect_stdout(io.StringIO()) as report:
        failures = check_document("right", self_test_cases.RIGHT, facts)
        for fault, (text, told) in self_test_cases.WRONG.items():
            found = check_document(fault, text, facts)
            if len(found) != 1 or told not in found[0]:
                failures.append(f"{fault}: expected one report with {told!r}, got {found}")
    if failures:
        print(report.getvalue())
    print(f"self-test: {len(self_test_cases.WRONG)} wrong documents, {len(failures)} surprises")
    return failures


def main():
    program, source, *names = sys.argv[1:]
    facts = Facts(program, source)
    failures = []
    if not names:
        names = ["README.md", "CONTRIBUTING.md"]
        names += sorted(f"docs/{path.name}" for path in (facts.source / "docs").glob("*.md")) + ["--self-test"]
    for name in names:
        if name == "--self-test":
            failures += self_test(facts)
        else:
            failures += check_document(name, (facts.source / name).read_text(), facts)
    for failure in failures:
        print("FAILED:", failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
