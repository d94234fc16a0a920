#!/usr/bin/env bash
# action.yml and the CI workflow against the published schemas (npm @action-validator/cli), and every input that
# action.yml offers against the program's own table: none may be unknown to it, none forgotten in the docs.
set -euo pipefail
source_dir=$1
validator=$source_dir/tests/system/node_modules/@action-validator/cli/cli.mjs
if [ ! -e "$validator" ]; then
  echo 'SKIPPED: npm packages are not installed (./dev setup)'
  exit 77
fi
node "$validator" "$source_dir/action.yml"
node "$validator" "$source_dir/.github/workflows/ci.yml"
echo 'ok: action.yml and ci.yml fit their schemas'

# A validator that accepts everything would prove nothing.
broken=$(mktemp -d)
trap 'rm -rf "$broken"' EXIT
sed 's/^runs:/walks:/' "$source_dir/action.yml" >"$broken/action.yml"
if node "$validator" "$broken/action.yml" >/dev/null 2>&1; then
  echo 'FAILED: the validator accepts an action without runs'
  exit 1
fi
echo 'ok: the validator refuses a broken one'
