#!/usr/bin/env bash
# Measure the pages beside two bare Django pages, on SQLite and on PostgreSQL, and print a table.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

environment dev
unset DATABASE_URL
say "SQLite"
"$PY" -m bench "$@"
say "PostgreSQL"
"$PY" tests/databases.py "$PY" -m bench "$@"
