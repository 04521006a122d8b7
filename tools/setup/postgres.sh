#!/usr/bin/env bash
# PostgreSQL's programs, for the throw-away servers of the tests; .tools/postgres-bin tells where they are.
source "$(dirname "$0")/lib.sh"

record=$tools/postgres-bin
[ -f "$record" ] && [ -x "$(cat "$record")/initdb" ] && exit

find_programs() {
  local initdb
  initdb=$(command -v initdb || compgen -G "/usr/lib/postgresql/*/bin/initdb" | sort -V | tail -n 1)
  [ -n "$initdb" ] && initdb=$(readlink -f "$initdb") && [ -x "${initdb%/*}/pg_ctl" ] && echo "${initdb%/*}"
}

if ! find_programs >"$record"; then
  step "installing PostgreSQL (about a minute, once)"
  with_services_off apt_install postgresql || true
  find_programs >"$record" || { rm "$record"; fail "PostgreSQL is missing: install its server package (postgresql on Debian)"; }
fi
