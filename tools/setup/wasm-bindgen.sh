#!/usr/bin/env bash
# The wasm-bindgen command line; it must match the library's version in Cargo.toml exactly.
source "$(dirname "$0")/lib.sh"

version=0.2.130
has_version "$version" wasm-bindgen --version && exit

step "building wasm-bindgen $version (about 2 minutes, once)"
cargo_tool wasm-bindgen-cli "$version"
