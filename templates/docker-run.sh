#!/usr/bin/env bash
# Runs lifecycle-agent in its container, in any CI whose jobs have bash and a Docker client.
#
#   docker-run.sh                                the workflows of ops.yml that this event starts
#   docker-run.sh DEPLOY_KEY NPM_TOKEN           the same, with two variables that they name under env.secrets
#   docker-run.sh -- track --event-name …        any other command
#
# Variables are handed over by name (-e NAME): values with newlines, quotes or what looks like a flag arrive as they are.
# `--env-file` would cut them at the first newline, and `env | cut` would take a line of a commit message for a name.
# Files that variables name, as the payload of a webhook, are mounted where those say they are.
set -euo pipefail

image=${LIFECYCLE_DOCKER_IMAGE:-ghcr.io/lifecycle-agent/lifecycle-agent:0.1.0@sha256:0000000000000000000000000000000000000000000000000000000000000000}

# What CIs tell of the event and of the run, and the agent's own settings. No other variable leaves this machine.
told='CI|CI_.*|GITHUB_.*|GITEA_.*|FORGEJO_.*|RUNNER_.*|GITLAB_.*|gitlab[A-Z].*|TRIGGER_PAYLOAD|BITBUCKET_.*|CIRCLECI|CIRCLE_.*'
told+='|JENKINS_(URL|HOME)|BUILD_.*|JOB_.*|BRANCH_NAME|TAG_.*|CHANGE_.*|ghprb.*|NODE_NAME|STAGE_NAME|WORKSPACE'
told+='|GIT_(BRANCH|LOCAL_BRANCH|COMMIT|URL|URL_[0-9]+)'
told+='|TF_BUILD|AGENT_.*|SYSTEM_.*|ENVIRONMENT_NAME|RELEASE_.*|BUILDKITE|BUILDKITE_.*|TRAVIS|TRAVIS_.*|DRONE|DRONE_.*'
told+='|TEAMCITY_.*|CODEBUILD_.*|AWS_REGION|BUILDER_OUTPUT|PROJECT_ID|LOCATION|REPO_.*|COMMIT_SHA|REVISION_ID|TRIGGER_NAME'
told+='|REF_NAME|_PR_NUMBER|_HEAD_.*|_BASE_BRANCH|SEMAPHORE|SEMAPHORE_.*|APPVEYOR|APPVEYOR_.*|CF_.*|EVENT_MESSAGE'
told+='|EVENT_TIMESTAMP|CTOAI_.*|LIFECYCLE_.*|(HTTPS?|NO)_PROXY|(https?|no)_proxy|NO_COLOR|FORCE_COLOR'
# What gives power over the CI itself, and directories that stay outside.
withheld='GITHUB_TOKEN|GITHUB_(ENV|PATH|STATE)|SYSTEM_ACCESSTOKEN|AGENT_TEMPDIRECTORY|BUILDKITE_AGENT_ACCESS_TOKEN'
withheld+='|CI_(JOB|DEPLOY|REGISTRY|DEPENDENCY_PROXY)_(TOKEN|PASSWORD)|CI_(JOB_JWT.*|REPOSITORY_URL)|CIRCLE_OIDC_.*'
withheld+='|APPVEYOR_API_URL|CODEBUILD_AUTH_TOKEN|BITBUCKET_STEP_OIDC_TOKEN|SEMAPHORE_(OIDC_TOKEN|CACHE_.*|ARTIFACT_TOKEN)'
# And whatever else a CI calls a credential: only the platform's, the agent's own and those named as arguments pass.
withheld+='|.*(TOKEN|PASSWORD|SECRET|PRIVATE_KEY|API_KEY|CREDENTIAL|NETRC|OIDC|JWT).*'
ours='(CTOAI|LIFECYCLE)_.*'

options=(--rm --mount "type=bind,source=$PWD,target=$PWD" -w "$PWD")
while IFS= read -r name; do
  options+=(-e "$name")
done < <(compgen -e | grep -xE "$ours" || true; compgen -e | grep -xE "$told" | grep -vxE "$ours|$withheld")
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  options+=(-e "$1")
  shift
done
if [ $# -gt 0 ]; then shift; fi

mount_at_its_place() { # PATH HOW: unless the checkout holds it
  case $1 in
    "$PWD"/*) ;;
    /*) if [ -e "$1" ]; then options+=(--mount "type=bind,source=$1,target=$1$2"); fi ;;
  esac
}
for name in GITHUB_EVENT_PATH TRIGGER_PAYLOAD LIFECYCLE_EVENT_PAYLOAD LIFECYCLE_ENV_FILE LIFECYCLE_SECRETS_DIR; do
  mount_at_its_place "${!name:-}" ,readonly
done
for name in GITHUB_OUTPUT GITHUB_STEP_SUMMARY BITBUCKET_PIPELINES_VARIABLES_PATH BUILDER_OUTPUT; do
  mount_at_its_place "${!name:-}" ''
done
# TeamCity's file names a second one in the same directory.
if [ -n "${TEAMCITY_BUILD_PROPERTIES_FILE:-}" ]; then
  mount_at_its_place "${TEAMCITY_BUILD_PROPERTIES_FILE%/*}" ,readonly
fi

if [ $# -eq 0 ]; then set -- run; fi
exec docker run "${options[@]}" "$image" "$@"
