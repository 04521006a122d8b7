#!/usr/bin/env bash
# Joins the style sheets, in the order of the cascade, into the one file that frontend/index.html links.
set -euo pipefail
cd "$(dirname "$0")/.."
shopt -s nullglob

bundle=target/style/main.css
mkdir -p "${bundle%/*}"
cat style/tokens.css style/base.css style/components/*.css style/pages/*.css >"$bundle.new"
# Left alone when it is the same, so that a watching Trunk sees no change.
if cmp -s "$bundle.new" "$bundle"; then rm "$bundle.new"; else mv "$bundle.new" "$bundle"; fi
