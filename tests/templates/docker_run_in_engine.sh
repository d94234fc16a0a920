# shellcheck shell=bash
# templates/docker-run.sh with a real engine and a real image; sourced by a test that has both (tests/system/engine.sh):
#
#   docker_run_in_engine DIRECTORY IMAGE
#
# Values with newlines, quotes and a line that looks like a flag must arrive in a workflow as they are. Uses `check`.
# shellcheck disable=SC2154  # engine_dir and source_dir are the caller's
docker_run_in_engine() {
  local directory=$1 image=$2 podman_program
  local checkout=$directory/checkout
  podman_program=$(command -v podman)
  mkdir -p "$directory/bin" "$checkout"
  printf '#!/bin/sh\nexec %s --root %s --runroot %s "$@"\n' "$podman_program" "$engine_dir/root" "$engine_dir/run" \
    >"$directory/bin/docker"
  chmod +x "$directory/bin/docker"
  cat >"$checkout/ops.yml" <<'YAML'
version: "1"
pipelines:
  - name: show:1.0.0
    description: leaves what it was given
    workdir: workspace
    events: ["github:acme/app:pull_request.opened"]
    env:
      secrets: [DEPLOY_KEY]
    jobs:
      - name: show
        description: leaves what it was given
        steps:
          - printf '%s' "$LIFECYCLE_EVENT_TITLE" >title
          - printf '%s' "$DEPLOY_KEY" >key
YAML
  local title key code=0
  title=$'first "line"\n--privileged -v /:/host\n-e EVIL=1\n\'$(touch evil)`touch evil`\\n \u00e9'
  key=$'-----BEGIN KEY-----\nbGluZSBvbmU\n--network=host\n-----END KEY-----'
  (cd "$checkout" && env -i PATH="$directory/bin:/usr/bin:/bin" HOME="$directory" CONTAINERS_CONF="$CONTAINERS_CONF" \
    STORAGE_DRIVER="$STORAGE_DRIVER" TMPDIR="$TMPDIR" LIFECYCLE_DOCKER_IMAGE="$image" CI=true \
    LIFECYCLE_EVENT_NAME=pull_request LIFECYCLE_EVENT_ACTION=opened LIFECYCLE_EVENT_FORK=false \
    LIFECYCLE_EVENT_REPO_URL=https://github.com/acme/app LIFECYCLE_EVENT_NUMBER=7 LIFECYCLE_EVENT_TITLE="$title" \
    DEPLOY_KEY="$key" UNRELATED=never bash "$source_dir/templates/docker-run.sh" DEPLOY_KEY) \
    >"$directory/log" 2>&1 || code=$?
  check 'docker-run.sh: exit code' 0 "$code"
  check 'docker-run.sh: a title with newlines, quotes and flags' "$title" "$(cat "$checkout/title" 2>&1)"
  check 'docker-run.sh: a key of several lines' "$key" "$(cat "$checkout/key" 2>&1)"
  check 'docker-run.sh: nothing of them ran' '' "$(find "$checkout" -name evil)"
  [ "$code" = 0 ] || cat "$directory/log"
}
