# Shared by the set-up scripts: where things go, and how the scripts speak.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools=$root/.tools
mkdir -p "$tools"

step() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# version_at_least HAVE WANT: is dotted version HAVE no older than WANT?
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# Is there an apt that this user may install with?
can_apt() { have apt-get && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# Fetch apt's package lists, once, if this machine has none for PACKAGE yet.
apt_lists_for() {
  apt-cache show "$1" >/dev/null 2>&1 && return
  can_apt && as_root apt-get update -qq >/dev/null
}

apt_install() {
  can_apt || return 1
  apt_lists_for "$1" || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

# with_services_off COMMAND…: a Debian package that brings a service starts it when it is installed. The tests
# start their own servers, so this forbids it (policy-rc.d, status 101), unless this machine has a rule already.
with_services_off() {
  local policy=/usr/sbin/policy-rc.d status=0
  [ ! -e "$policy" ] && can_apt || { "$@"; return; }
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod +x "$policy"
  "$@" || status=$?
  as_root rm -f "$policy"
  return "$status"
}

# cargo_tool CRATE VERSION [FLAGS…]: build a Rust tool into .tools/bin. A debug build does the job as
# well as an optimised one and takes a third of the time. A registry mirror that lags may miss a
# version which the tool's own lock file names; then newer, compatible ones will do, and what the first
# try complained about is of no interest.
cargo_tool() {
  local crate=$1 version=$2
  shift 2
  local install=(cargo install "$crate" --version "$version" --debug --quiet --root "$tools" "$@")
  local -x CARGO_TARGET_DIR=$tools/build CARGO_PROFILE_DEV_DEBUG=0
  unset RUSTFLAGS
  "${install[@]}" --locked 2>/dev/null || "${install[@]}" ||
    fail "could not build $crate $version: see the compiler's message above, or put $crate $version on PATH"
}

# has_version VERSION COMMAND…: does the command run and name that version? .tools/bin comes first.
export PATH=$tools/bin:$PATH
has_version() {
  local version=$1
  shift
  "$@" 2>/dev/null | head -n 1 | grep -qwF -- "$version"
}
