#!/usr/bin/env bash
# Makes the site's WebAssembly smaller with wasm-opt, if there is one; a release works without it as well.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH=$PWD/end2end/node_modules/.bin:$PATH

if ! command -v wasm-opt >/dev/null; then
  echo "release: no wasm-opt here ('make setup-test' brings one), so the browser's part stays a little larger"
  exit
fi
# Without memory-packing, which cuts tables at their zeros: what it saves, compression loses several times.
for wasm in target/site/pkg/*_bg.wasm; do
  before=$(wc -c <"$wasm")
  wasm-opt -Oz --all-features --skip-pass=memory-packing "$wasm" -o "$wasm.small"
  mv "$wasm.small" "$wasm"
  echo "release: ${wasm##*/} went from $before to $(wc -c <"$wasm") bytes"
done
