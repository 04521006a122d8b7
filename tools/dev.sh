#!/usr/bin/env bash
# dev.sh ARGUMENTS…: rebuilds the site and the server when their files change, and restarts the server.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=$(mktemp)
trunk='' server=''
# Ends what this script started, by process id.
end() { [ -z "$1" ] || { kill "$1" && wait "$1"; } 2>/dev/null || true; }
trap 'end "$server"; end "$trunk"; rm -f "$stamp"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Trunk gathers its output in .stage before it puts it in place.
changed() {
  find app crates migrations server Cargo.toml Cargo.lock target/site/pkg \
    -name .stage -prune -o -type f -newer "$stamp" -print 2>/dev/null | grep -q .
}

tools/trunk.sh watch &
trunk=$!
while true; do
  touch "$stamp"
  if cargo build -p burgee-server; then
    target/debug/burgee serve "$@" &
    server=$!
  fi
  until changed; do sleep 1; done
  end "$server"
  server=''
done
