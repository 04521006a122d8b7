#!/usr/bin/env bash
# with-postgres.sh COMMAND…: runs the command beside a throw-away PostgreSQL server, which TEST_POSTGRES_URL names.
set -euo pipefail

# Somebody's own server will do as well.
[ -z "${TEST_POSTGRES_URL:-}" ] || exec "$@"

bin=$(cat "$(dirname "$0")/../.tools/postgres-bin")
folder=$(mktemp -d)

# PostgreSQL refuses to run as root.
as_server() { (cd "$folder" && "$@"); }
if [ "$(id -u)" = 0 ]; then
  user=postgres
  id "$user" >/dev/null 2>&1 || user=nobody
  chown "$user" "$folder"
  as_server() { (cd "$folder" && runuser -u "$user" -- "$@"); }
fi

stop() {
  as_server "$bin/pg_ctl" --pgdata="$folder/data" --mode=immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

as_server "$bin/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 --no-locale --no-sync >/dev/null

# Nothing here outlives the command, so nothing waits for the disk. A port that is taken means another try.
start() {
  as_server "$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --wait start --options="-p $1 \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off" >/dev/null 2>&1
}
tries=10
until port=$((20000 + RANDOM % 12000)) && start "$port"; do
  tries=$((tries - 1))
  if [ "$tries" = 0 ]; then
    cat "$folder/log" >&2
    echo "with-postgres: the server did not start, see its log above" >&2
    exit 1
  fi
done

TEST_POSTGRES_URL=postgres://postgres@127.0.0.1:$port/postgres "$@"
