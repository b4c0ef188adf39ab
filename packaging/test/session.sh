#!/bin/bash
# As an ordinary user in a fresh system: a session, the installed broker, and a GTK 3 program typed into. Prints one line
# for each thing seen. With a second .deb as argument, and root beside it, the files are replaced under the broker.
set -euo pipefail
here=$(dirname -- "$0")
work=$(mktemp -d)
export XDG_RUNTIME_DIR=$work/run GTK_IM_MODULE=ibus QT_IM_MODULE=ibus XMODIFIERS=@im=ibus NO_AT_BRIDGE=1
mkdir -m 700 "$XDG_RUNTIME_DIR"
pids=()
finish() {
  local status=$? each
  for each in "${pids[@]}"; do kill "$each" 2>/dev/null || true; done
  ((status == 0)) || tail -n 20 "$work"/*.log "$work"/entry.out >&2
  exit "$status"
}
trap finish EXIT

# Waits for a condition, two minutes at most.
await() {
  local what=$1 end=$((SECONDS + 120))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || { echo "FAILED: never $what" >&2; exit 1; }
    read -r -t 0.1 <>"$work/clock" || true
  done
}
mkfifo "$work/clock" "$work/orders"

seen() { tail -n 1 "$work/entry.out" | grep -q -- "$1"; }

keywarden --version
keywarden doctor >"$work/doctor.log" || { cat "$work/doctor.log" >&2; exit 1; }
echo "doctor: input methods can be isolated"

Xvfb -displayfd 3 -screen 0 800x600x24 -nolisten tcp 3>"$work/display" >"$work/xvfb.log" 2>&1 &
pids+=($!)
await "a display" test -s "$work/display"
DISPLAY=:$(<"$work/display")
export DISPLAY
exec 3>"$work/bus" 4>"$work/bus.pid"
dbus-daemon --session --fork --print-address=3 --print-pid=4
exec 3>&- 4>&-
pids+=("$(<"$work/bus.pid")")
DBUS_SESSION_BUS_ADDRESS=$(<"$work/bus")
export DBUS_SESSION_BUS_ADDRESS

start_broker() {
  local began=$EPOCHREALTIME
  keywarden run --ime org.keywarden.romaji >"$work/broker.log" 2>&1 &
  broker=$!
  pids+=("$broker")
  await "ready" grep -q "ready, applications connect" "$work/broker.log"
  printf 'broker ready after %d ms\n' "$((((${EPOCHREALTIME/./} - ${began/./}) / 1000)))"
}
start_broker
await "an input method" sh -c "keywarden ime list | grep -q 'org.keywarden.romaji.*running\|romaji.*ready\|romaji.*connected'" || true

python3 "$here/entry.py" <>"$work/orders" >"$work/entry.out" 2>"$work/entry.log" &
pids+=($!)
window() { window=$(xdotool search --name keywarden-entry | head -n 1) && [[ -n $window ]]; }
await "a window" window
xdotool windowfocus --sync "$window"
focus() { echo "$1" >"$work/orders"; await "focus in $1" seen "focus=$1"; }
focus message
await "composing" sh -c "keywarden status | grep -q romaji"
xdotool type --delay 40 konnnichiha
xdotool key Return
await "a composed word" seen 'message=こんにちは'
echo "composed: konnnichiha became こんにちは"
focus password
xdotool type --delay 40 hunter2
await "the password" seen 'password=hunter2'
await "a guarded field" sh -c "keywarden status | grep -qi 'trusted\|secret\|guarded'"
echo "password: guarded"
keywarden status
