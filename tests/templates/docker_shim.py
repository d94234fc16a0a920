"""Stands for `docker`: records the call, and starts the agent with the variables that `docker run` names, and no others.

It refuses what would not have come out well: a value on the command line, an image other than the pinned one, a
directory that is not mounted, and a variable with the path of a file that the container would not see.
"""

import json
import os
import sys

FACTS = json.loads(sys.argv[1])


def refuse(reason):
    print(f"docker: {reason}", file=sys.stderr)
    sys.exit(125)


def read_mount(text):
    fields = dict(part.partition("=")[::2] for part in text.split(","))
    if fields.get("type") != "bind":
        refuse(f"mount {text} is no bind mount")
    if not os.path.exists(fields["source"]):
        refuse(f"{fields['source']} is not there")
    return fields["source"], fields["target"]


def main(words):
    if not words or words.pop(0) != "run":
        refuse("only `docker run` is known here")
    names, mounts, directory = [], [], None
    while words and words[0].startswith("-"):
        flag = words.pop(0)
        if flag == "--rm":
            continue
        value = words.pop(0)
        if flag in ("-e", "--env"):
            if "=" in value:
                refuse(f"{value.partition('=')[0]} is given with its value")
            names.append(value)
        elif flag == "--mount":
            mounts.append(read_mount(value))
        elif flag in ("-w", "--workdir"):
            directory = value
        else:
            refuse(f"unexpected flag {flag}")
    if not words or words.pop(0) != FACTS["image"]:
        refuse("the image is not the pinned one")

    def is_mounted(path):
        return any(path == target or path.startswith(target + "/") for source, target in mounts if source == target)

    environment = {name: os.environ[name] for name in names if name in os.environ}
    if directory is None or not is_mounted(directory):
        refuse("the working directory is not mounted")
    for name, value in environment.items():
        if value.startswith(FACTS["root"] + "/") and os.path.exists(value) and not is_mounted(value):
            refuse(f"{name} names {value}, which is not mounted")
    with open(FACTS["record"], "w", encoding="utf-8") as record:
        json.dump({"names": names, "mounts": mounts, "arguments": words}, record)
    environment.update(PATH=FACTS["path"], HOME="/root", HOSTNAME="f00dcafe")
    os.chdir(directory)
    os.execve(FACTS["agent"], [FACTS["agent"], *words], environment)


main(sys.argv[2:])
