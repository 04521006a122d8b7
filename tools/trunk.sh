#!/usr/bin/env bash
# trunk.sh ARGUMENTS…: runs Trunk with the compiler that has the WebAssembly library, in a build folder of its
# own, so that this compiler never disturbs what the server's has built.
set -euo pipefail
cd "$(dirname "$0")/.."
source .tools/wasm-env.sh
export PATH=$PWD/.tools/bin:$PATH CARGO_TARGET_DIR=$PWD/target/wasm
unset NO_COLOR # Trunk takes only true or false for it
exec trunk "$@"
