#!/usr/bin/env bash
# nginx, for the tests that put Burgee behind a reverse proxy.
source "$(dirname "$0")/lib.sh"

export PATH=$PATH:/usr/sbin:/usr/local/sbin
have nginx && exit

step "installing nginx (under a minute, once)"
with_services_off apt_install nginx-light || true
have nginx || fail "nginx is missing: install it (nginx-light on Debian)"
