#!/usr/bin/env bash
# Checks for Python, which runs tools/check-layers; its standard library is all that needs.
source "$(dirname "$0")/lib.sh"

have python3 || apt_install python3 || fail "Python is missing: install Python 3.9 or newer"
