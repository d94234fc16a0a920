#!/usr/bin/env python3
"""What all templates have in common: pins_test.py SOURCE_DIR

Each pins what it uses, none fetches a program to run it, and docs/templates.md shows every one.
"""

import sys

sys.dont_write_bytecode = True  # the source tree stays as it is

import pathlib
import re
import shutil
import subprocess
import tempfile

from pins import NAME, pinned_image

source = pathlib.Path(sys.argv[1])
version = (source / "VERSION").read_text().strip()
failures = 0
FETCHED = re.compile(r"\b(curl|wget|Invoke-WebRequest|iwr)\b|\| *(ba|da|z)?sh\b")
VERSIONED = re.compile(r"(?:lifecycle-agent[^\s@#:]*[@#:]v?|lifecycle(?:-event)?@|/v)(\d+\.\d+\.\d+)\b")


def check(label, good, found=""):
    global failures
    print(f"{'ok' if good else 'FAILED'}: {label}" + ("" if good else f"\n  {found}"))
    failures += not good


def texts(root):
    files = sorted(path for path in (root / "templates").rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_text() for path in files}


templates = texts(source)
image = pinned_image(source)
check("there are templates", len(templates) > 25, templates.keys())
for name, text in templates.items():
    code = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(("#", "//")))
    images = re.findall(re.escape(NAME) + r"[^\s'\"}<]*", text)
    check(f"{name}: every image is the pinned one", all(found == image for found in images), images)
    uses = re.findall(r"uses: (\S+)(.*)", code)
    pinned = re.compile(r"[\w./:-]+@[0-9a-f]{40}")
    check(f"{name}: actions by commit, with their version",
          all(pinned.fullmatch(what) and re.match(r" # v\d", rest) for what, rest in uses), uses)
    check(f"{name}: nothing is fetched to be run", not FETCHED.search(code), name)
    check(f"{name}: no image that moves", not re.search(r":latest\b|image: *[\w.-]+/[\w./-]+$", code, re.MULTILINE), name)
    check(f"{name}: variables by name", "--env-file" not in code and not re.search(r"-e +\w+=", code), name)
    versions = VERSIONED.findall(text)
    check(f"{name}: the version is {version}", all(found == version for found in versions), versions)

page = (source / "docs/templates.md").read_text()
for name in templates:
    check(f"docs/templates.md shows {name}", f"({'../' + name})" in page, "no link to it")
for link in re.findall(r"\(\.\./(templates/[^)]+)\)", page):
    check(f"docs/templates.md: {link} is there", (source / link).exists())

# What a release fills in. A commit cannot name itself: the action's is filled in for the archive of the release.
with tempfile.TemporaryDirectory() as directory:
    copy = pathlib.Path(directory)
    shutil.copytree(source / "templates", copy / "templates")
    (copy / ".github").mkdir()
    script = shutil.copy(source / ".github/fill_templates.sh", copy / ".github")
    released = f"{NAME}:{version}@sha256:{'1f' * 32}"
    zeros = {name for name, text in templates.items() if "sha256:" + "0" * 64 in text}
    if zeros:
        subprocess.run(["bash", script, "image", released], check=True)
        filled = texts(copy)
        check("a release fills every image in", all(released in filled[name] for name in zeros) and
              not any("0" * 64 in text for text in filled.values()), zeros)
    waiting = {name for name, text in templates.items() if "@" + "0" * 40 + " " in text}
    check("the action's own commit is to be filled in", waiting, waiting)
    subprocess.run(["bash", script, "action", "2e" * 20, version], check=True)
    filled = texts(copy)
    check("the archive of a release has it", all(f"@{'2e' * 20} # v{version}" in filled[name] for name in waiting) and
          not any("0" * 40 + " " in text for text in filled.values()), waiting)
workflow = (source / ".github/workflows/release.yml").read_text()
check("the release does so", all(f".github/fill_templates.sh {what}" in workflow for what in ("image", "action")))

sys.exit(1 if failures else 0)
