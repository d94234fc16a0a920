#!/usr/bin/env bash
# Writes into templates/ what only a release knows:
#
#   fill_templates.sh image NAME:VERSION@sha256:DIGEST    the image, into all of them (before the release's commit)
#   fill_templates.sh action COMMIT VERSION               the action's commit, into those of GitHub and Gitea (after it)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case $1 in
  image)
    unfilled='ghcr\.io/[a-z0-9._/-]*:[0-9][0-9A-Za-z.-]*@sha256:0\{64\}'
    grep -rlZ "$unfilled" templates | xargs -0 sed -i "s|$unfilled|$2|g"
    ;;
  action)
    unfilled='@0\{40\} # v[0-9][0-9A-Za-z.-]*'
    grep -rlZ "$unfilled" templates | xargs -0 sed -i "s|$unfilled|@$2 # v$3|"
    ;;
  *)
    echo "fill_templates.sh: image or action, not $1" >&2
    exit 2
    ;;
esac
