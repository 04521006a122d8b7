#!/usr/bin/env bash
# What `make bench` needs: wrk, and the peers that Burgee is measured against. A missing peer is left out.
source "$(dirname "$0")/lib.sh"

if ! have wrk; then
  step "installing wrk (a few seconds, once)"
  apt_install wrk || fail "wrk is missing: install it (wrk on Debian)"
fi

"$root/tools/setup/nginx.sh" || step "nginx will be left out"
"$root/tools/setup/postgres.sh" || step "the store will be measured on SQLite alone"

leave_out() { step "badge-maker and sharp will be left out: $*"; exit; }
have node && have npm || apt_install nodejs npm || leave_out "Node.js is missing (https://nodejs.org)"

cd "$root/tools/bench/node"
installed=node_modules/.installed-lock.json # the lock file that the last npm ci followed
cmp -s package-lock.json "$installed" && exit

step "installing badge-maker and sharp (a few seconds, once)"
npm ci --silent --no-audit --no-fund || leave_out "npm could not install what tools/bench/node/package-lock.json names"
cp package-lock.json "$installed"
