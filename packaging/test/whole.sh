#!/bin/bash
# As root in a fresh system: a person's session, and what only root does beside it when the session asks.
set -euo pipefail
mkdir -m 1777 /tmp/sync
mkfifo /tmp/clock

memory() {
  local each all=0 pss name
  for each in /proc/[0-9]*; do
    name=$(tr '\0' ' ' <"$each/cmdline" 2>/dev/null) || continue
    [[ $name == */keywarden/* && $name != *entry.py* && $name != *session.sh* ]] || continue
    pss=$(sed -n 's/^Pss: *\([0-9]*\) kB/\1/p' "$each/smaps_rollup" 2>/dev/null) || continue
    all=$((all + ${pss:-0}))
    name=$(grep -o 'org\.keywarden\.[A-Za-z.]*\.[A-Z][A-Za-z]*' <<<"$name" | head -n 1) || name=$(tr -d '\n' <"$each/comm")
    echo "  ${pss:-0} kB $name"
  done
  echo "idle, all processes: $((all / 1024)) MiB (PSS)"
}

serve() {
  case $1 in
    upgrade) apt-get -y -qq install /srv/newer.deb >/tmp/upgrade.log 2>&1 || { cat /tmp/upgrade.log >&2; return 1; } ;;
    downgrade) dpkg -i /srv/keywarden.deb >/tmp/downgrade.log 2>&1 || { cat /tmp/downgrade.log >&2; return 1; } ;;
    memory) memory ;;
  esac
}

setpriv --reuid person --regid person --init-groups env HOME=/home/person USER=person bash /srv/test/session.sh &
session=$!
while kill -0 "$session" 2>/dev/null; do
  for each in upgrade downgrade memory; do
    if [[ -e /tmp/sync/$each && ! -e /tmp/sync/$each.done ]]; then
      serve "$each"
      touch "/tmp/sync/$each.done"
    fi
  done
  read -r -t 0.2 <>/tmp/clock || true
done
wait "$session"
