#!/usr/bin/env bash
# cargo-nextest, which runs the tests.
source "$(dirname "$0")/lib.sh"

version=0.9.143 # or newer
found=$(cargo nextest --version 2>/dev/null | sed -n '1s/^cargo-nextest \([0-9.]*\).*/\1/p')
[ -n "$found" ] && version_at_least "$found" "$version" && exit

step "building cargo-nextest $version (about 5 minutes, once)"
cargo_tool cargo-nextest "$version" --no-default-features --features default-no-update
