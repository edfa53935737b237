#!/usr/bin/env bash
# Does a test notice a small fault in the policy, the gate or the second lock? Prints a table; minutes.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

environment dev
export PYTHONPATH=src:. DJANGO_SETTINGS_MODULE=klimtouw.config.settings
"$PY" -m tests.mutants "$@"
"$PY" tests/databases.py "$PY" -m tests.mutants "$@"
