"""Compares output that a document shows with what the program printed."""

import re

from sample import DocError


def normalised(line):
    """Without what differs from run to run: durations, ports, and the width of columns that durations stretch."""
    line = re.sub(r"\b(?:\d+(?:\.\d+)?(?:ms|h|m|s))+\b", "TIME", line)
    line = re.sub(r"(127\.0\.0\.1|localhost):\d+", r"\1:PORT", line)
    return re.sub(r"(?<=\S) {2,}", " ", line.rstrip())


def line_pattern(shown):
    """`…` alone stands for any number of lines, within a line for any text."""
    if shown.strip() == "…":
        return r"(?:.*\n)*?"
    return ".*".join(re.escape(part) for part in normalised(shown).split("…")) + r"\n"


def compare(shown, printed):
    """Raises DocError with the first line that the program did not print, else returns how many lines were compared."""
    real = "".join(normalised(line) + "\n" for line in printed.rstrip().split("\n"))
    pattern = ""
    for line in shown:
        pattern += line_pattern(line)
        if not re.match(pattern, real):
            raise DocError(f"not printed, or not there: {line!r}\nprinted was:\n{printed.rstrip()}")
    if not re.fullmatch(pattern, real):
        raise DocError(f"more is printed than shown (`…` stands for what is left out):\n{printed.rstrip()}")
    return len(shown)


def commands_with_output(text):
    """Pairs of a command behind `$ ` and the lines below it; empty lines before the next command separate only."""
    pairs = []
    continued = False
    for line in text.split("\n"):
        if continued:
            pairs[-1][0] += "\n" + line
        elif line.startswith("$ "):
            pairs.append([line[2:], []])
        elif pairs:
            pairs[-1][1].append(line)
        elif line.strip():
            raise DocError(f"output before the first command: {line!r}")
        continued = line.endswith("\\") and (continued or line.startswith("$ "))
    for pair in pairs:
        while pair[1] and not pair[1][-1].strip():
            pair[1].pop()
    return pairs
