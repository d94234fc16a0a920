"""YAML of the docs: an ops.yml, a part of one, or a GitHub workflow that uses the action."""

import difflib
import re

import yaml

from sample import DocError

ACTION = "lifecycle-agent/lifecycle-agent@"
LISTS_OF_OPS_YML = {"commands", "pipelines", "services", "ops", "workflows"}

# A list item with this key is one of that list of an ops.yml; the first that fits is taken.
LIST_OF_ITEM = {"jobs": "pipelines", "port": "services", "run": "commands"}


# A part with no other keys than these is the inside of a workflow.
KEYS_OF_A_PIPELINE = {"description", "events", "env", "environment", "executor", "trigger", "workdir"}


def is_list_of_maps(value):
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def parse(text):
    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # all scalars are texts: `on` stays the word
    except yaml.YAMLError as error:
        raise DocError(f"not YAML: {error}") from error


def indented(text, blanks):
    return "".join(f"{' ' * blanks}{line}\n" for line in text.rstrip("\n").split("\n"))


def as_ops_file(text):
    """The block as a whole ops.yml; None when it is no part of one."""
    value = parse(text)
    if isinstance(value, dict):
        if (LISTS_OF_OPS_YML | {"version"}) & value.keys():
            return text
        if value and value.keys() <= KEYS_OF_A_PIPELINE:
            head = "version: '1'\npipelines:\n  - name: part:1.0.0\n    description: part\n"
            return f"{head}    jobs: [{{name: one, description: one, steps: ['true']}}]\n{indented(text, 4)}"
    if is_list_of_maps(value) and "${{" not in text and not any("uses" in item for item in value):
        for key, name in LIST_OF_ITEM.items():
            if key in value[0]:
                return f"version: '1'\n{name}:\n{indented(text, 2)}"
    return None


def github_steps(value):
    """The steps of a workflow, or of a part that is a list of steps; None when it is neither."""
    if is_list_of_maps(value) and all(item.keys() & {"uses", "run"} for item in value):
        return value
    if not isinstance(value, dict) or not isinstance(value.get("jobs"), dict):
        return None
    if "on" not in value:
        raise DocError("a GitHub workflow without `on`")
    steps = []
    for name, job in value["jobs"].items():
        if not isinstance(job, dict) or not {"runs-on", "steps"} <= job.keys():
            raise DocError(f"job {name} lacks `runs-on` or `steps`")
        steps += job["steps"]
    return steps


def must_be_one_of(names, known, what):
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            raise DocError(f"action.yml has no {what} {name}" + (f"; nearest is {near[0]}" if near else ""))


def check_github(text, steps, action):
    """The action's steps give inputs that it has, others read outputs that it has. Returns how many names it saw."""
    ours = [step for step in steps if step.get("uses", "").startswith(ACTION)]
    names = 0
    for step in ours:
        inputs = step.get("with") or {}
        must_be_one_of(inputs, action["inputs"], "input")
        outputs = re.findall(rf"\bsteps\.{re.escape(step['id'])}\.outputs\.([\w-]+)", text) if "id" in step else []
        must_be_one_of(outputs, action["outputs"], "output")
        names += len(inputs) + len(outputs)
    known_ids = {step["id"] for step in steps if "id" in step}
    for unknown in set(re.findall(r"\bsteps\.([\w-]+)\.outputs\b", text)) - known_ids:
        raise DocError(f"no step has the id {unknown}")
    return names
