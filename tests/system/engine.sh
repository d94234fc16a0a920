# shellcheck shell=bash
# A container engine of the test's own (rootful Podman in a directory that goes away with the test), and a
# Debian image made without a registry. Sourced by tests; a machine that cannot do it ends them with 77: skipped.

skip() {
  printf 'SKIPPED: %s\n' "$*"
  exit 77
}

# engine_start DIR: sets up everything below DIR; afterwards `engine …` is podman.
engine_start() {
  [ -z "${LIFECYCLE_NO_ENGINE:-}" ] || skip "LIFECYCLE_NO_ENGINE is set"
  engine_dir=$1
  [ "$(id -u)" = 0 ] || skip "the test's engine needs root"
  local program
  for program in podman runc buildah debootstrap; do
    command -v "$program" >/dev/null || skip "$program is not installed"
  done
  mkdir -p "$engine_dir/root" "$engine_dir/run" "$engine_dir/tmp"
  # Limits may be lowered, never raised: ask for no more than this shell has.
  local files processes
  files=$(ulimit -Hn)
  processes=$(ulimit -Hu)
  [ "$files" = unlimited ] && files=1048576
  if [ "$processes" = unlimited ] || [ "$processes" -gt 4096 ]; then processes=4096; fi
  cat >"$engine_dir/containers.conf" <<CONF
[containers]
netns = "host"
default_ulimits = ["nofile=$files:$files", "nproc=$processes:$processes"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
  export CONTAINERS_CONF=$engine_dir/containers.conf TMPDIR=$engine_dir/tmp
  # Overlay on the directory's own file system where that works, else plain copies.
  export STORAGE_DRIVER=overlay
  if ! engine info >/dev/null 2>&1; then
    export STORAGE_DRIVER=vfs
    engine info >/dev/null 2>&1 || skip "no container engine works here: $(engine info 2>&1 | tail -n 1)"
  fi
}

engine() { podman --root "$engine_dir/root" --runroot "$engine_dir/run" "$@"; }

engine_stop() {
  engine rm --all --force >/dev/null 2>&1
  engine rmi --all --force >/dev/null 2>&1
  umount "$engine_dir/root/overlay" 2>/dev/null
  rm -rf "$engine_dir"
}

# engine_debian: the image docker.io/library/debian:bookworm-slim, from the mirror that apt uses; the file
# system is kept between runs.
engine_debian() {
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}/lifecycle-agent-tests
  local archive=$cache/debian-bookworm.tar
  if [ ! -s "$archive" ]; then
    local mirror
    # shellcheck disable=SC2016  # apt fills it in
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | head -n 1)
    mkdir -p "$cache" "$engine_dir/debian"
    debootstrap --variant=minbase bookworm "$engine_dir/debian" "${mirror:-http://deb.debian.org/debian}" \
      >"$engine_dir/debootstrap.log" 2>&1 || skip "debootstrap failed: $(tail -n 1 "$engine_dir/debootstrap.log")"
    tar -C "$engine_dir/debian" -cf "$archive.new" . && mv "$archive.new" "$archive"
    rm -rf "$engine_dir/debian"
  fi
  engine import "$archive" docker.io/library/debian:bookworm-slim >/dev/null 2>&1 || skip "the base image could not be imported"

  # What follows fails for the project's own faults only: an engine that cannot build or start anything is told now.
  local trial
  trial=$(mktemp -d)
  printf 'FROM debian:bookworm-slim\nRUN true\n' >"$trial/Dockerfile"
  engine build --pull=never --network=host --isolation=chroot --tag trial "$trial" >"$trial/log" 2>&1 ||
    skip "the engine cannot build here: $(tail -n 1 "$trial/log")"
  engine run --rm trial true >"$trial/log" 2>&1 || skip "the engine cannot start a container here: $(tail -n 1 "$trial/log")"
  rm -rf "$trial"
}
