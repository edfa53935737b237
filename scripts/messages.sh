#!/usr/bin/env bash
# Gather the texts to translate from every package, and compile the translations.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

command -v msgfmt >/dev/null || install_packages "to gather and compile the translations" gettext
environment dev
exec "$PY" scripts/translations.py update
