#!/usr/bin/env bash
# The main job on a sample: what GitHub Actions hands to a step when pull request 7 was merged, the ops.yml
# beside this script, and a receiver on the loopback interface in the place of the platform's events API.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "${LIFECYCLE_BUILD:-$here/../../../build}" && pwd)
scratch=$(mktemp -d)
receiver=
# shellcheck disable=SC2317  # the trap calls it
clean_up() {
  [ -z "$receiver" ] || kill "$receiver" 2>/dev/null || :
  rm -rf "$scratch"
}
trap clean_up EXIT
cp "$here/ops.yml" "$here/event.json" "$scratch/"
cd "$scratch" # a step starts in the workspace

"$build/receive_events" >"$scratch/received" &
receiver=$!
for _ in $(seq 100); do
  grep -q '^listening on ' "$scratch/received" && break
  sleep 0.05
done
url=$(sed -n 's/^listening on //p' "$scratch/received")

agent() {
  env -i PATH="$PATH" HOME="$HOME" LANG=C.UTF-8 CI=true GITHUB_ACTIONS=true GITHUB_EVENT_NAME=pull_request \
    GITHUB_EVENT_PATH="$scratch/event.json" GITHUB_REPOSITORY=acme/app GITHUB_SERVER_URL=https://github.com \
    GITHUB_API_URL=https://api.github.com GITHUB_REF=refs/heads/main GITHUB_HEAD_REF=greet-by-name \
    GITHUB_BASE_REF=main GITHUB_SHA=3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345 GITHUB_ACTOR=robin \
    GITHUB_RUN_ID=42 GITHUB_RUN_ATTEMPT=1 GITHUB_JOB=lifecycle GITHUB_WORKSPACE="$scratch" "$build/lifecycle-agent" "$@"
}

printf '%s\n' '$ lifecycle-agent event'
agent event
printf '\n%s\n' "\$ lifecycle-agent run --environment production --events-url $url"
code=0
agent run --environment production --events-url "$url" || code=$?
printf '\nexit code %d\n\nreceived at %s:\n' "$code" "$url"
grep -v '^listening on ' "$scratch/received"
exit "$code"
