#!/usr/bin/env bash
# Node.js and the packages of the browser tests. Only tests need them.
source "$(dirname "$0")/lib.sh"

want=20
install="install Node.js $want or newer, with npm (https://nodejs.org)"
have node && have npm || apt_install nodejs npm || fail "Node.js is missing: $install"
found=$(node --version)
version_at_least "${found#v}" "$want" || fail "Node.js $found is too old: $install"

cd "$root/end2end"
installed=node_modules/.installed-lock.json # the lock file that the last npm ci followed
cmp -s package-lock.json "$installed" && exit

step "installing the packages of the browser tests (a few seconds, once)"
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent --no-audit --no-fund ||
  fail "npm could not install the packages that end2end/package-lock.json names: see its message with 'npm ci' in end2end"
cp package-lock.json "$installed"
