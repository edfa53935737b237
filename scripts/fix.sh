#!/usr/bin/env bash
# Repair what can be repaired without thinking.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

environment dev
find manage.py src tests bench -name '*.py' -not -path '*/migrations/*' -print0 2>/dev/null |
  xargs -0 -r "$PY" -m django_upgrade --target-version 5.2 --exit-zero-even-if-changed
"$PY" -m ruff check --fix --quiet . || say "Some findings need a person: make check shows them."
"$PY" -m ruff format --quiet .
say "Done."
