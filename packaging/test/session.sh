#!/bin/bash
# As an ordinary user in a fresh system: a session, the installed broker, and a GTK 3 program typed into, before and after
# the files were replaced under the broker. Prints one line for each thing seen.
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

# Waits for a condition, ten minutes at most: an upgrade makes a start cache.
await() {
  local what=$1 end=$((SECONDS + 600))
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

# Has root do what a session cannot.
ask() { touch "/tmp/sync/$1"; await "$1 by root" test -e "/tmp/sync/$1.done"; }

broker_pid() { pgrep -u person -f org.keywarden.broker.app.Main | tail -n 1; }
# The broker's own process is closed to its user, but not its command line.
runs_version() { grep -qF "/usr/lib/keywarden/$1/" "/proc/$(broker_pid)/cmdline"; }
status_has() { keywarden status | grep -q "$1"; }

# On a busy machine an answer may take longer than a person would wait.
start_broker() {
  local began=${EPOCHREALTIME/./}
  keywarden run --ime org.keywarden.romaji --answer-within 10000 >"$work/broker.log" 2>&1 &
  broker=$!
  pids+=("$broker")
  await "ready" grep -q "ready, applications connect" "$work/broker.log"
  echo "broker ready after $(((${EPOCHREALTIME/./} - began) / 1000)) ms"
}

focus() { echo "$1" >"$work/orders"; await "focus in $1" seen "focus=$1"; }

compose_a_word() {
  focus message
  await "composing" status_has 'route  *composing'
  xdotool type --delay 40 konnnichiha
  xdotool key Return
  await "a composed word" seen "message=こんにちは"
  echo "composed: こんにちは"
}

type_a_password() {
  focus password
  await "a guarded field" status_has 'route  *guarded'
  xdotool type --delay 40 hunter2
  await "the password" seen "password=hunter2\$"
  echo "password: guarded, and there"
}

first=$(readlink /usr/lib/keywarden/current)
start_broker
python3 "$here/entry.py" <>"$work/orders" >"$work/entry.out" 2>"$work/entry.log" &
pids+=($!)
window() { window=$(xdotool search --name keywarden-entry | head -n 1) && [[ -n $window ]]; }
await "a window" window
xdotool windowfocus --sync "$window"
compose_a_word
type_a_password
ask memory

ask upgrade
second=$(readlink /usr/lib/keywarden/current)
[[ $first != "$second" ]] || { echo "FAILED: the upgrade changed no version" >&2; exit 1; }
runs_version "$first" || { echo "FAILED: the broker is not of $first" >&2; exit 1; }
keyboard() { pgrep -u person -f org.keywarden.trusted.TrustedKeyboard; }
before=$(keyboard | head -n 1)
kill -KILL $(keyboard)
another() { [[ $(keyboard | head -n 1) != "$before" && -n $(keyboard) ]] && status_has 'trusted keyboard  *ready'; }
await "a trusted keyboard again" another
compose_a_word
type_a_password
echo "upgraded beside it: $first runs on, with a new trusted keyboard of its own"

kill "$broker"
wait "$broker" || true
start_broker
runs_version "$second" || { echo "FAILED: the broker is not of $second" >&2; exit 1; }
compose_a_word
keywarden audit verify >"$work/audit.log" || { cat "$work/audit.log" >&2; exit 1; }
grep -q 'Serials of [3-9] grants' "$work/audit.log" || { cat "$work/audit.log" >&2; exit 1; }
echo "the next start is $second; the grant log is whole"

ask downgrade
kill "$broker"
wait "$broker" || true
start_broker
runs_version "$first" || { echo "FAILED: the broker is not of $first" >&2; exit 1; }
[[ -e /usr/lib/keywarden/$second ]] && echo "kept until the next upgrade: $second"
echo "an older version runs with what the newer left"
