#!/usr/bin/env bash
# Write the documents that follow from the code.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

environment dev
"$PY" - <<'END'
from pathlib import Path

from klimtouw.access.page import as_markdown as who_may_do_what
from klimtouw.relations.lifecycle import as_markdown as states

Path("docs/who-may-do-what.md").write_text(who_may_do_what(), encoding="utf-8")
Path("docs/states.md").write_text(states(), encoding="utf-8")
END
say "docs/who-may-do-what.md and docs/states.md are written."
