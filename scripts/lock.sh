#!/usr/bin/env bash
# Choose versions and write them down with their hashes. No addresses: the files work with any package index.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

make_venv
"$PY" -m uv --version >/dev/null 2>&1 ||
  fetching "$PY" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.txt

compile() {  # output, arguments...
  local out="$1"; shift
  "$PY" -m uv pip compile --quiet --python-version 3.11 --upgrade --generate-hashes \
    --no-header --annotation-style line --output-file "$out" "$@" ||
    stop "Choosing versions for $out failed; the lines above say why."
  if grep -n '://' "$out"; then stop "$out holds an address; it may not."; fi
  say "$out: $(grep -c '==' "$out") packages"
}

compile requirements/tools.txt requirements/tools.in
compile requirements/run.txt --constraint requirements/tools.txt pyproject.toml
compile requirements/dev.txt --extra dev --constraint requirements/tools.txt --constraint requirements/run.txt pyproject.toml
