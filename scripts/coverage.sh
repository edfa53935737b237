#!/usr/bin/env bash
# Which branches does no unit test take?
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

environment dev
mkdir -p var/coverage
"$PY" -m coverage erase
"$PY" -m coverage run -m pytest -q tests --ignore tests/journeys
"$PY" -m coverage combine --quiet
"$PY" -m coverage report
