# Shared by the scripts in this folder; each starts with `source`-ing it.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly ROOT="$PWD"
readonly PY="$ROOT/.venv/bin/python"
export PYTHONDONTWRITEBYTECODE="${PYTHONDONTWRITEBYTECODE-}"

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

must_be_writable() {  # the folder, its name in a sentence
  if ! mkdir -p "$1" 2>/dev/null || ! touch "$1/.writable" 2>/dev/null; then
    stop "Klimtouw cannot write in $2 ($1). Choose a folder you may write in."
  fi
  rm -f "$1/.writable"
}

# Install Debian packages, given what they are for. Call it only for what is really absent.
install_packages() {  # why, packages...
  local why="$1"; shift
  local root=()
  command -v apt-get >/dev/null || stop "Klimtouw needs $* ($why). Please install that with your system's own installer."
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || stop "Klimtouw needs $* ($why). Ask an administrator to run: apt-get install $*"
    root=(sudo)
  fi
  say "Installing $* from your system's package archive: $why."
  local log; log="$(mktemp)"
  if ! { "${root[@]}" apt-get update && "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
         apt-get install -y --no-install-recommends "$@"; } </dev/null >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    stop "Installing $* failed; the lines above say why. Is there a network connection?"
  fi
  rm -f "$log"
}

# The first Python on the path that is new enough.
find_python() {
  local name
  for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  stop "Klimtouw needs Python 3.11 or newer; none was found on this machine."
}

make_venv() {
  # A folder that was moved or copied holds an environment that points elsewhere: make it anew.
  if [ -x "$PY" ] && [ "$("$PY" -c 'import sys; print(sys.prefix)' 2>/dev/null)" = "$ROOT/.venv" ] \
     && [ "$(cat .venv/.place 2>/dev/null || printf '%s' "$ROOT")" = "$ROOT" ]; then
    return
  fi
  local python; python="$(find_python)"
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    # By its version: where a newer Python stands beside the system's own, python3-venv belongs to the older one.
    install_packages "to make an environment of its own for Klimtouw" \
      "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
  say "Making an environment in .venv with $("$python" --version)."
  rm -rf .venv
  "$python" -m venv .venv || stop "Python could not make an environment in .venv; the lines above say why."
  printf '%s' "$ROOT" >.venv/.place
}

# Run a step that fetches packages; when it fails say in one sentence whether the network is the reason.
fetching() {
  local log; log="$(mktemp)"
  if "$@" </dev/null >"$log" 2>&1; then
    rm -f "$log"
    return
  fi
  if ! grep -qi certificate "$log" && grep -qiE 'temporary failure|name resolution|dns error|network is unreachable|connection (refused|timed out|error)|failed to (connect|fetch)|error sending request|max retries|newconnectionerror|no matching distribution' "$log"; then
    rm -f "$log"
    stop "Klimtouw could not fetch its packages: there seems to be no network connection. Try again when there is one."
  fi
  cat "$log" >&2
  rm -f "$log"
  stop "Installing Klimtouw's packages failed; the lines above say why."
}

# The library with which a file that somebody brings is looked at; a machine without it gets it once.
look_at_files() {
  "$PY" -c 'import magic' 2>/dev/null || install_packages "to see what sort of file somebody brings" libmagic1
}

lock_sum() { cat pyproject.toml "$@" | sha256sum | cut -d' ' -f1; }

# environment run|dev: bring .venv up to date with the lock files, only when these changed.
environment() {
  local kind="$1" sum lock
  must_be_writable "$ROOT" "its own folder"
  make_venv
  sum="$(lock_sum requirements/tools.txt "requirements/$kind.txt")"
  if [ "$(cat ".venv/.$kind" 2>/dev/null)" = "$sum" ]; then look_at_files; return; fi
  # The development environment holds everything that running needs.
  if [ "$kind" = run ] && [ "$(cat .venv/.dev 2>/dev/null)" = "$(lock_sum requirements/tools.txt requirements/dev.txt)" ]; then
    look_at_files
    return
  fi
  say "Installing Klimtouw's packages into .venv; this takes less than a minute."
  rm -f .venv/.run .venv/.dev
  fetching "$PY" -m pip install --quiet --disable-pip-version-check --retries 1 --require-hashes -r requirements/tools.txt
  fetching "$PY" -m uv pip sync --quiet --python "$PY" --require-hashes requirements/tools.txt "requirements/$kind.txt"
  fetching "$PY" -m uv pip install --quiet --python "$PY" --no-deps --no-build-isolation --offline --editable .
  look_at_files
  printf '%s' "$sum" >".venv/.$kind"
}
