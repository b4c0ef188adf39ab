#!/bin/bash
# As an ordinary user, with the package installed: what a newcomer does. Switches the session over, begins a real Xfce session
# by /etc/X11/Xsession, types with an engine of IBus into mousepad, a Qt editor and a terminal, and opens the indicator's menu.
# xfce.sh DIRECTORY: where pictures go. Prints a line for each thing seen.
set -euo pipefail
pictures=$1
work=$(mktemp -d)
here=$(dirname -- "$0")
export XDG_RUNTIME_DIR=$work/run NO_AT_BRIDGE=1
mkdir -m 700 "$XDG_RUNTIME_DIR"
mkfifo "$work/clock"
pids=()
finish() {
  local status=$? each
  for each in "${pids[@]}"; do kill "$each" 2>/dev/null || true; done
  ((status == 0)) || tail -n 30 "$work"/*.log >&2
  exit "$status"
}
trap finish EXIT

# Waits for a condition, three minutes at most.
await() {
  local what=$1 end=$((SECONDS + 180))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || { echo "FAILED: never $what" >&2; shot failed; exit 1; }
    read -r -t 0.2 <>"$work/clock" || true
  done
}
shot() { import -window root "$work/shot.png" && convert "$work/shot.png" -colors 128 "PNG8:$pictures/$1.png"; }
status_has() { keywarden status | grep -q "$1"; }
settle() { read -r -t "$1" <>"$work/clock" || true; }

keywarden setup --desktop X11
grep -q keywarden ~/.xinputrc
keywarden ime enable anthy
mkdir -p ~/.config/xfce4/xfconf/xfce-perchannel-xml
cp "$here"/xfce/*.xml ~/.config/xfce4/xfconf/xfce-perchannel-xml/

Xvfb -displayfd 3 -screen 0 960x600x24 -nolisten tcp 3>"$work/display" >"$work/xvfb.log" 2>&1 &
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
XDG_CURRENT_DESKTOP=XFCE /etc/X11/Xsession xfce4-session >"$work/session.log" 2>&1 &
pids+=($!)
await "a broker" status_has 'session  *applications find Keywarden'
await "the indicator in the panel" status_has 'indicator  *in the tray'
echo "session: Keywarden and its indicator are there"
# Whether the engine answers in time on a busy machine is not what is seen here. The tray is joined again.
first=$(keywarden status | sed -n 's/^pid  *//p')
kill "$(ps -o ppid= -p "$first")"
await "the end of the broker" bash -c "! kill -0 $first"
keywarden run --answer-within 10000 >"$work/broker.log" 2>&1 &
pids+=($!)
await "another broker" status_has 'indicator  *in the tray'
await "an engine" bash -c 'keywarden ime use anthy && keywarden ime list | grep -q "anthy.*ready"'

# What applications of the session have in their environment.
variables() {
  local each
  for each in /proc/"$(pgrep -u "$(id -u)" -x xfce4-panel | head -n 1)"/environ; do
    tr '\0' '\n' <"$each" | grep -E '^(GTK_IM_MODULE|QT_IM_MODULE|XMODIFIERS)='
  done
}
variables >"$work/variables"
[[ $(grep -c ibus "$work/variables") == 3 ]] || { cat "$work/variables" >&2; exit 1; }
set -a
. "$work/variables"
set +a

# open CLASS COMMAND...: starts a program and gives its window the focus.
open() {
  local class=$1 route=composing
  shift
  [[ $class != signin ]] || route=guarded
  "$@" >"$work/$class.log" 2>&1 &
  program=$!
  pids+=("$program")
  local window
  find_window() { window=$(xdotool search --onlyvisible --class "$class" | tail -n 1) && [[ -n $window ]]; }
  await "a window of $class" find_window
  settle 1
  xdotool windowactivate --sync "$window"
  xdotool windowsize "$window" 560 300 windowmove "$window" 40 90
  settle 1
  await "the right route in $class" status_has "route  *$route"
}

# The word is on the screen while it is converted; its candidates come with the second space.
compose() {
  xdotool type --delay 120 nihongo
  settle 1
  xdotool key --delay 300 space space
  settle 2
  shot "$1"
  xdotool key Return
  settle 1
}

open mousepad mousepad
compose xfce-composing
# Beside the menu, so that no tip covers it.
xdotool mousemove 948 13 click 1 mousemove 400 500
settle 3
shot xfce-menu
xdotool key Escape
settle 1
keywarden app | grep -A 3 mousepad
kill "$program"

open featherpad featherpad "$work/note.txt"
compose xfce-qt
xdotool key Return
xdotool key ctrl+s
await "the word in the Qt editor's file" grep -qE '日本語|にほんご|ニホンゴ' "$work/note.txt"
echo "Qt editor: $(<"$work/note.txt")"
kill "$program"

open xfce4-terminal xfce4-terminal --disable-server -x bash -c "cat >'$work/typed'"
compose xfce-terminal
xdotool key Return ctrl+d
await "the word in the terminal" grep -qE '日本語|にほんご|ニホンゴ' "$work/typed"
echo "terminal: $(<"$work/typed")"

kill "$program"

open signin python3 "$here/signin.py"
xdotool type --delay 120 hunter2
settle 1
shot xfce-password
echo "password: the trusted keyboard"
echo "seen; pictures are in $pictures"
