#!/usr/bin/env bash
# A Chromium for the browser tests; .tools/chromium-path tells where it is.
source "$(dirname "$0")/lib.sh"

record=$tools/chromium-path
[ -f "$record" ] && [ -x "$(cat "$record")" ] && exit

find_browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  # Playwright's own, and an application on macOS.
  compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}/chromium-*/chrome-linux*/chrome" | tail -n 1 | grep . && return
  compgen -G "$HOME/Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*" | tail -n 1 | grep . && return
  compgen -G "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
}

if ! find_browser >"$record"; then
  step "installing Chromium (about a minute, once)"
  apt_install chromium || (cd "$root/end2end" && npx playwright install chromium) || true
  find_browser >"$record" || { rm "$record"; fail "no browser for the tests: install Chromium or Google Chrome"; }
fi
