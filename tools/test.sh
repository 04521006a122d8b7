#!/usr/bin/env bash
# Everything that `make test` checks. A part that others build on ends it when it fails; of the rest, every one runs.
set -uo pipefail
cd "$(dirname "$0")/.."

passed=() failed=()
part() {
  local began=$SECONDS
  printf '\n── %s ──\n' "$1"
  if "${MAKE:-make}" --no-print-directory "$1"; then
    passed+=("$1 ($((SECONDS - began)) s)")
  else
    failed+=("$1")
    return 1
  fi
}
summary() {
  printf '\n── make test ──\n'
  printf 'passed  %s\n' ${passed[@]+"${passed[@]}"}
  printf 'FAILED  %s\n' ${failed[@]+"${failed[@]}"}
}

if part setup-test && part site && part build; then
  part lint
  part unit
  part e2e
fi
summary | grep -v ' $'
[ ${#failed[@]} = 0 ]
