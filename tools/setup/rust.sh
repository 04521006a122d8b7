#!/usr/bin/env bash
# Checks for Rust and a C compiler (SQLite is compiled from C); it installs neither.
source "$(dirname "$0")/lib.sh"

want=1.95
install="install Rust $want or newer with rustup (https://rustup.rs), or update it with 'rustup update stable'"

have cargo && have rustc || fail "Rust is missing: $install"
found=$(rustc --version 2>/dev/null | cut -d ' ' -f 2)
[ -n "$found" ] || fail "rustc does not run: $install"
version_at_least "$found" "$want" || fail "Rust $found is too old: $install"

have cc || apt_install gcc libc6-dev ||
  fail "a C compiler is missing: install gcc or clang (build-essential on Debian, the Command Line Tools on macOS)"
