#!/usr/bin/env bash
# The action as GitHub runs it: the image built from the Dockerfile by a real engine (the program handed in), the
# container started with the runner's mounts and variables, on a push and on a merged pull request; then outputs,
# summary, exit code, the owner of every file in the workspace and the events that an upstream received.
#
# How the runner starts a container action: GitHub docs, "Creating a Docker container action", and
# actions/runner src/Runner.Worker/Handlers/ContainerActionHandler.cs.
set -euo pipefail
source_dir=$1
build_dir=$2
# shellcheck source=tests/system/engine.sh
. "$source_dir/tests/system/engine.sh"
# shellcheck source=tests/templates/docker_run_in_engine.sh
. "$source_dir/tests/templates/docker_run_in_engine.sh"

work=$(mktemp -d)
upstream=
# shellcheck disable=SC2317  # the trap calls it
clean_up() {
  [ -z "$upstream" ] || kill "$upstream" 2>/dev/null || :
  [ -z "${engine_dir:-}" ] || engine_stop || :
  rm -rf "$work"
}
trap clean_up EXIT

failures=0
check() { # LABEL EXPECTED FOUND
  if [ "$2" = "$3" ]; then
    printf 'ok: %s\n' "$1"
  else
    printf 'FAILED: %s\n  expected: %s\n  found:    %s\n' "$1" "$2" "$3"
    failures=$((failures + 1))
  fi
}
check_holds() { # LABEL TEXT PART
  case $2 in
    *"$3"*) printf 'ok: %s\n' "$1" ;;
    *)
      printf 'FAILED: %s\n  expected to hold: %s\n  found: %s\n' "$1" "$3" "$2"
      failures=$((failures + 1))
      ;;
  esac
}

engine_start "$work/engine"
engine_debian

# The context: what a checkout holds, and the program that is already built.
mkdir -p "$work/context/build"
(cd "$source_dir" && git ls-files -z --cached --others --exclude-standard -- Dockerfile .dockerignore dev VERSION) |
  (cd "$source_dir" && xargs -0 cp --parents -t "$work/context")
cp "$build_dir/lifecycle-agent" "$work/context/build/"
engine build --pull=never --network=host --isolation=chroot --build-arg PROGRAM=prebuilt --tag lifecycle-agent:test \
  "$work/context" >"$work/build.log" 2>&1 || {
  tail -n 20 "$work/build.log"
  # The image's packages come over the network: a machine without their mirror says nothing of the action.
  if grep -qE 'Temporary failure resolving|Could not connect|Failed to fetch' "$work/build.log"; then
    skip "the image's packages could not be fetched"
  fi
  exit 1
}

"$build_dir/receive_events" >"$work/received" &
upstream=$!
for _ in $(seq 200); do
  if grep -q "^listening on " "$work/received"; then break; fi
  sleep 0.05
done
url=$(sed -n 's/^listening on //p' "$work/received")

# github_runs NAME EVENT [-e VARIABLE=VALUE…]: one step `uses: …` in a checkout that belongs to user 1001.
github_runs() {
  local name=$1 event=$2
  shift 2
  temp=$work/$name/_temp
  workspace=$work/$name/app/app
  mkdir -p "$temp/_github_home" "$temp/_github_workflow" "$temp/_runner_file_commands" "$workspace"
  cp "$work/$name.json" "$temp/_github_workflow/event.json"
  cp "$work/ops.yml" "$workspace/ops.yml"
  (cd "$workspace" && git init -q -b main && git -c user.name=t -c user.email=t@example.com commit -q --allow-empty -m first)
  local command
  for command in set_output set_env add_path save_state step_summary; do : >"$temp/_runner_file_commands/$command"; done
  chown -R 1001:1001 "$work/$name"
  : >"$work/received.before"
  grep -v '^listening on ' "$work/received" >"$work/received.before" || :
  code=0
  engine run --rm --network host --name "action_$name" --workdir /github/workspace \
    -e HOME=/github/home -e CI=true -e GITHUB_ACTIONS=true -e GITHUB_EVENT_NAME="$event" \
    -e GITHUB_EVENT_PATH=/github/workflow/event.json -e GITHUB_WORKSPACE=/github/workspace \
    -e GITHUB_REPOSITORY=acme/app -e GITHUB_REPOSITORY_OWNER=acme -e GITHUB_SERVER_URL=https://github.com \
    -e GITHUB_API_URL=https://api.github.com -e GITHUB_ACTOR=dana -e GITHUB_RUN_ID=42 -e GITHUB_RUN_ATTEMPT=1 \
    -e GITHUB_RUN_NUMBER=7 -e GITHUB_JOB=lifecycle -e GITHUB_ACTION=__self -e GITHUB_WORKFLOW=lifecycle \
    -e GITHUB_OUTPUT=/github/file_commands/set_output -e GITHUB_ENV=/github/file_commands/set_env \
    -e GITHUB_PATH=/github/file_commands/add_path -e GITHUB_STATE=/github/file_commands/save_state \
    -e GITHUB_STEP_SUMMARY=/github/file_commands/step_summary -e RUNNER_OS=Linux -e RUNNER_ARCH=X64 \
    -e RUNNER_NAME=test -e RUNNER_TEMP="$temp" -e RUNNER_WORKSPACE="$work/$name/app" \
    -e ACTIONS_RUNTIME_TOKEN=never-to-be-seen-by-workflows -e INPUT_KEY=0 -e INPUT_FILE= -e INPUT_WORKDIR= \
    -e INPUT_TEAM_ID=6f7b1c1e-0000-4000-8000-000000000001 -e INPUT_TOKEN=tok-3h1s-1s-secret -e INPUT_EVENTS_URL="$url" \
    -e INPUT_EVENT_NAME= -e INPUT_EVENT_ACTION= -e INPUT_ENVIRONMENT= "$@" \
    -v "$temp/_github_home:/github/home" -v "$temp/_github_workflow:/github/workflow" \
    -v "$temp/_runner_file_commands:/github/file_commands" -v "$workspace:/github/workspace" \
    lifecycle-agent:test action >"$work/$name.log" 2>&1 || code=$?
  outputs=$(cat "$temp/_runner_file_commands/set_output")
  summary=$(cat "$temp/_runner_file_commands/step_summary")
  log=$(cat "$work/$name.log")
  received=$(grep -v '^listening on ' "$work/received" | tail -n "+$(($(wc -l <"$work/received.before") + 1))" || :)
  foreign=$(find "$workspace" -not -user 1001 | head -n 5)
}

cat >"$work/ops.yml" <<'YAML'
version: "1"
pipelines:
  - name: on-push:1.0.0
    description: starts on a push to main
    workdir: workspace
    events:
      - "github:acme/app:push:ref==main"
    env:
      secrets: [DEPLOY_TOKEN]
    jobs:
      - name: build
        description: leaves a file in the workspace
        steps:
          - mkdir -p out && echo "$REF" > out/ref
          - echo "token $DEPLOY_TOKEN, runtime token ${ACTIONS_RUNTIME_TOKEN:-absent}, agent token ${INPUT_TOKEN:-absent}"
          - git rev-parse --is-inside-work-tree
          - printf '::set-output name=x::forged\n'
  - name: on-merge:2.0.0
    description: starts when a pull request was merged
    events:
      - "github:acme/app:pull_request.merged"
    jobs:
      - name: fail
        description: fails in its second step
        steps:
          - echo first
          - exit 3
YAML
cat >"$work/push.json" <<'JSON'
{"ref": "refs/heads/main", "before": "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
 "after": "3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345", "created": false, "deleted": false, "forced": false,
 "repository": {"id": 1, "name": "app", "full_name": "acme/app", "default_branch": "main"},
 "pusher": {"name": "dana"}, "sender": {"login": "dana"}, "commits": [],
 "head_commit": {"id": "3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345", "timestamp": "2026-11-20T10:15:00Z"}}
JSON
cp "$source_dir/docs/examples/merged-pull-request/event.json" "$work/merge.json"

github_runs push push -e GITHUB_REF=refs/heads/main -e GITHUB_REF_NAME=main -e GITHUB_REF_TYPE=branch \
  -e GITHUB_SHA=3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345 -e DEPLOY_TOKEN=d3pl0y-s3cret-value
check 'push: exit code' 0 "$code"
check_holds 'push: matched' "$outputs" '["on-push"]'
check_holds 'push: result' "$outputs" 'success'
check_holds 'push: the summary names the workflow' "$summary" 'on-push'
check_holds 'push: the declared secret is masked' "$log" 'token ***, runtime token absent, agent token absent'
check_holds 'push: the checkout is usable by git' "$log" 'true'
check 'push: no line of the workflow acts as a command' '' "$(grep -E '^[[:space:]]*::set-output' "$work/push.log" || :)"
check 'push: no secret in log, outputs or summary' '' \
  "$(printf '%s' "$log$outputs$summary$received" | grep -o -e 'd3pl0y-s3cret-value' -e 'tok-3h1s-1s-secret' || :)"
check 'push: what the workflow left' main "$(cat "$work/push/app/app/out/ref")"
check 'push: every file belongs to the owner of the workspace' '' "$foreign"
check_holds 'push: started was reported' "$received" '"event_action":"started"'
check_holds 'push: success was reported' "$received" '"event_action":"success"'
check_holds 'push: by the mechanism of the action' "$received" 'github-action'

github_runs merge pull_request -e GITHUB_REF=refs/heads/main -e GITHUB_REF_NAME=main -e GITHUB_BASE_REF=main \
  -e GITHUB_HEAD_REF=greet-by-name -e GITHUB_SHA=3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345
check 'merge: exit code of a failed workflow' 1 "$code"
check_holds 'merge: matched' "$outputs" '["on-merge"]'
check_holds 'merge: result' "$outputs" 'failure'
check_holds 'merge: the summary names the failed job' "$summary" 'fail'
check_holds 'merge: the change event was reported' "$received" '"event_name":"change"'
check_holds 'merge: it says merge' "$received" '"event_action":"merge"'
check_holds 'merge: failure was reported' "$received" '"event_action":"failure"'
check 'merge: every file belongs to the owner of the workspace' '' "$foreign"

# The image is built: what every CI with Docker does with it is tested here, too.
docker_run_in_engine "$work/docker-run" localhost/lifecycle-agent:test

if [ "$failures" != 0 ]; then
  printf '%s\n' "--- log of the push" "$(cat "$work/push.log")" "--- log of the merge" "$(cat "$work/merge.log")" \
    "--- received" "$(cat "$work/received")"
  exit 1
fi
