#!/usr/bin/env bash
# From nothing to a running Klimtouw with a small demo school.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

PORT="${PORT:-8000}"
if ! [[ "$PORT" =~ ^[0-9]{1,5}$ ]] || [ "$PORT" -lt 1 ] || [ "$PORT" -gt 65535 ]; then
  stop "PORT is a number from 1 to 65535, for instance: make run PORT=8001"
fi
export KLIMTOUW_HOME="${KLIMTOUW_HOME:-$ROOT/var}"
export KLIMTOUW_DEMO="${KLIMTOUW_DEMO:-1}"
export KLIMTOUW_ADDRESS="${KLIMTOUW_ADDRESS:-http://127.0.0.1:$PORT}"

# Asked before anything is installed; the server asks again, for certain.
if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then
  stop "Port $PORT is in use by another program. Stop that one, or choose another port: make run PORT=$((PORT + 1))"
fi
environment run
umask 077  # what people write is for this user's eyes only
must_be_writable "$KLIMTOUW_HOME" "the folder for its data"
exec "$PY" -m klimtouw.config.command serve --prepare --port "$PORT"
