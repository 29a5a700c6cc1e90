#!/usr/bin/env bash
# Real clients against `serve`: the conformance vectors over a socket, curl, and Python's poplib.
# Needs Rust, curl and Python 3. Prints `ok - ...` for each check, and how many there were.
#
# POP3LAB_SERVE may name a `serve` that is built already; ONLY (vectors, curl, poplib) picks one part.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
vectors="$here/../conformance/vectors.json"
cd "$root"

for program in curl python3 sha256sum; do
  command -v "$program" >/dev/null || { echo "Install $program and run this again." >&2; exit 2; }
done

serve="${POP3LAB_SERVE:-}"
if [[ -z $serve ]]; then
  cargo build --quiet --no-default-features --features serve --bin serve
  serve="${CARGO_TARGET_DIR:-target}/debug/serve"
fi

scratch="$(mktemp -d)"
servers=()
cleanup() {
  ((${#servers[@]} == 0)) || kill "${servers[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$scratch"
}
trap cleanup EXIT

# Starts a server with these flags on free ports, and sets port and control.
start() {
  local out="$scratch/serve-${#servers[@]}"
  "$serve" --plain 127.0.0.1:0 --control 127.0.0.1:0 --fixtures "$vectors" "$@" >"$out.out" 2>"$out.log" &
  servers+=($!)
  for _ in $(seq 100); do
    control="$(sed -n 's/^listening on \(.*\) for control$/\1/p' "$out.out")"
    port="$(sed -n 's/^listening on .*:\([0-9]*\)$/\1/p' "$out.out")"
    [[ -z $control || -z $port ]] || return 0
    kill -0 "${servers[-1]}" 2>/dev/null || break
    sleep 0.05
  done
  echo "serve did not start: $(cat "$out.log")" >&2
  exit 2
}

results="$scratch/results"
: >"$results"

# Runs a program that prints its own checks. That it fails is seen by what it printed, or reported here.
checks() {
  local status=0
  "$@" 2>&1 | tee -a "$results" || status=$?
  ((status == 0)) || grep -q '^not ok - ' "$results" || say "not ok - $1 ended with $status"
}

say() { printf '%s\n' "$*" | tee -a "$results"; }

# same NAME EXPECTED ACTUAL
same() {
  if [[ "$2" == "$3" ]]; then say "ok - $1"; else say "not ok - $1: expected '$2', got '$3'"; fi
}

run_vectors() {
  checks python3 "$here/run_vectors.py" --serve "$serve" --at-least 373
}

# The sha256 of a message of the fixtures as it is sent, e.g. basic 2.
fixture_sha256() {
  python3 -c 'import json, sys
print(json.load(open(sys.argv[1]))["fixtures"]["maildrops"][sys.argv[2]]["messages"][int(sys.argv[3]) - 1]["sha256"])' \
    "$vectors" "$1" "$2"
}

# curl PATH [FLAG...] as alice; the answer goes to $scratch/curl, the exit code to code.
ask() {
  local path="$1"
  shift
  code=0
  curl --silent --show-error --max-time 20 "pop3://127.0.0.1:$port/$path" "$@" >"$scratch/curl" 2>"$scratch/curl.err" || code=$?
}

run_curl() {
  local alice=(--user alice:wonderland) index
  start
  ask "" "${alice[@]}"
  same "curl lists the messages" "1 155|2 263|3 226|" "$(tr -d '\r' <"$scratch/curl" | tr '\n' '|')"
  for index in 1 2 3; do
    ask "$index" "${alice[@]}"
    same "curl fetches message $index" "0 $(fixture_sha256 basic $index)" "$code $(sha256sum <"$scratch/curl" | cut -d' ' -f1)"
  done
  for index in 1 2 3; do
    ask "$index" --user dora:dots.and.dots
    same "curl fetches message $index with its dots" "0 $(fixture_sha256 dots $index)" \
      "$code $(sha256sum <"$scratch/curl" | cut -d' ' -f1)"
  done
  ask 1 --user big:bigmail
  same "curl fetches a message of a megabyte" "0 $(fixture_sha256 big 1)" "$code $(sha256sum <"$scratch/curl" | cut -d' ' -f1)"
  ask "" "${alice[@]}" --request UIDL
  same "curl asks for the unique-ids" "0 3" "$code $(wc -l <"$scratch/curl")"
  ask "" "${alice[@]}" --request "TOP 1 0"
  same "curl looks at a header" "0 1" "$code $(grep -c '^Subject:' "$scratch/curl")"
  ask "" --user alice:looking-glass
  same "curl ends with 67 for a wrong password" 67 "$code"
  ask 9 "${alice[@]}"
  same "curl says that a message is not there" 8 "$code"
  ask 1 "${alice[@]}" --request DELE --list-only
  same "curl deletes message 1" 0 "$code"
  ask "" "${alice[@]}"
  same "which is gone afterwards" "1 263|2 226|" "$(tr -d '\r' <"$scratch/curl" | tr '\n' '|')"
  ask "" --user erin:nothing-here
  # Some versions of curl leave the line end that stands before the last dot.
  same "curl lists an empty mailbox" "0 0" "$code $(tr -d '\r\n' <"$scratch/curl" | wc -c)"
  ask "" --user mrose:tanstaaf --login-options AUTH=+APOP --verbose
  same "curl logs in by APOP" "0 1|1 120|2 200|" \
    "$code $(grep -c '^> APOP mrose' "$scratch/curl.err")|$(tr -d '\r' <"$scratch/curl" | tr '\n' '|')"
  ask "" --user mrose:wrong --login-options AUTH=+APOP
  same "curl ends with 67 for a wrong secret in APOP" 67 "$code"
  local refused=0
  "$serve" --plain 127.0.0.1:0 --fixtures "$here/run.sh" 2>"$scratch/refused" || refused=$?
  same "serve refuses a file that holds no fixtures" "2 1" "$refused $(grep -c '^serve: .*\.$' "$scratch/refused")"
  refused=0
  "$serve" --plian 127.0.0.1:0 2>"$scratch/refused" || refused=$?
  same "serve refuses a flag that it does not know" "2 1" "$refused $(grep -c '^serve: .*\.$' "$scratch/refused")"
}

run_poplib() {
  # Fewer places than poplib_session.py makes connections, so that the last one finds none.
  start --connections 200
  checks python3 "$here/poplib_session.py" "$port" "$control" "$vectors"
}

for part in ${ONLY:-vectors curl poplib}; do
  "run_$part"
done

passed="$(grep -c '^ok - ' "$results" || true)"
failed="$(grep -c '^not ok - ' "$results" || true)"
if grep -l 'panicked at' "$scratch"/serve-*.log >/dev/null; then
  say "not ok - serve panicked: $(grep -h -m 1 -A 1 'panicked at' "$scratch"/serve-*.log)"
  failed=$((failed + 1))
fi
echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))
