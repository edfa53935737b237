#!/usr/bin/env bash
# Take pictures of every page of the demo, as everybody and in every dress, into var/shots; `shots.sh en-390-light print` takes some.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

command -v chromium >/dev/null || install_packages "the browser that takes the pictures" chromium
{ /sbin/ldconfig -p | grep -q 'libatomic\.so\.1'; } || install_packages "the browser's driver asks for it" libatomic1
environment dev
WORK="$(mktemp -d)"
trap 'rm -rf "$WORK"' EXIT
unset DATABASE_URL
KLIMTOUW_HOME="$WORK" KLIMTOUW_DEMO=1 DJANGO_SETTINGS_MODULE=klimtouw.config.settings DJANGO_ALLOW_ASYNC_UNSAFE=1 \
  "$PY" scripts/shots.py var/shots "$@"
