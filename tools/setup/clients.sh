#!/usr/bin/env bash
# python-gitlab, which the tests hold the GitLab API against: a virtual environment of its own in .tools/clients.
source "$(dirname "$0")/lib.sh"

want=3.10
install="install Python $want or newer, with venv (python3-venv on Debian)"
requirements=$root/tools/setup/clients-requirements.txt # everything, with what it needs itself
venv=$tools/clients
installed=$venv/.installed-requirements.txt # the file that the last installation followed
cmp -s "$requirements" "$installed" && "$venv/bin/python" -c 'import gitlab' 2>/dev/null && exit

have python3 || apt_install python3 || fail "Python is missing: $install"
found=$(python3 -c 'import platform; print(platform.python_version())')
version_at_least "$found" "$want" || fail "Python $found is too old for python-gitlab: $install"

step "installing python-gitlab (a few seconds, once)"
# Debian's python3 has no venv of its own; a pip outside fills an environment just as well.
python3 -m venv --clear "$venv" >/dev/null 2>&1 || { apt_install python3-venv && python3 -m venv --clear "$venv"; } ||
  { python3 -m venv --clear --without-pip "$venv" && python3 -m pip --version >/dev/null; } ||
  fail "could not make a virtual environment: $install"
pip=("$venv/bin/python" -m pip)
"${pip[@]}" --version >/dev/null 2>&1 || pip=(python3 -m pip --python "$venv/bin/python")
"${pip[@]}" install --quiet --disable-pip-version-check --requirement "$requirements" ||
  fail "pip could not install what tools/setup/clients-requirements.txt names: see its message above"
cp "$requirements" "$installed"
