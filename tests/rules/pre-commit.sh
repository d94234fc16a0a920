#!/usr/bin/env bash
# A pre-commit hook, offered by ./dev setup: formatting and the include rule on the files of the commit, in
# well under two seconds.
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"
mapfile -t files < <(git diff --cached --name-only --diff-filter=ACM -- '*.cc' '*.h')
[ ${#files[@]} -gt 0 ] || exit 0
clang-format-19 --dry-run --Werror "${files[@]}"
rule=build/tests/rules/rules_test
if [ -x "$rule" ]; then "$rule" --gtest_brief=1; fi
