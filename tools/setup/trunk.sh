#!/usr/bin/env bash
# Trunk, which builds the browser part of the site.
source "$(dirname "$0")/lib.sh"

version=0.21.14 # the last release that builds with Rust 1.95
has_version "$version" trunk --version && exit

step "building Trunk $version (about 4 minutes, once)"
cargo_tool trunk "$version" --no-default-features --features rustls
