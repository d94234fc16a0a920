#!/usr/bin/env python3
"""Validates files against a JSON Schema: schema_verdicts.py SCHEMA [--why] FILE...

Prints `valid` or `invalid` and the file's name, one a line, and with --why the reasons on stderr. The files are read as YAML 1.2 (core
schema), the schema by draft 2020-12; exit status 3 says that a module is missing.
"""

import json
import re
import sys

try:
    import yaml
    from jsonschema import Draft202012Validator
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2: `off` is a text, `<<` merges nothing, a tag that is not known leaves its value."""

    yaml_implicit_resolvers = {}


def resolve(tag, pattern, first):
    CoreLoader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), first)


resolve("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""])
resolve("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF"))
resolve("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789"))
resolve(
    "float",
    r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
    list("-+.0123456789"),
)


def integer(loader, node):
    text = loader.construct_scalar(node)
    if text.startswith("0o"):
        return int(text[2:], 8)
    return int(text, 16) if text.startswith("0x") else int(text)


def untagged(loader, _suffix, node):
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)


CoreLoader.add_constructor("tag:yaml.org,2002:int", integer)
CoreLoader.add_multi_constructor("!", untagged)


def with_text_keys(value):
    if isinstance(value, dict):
        return {str(key): with_text_keys(entry) for key, entry in value.items()}
    return [with_text_keys(entry) for entry in value] if isinstance(value, list) else value


def main():
    with open(sys.argv[1], encoding="utf-8") as stream:
        schema = json.load(stream)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    why = "--why" in sys.argv
    for path in [argument for argument in sys.argv[2:] if argument != "--why"]:
        with open(path, encoding="utf-8") as stream:
            value = with_text_keys(yaml.load(stream, Loader=CoreLoader))
        problems = list(validator.iter_errors(value))
        print("invalid" if problems else "valid", path)
        for problem in problems if why else []:
            print(f"{path}: {problem.json_path}: {problem.message[:300]}", file=sys.stderr)


main()
