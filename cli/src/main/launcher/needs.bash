# Sourced by the keywarden script: what has to be installed for a command, and how to get it. Everything that is missing
# is collected first and asked for once.

readonly WANTED=25
readonly JDK_PACKAGE=openjdk-$WANTED-jdk-headless

# Prints the major version of the JDK in a directory; fails if there is no JDK with a compiler.
jdk_version() {
  [[ -x $1/bin/java && -x $1/bin/javac ]] || return 1
  local line version=
  if [[ -r $1/release ]]; then
    while IFS= read -r line || [[ -n $line ]]; do
      if [[ $line == JAVA_VERSION=* ]]; then
        version=${line#JAVA_VERSION=}
      fi
    done <"$1/release"
  fi
  if [[ -z $version ]]; then
    line=$("$1/bin/java" -version 2>&1) || return 1
    [[ $line =~ version\ \"([^\"]+)\" ]] || return 1
    version=${BASH_REMATCH[1]}
  fi
  version=${version//\"/}
  version=${version%%[!0-9]*}
  [[ -n $version ]] || return 1
  printf '%s\n' "$version"
}

# Sets `jdk` to the first JDK that is new enough; otherwise `seen` says what was looked at.
find_jdk() {
  local candidate version java
  local candidates=()
  seen=()
  [[ -z ${JAVA_HOME:-} ]] || candidates+=("$JAVA_HOME")
  for candidate in "${KEYWARDEN_JVM_DIR:-/usr/lib/jvm}"/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/*; do
    candidates+=("$candidate")
  done
  if java=$(command -v javac) && java=$(readlink -f -- "$java"); then
    candidates+=("${java%/bin/javac}")
  fi
  for candidate in "${candidates[@]}"; do
    if version=$(jdk_version "$candidate"); then
      if ((version >= WANTED)); then
        jdk=$candidate
        return 0
      fi
      seen+=("$candidate is a JDK $version")
    elif [[ $candidate == "${JAVA_HOME:-}" ]]; then
      seen+=("JAVA_HOME=$candidate is no JDK")
    fi
  done
  return 1
}

# Debian packages that are missing. All of them are asked for together.
missing=()

lack() {
  local each
  for each; do
    [[ " ${missing[*]} " == *" $each "* ]] || missing+=("$each")
  done
}

# Each argument is a package, a colon, and a command or the pattern of a file that comes with it.
want() {
  local each
  for each; do
    if [[ ${each#*:} == /* ]]; then
      compgen -G "${each#*:}" >/dev/null || lack "${each%%:*}"
    else
      command -v "${each#*:}" >/dev/null || lack "${each%%:*}"
    fi
  done
}

is_packaged() { command -v apt-cache >/dev/null && apt-cache show "$1" >/dev/null 2>&1; }

# Commands that install what they need. All others only say what is missing.
readonly INSTALLING=(demo test)

# Sets `as_root` to what apt-get needs before it; fails if this command installs nothing, or its user may not. Only who was
# asked has sudo used: by ask_for_sudo, or before by KEYWARDEN_SUDO=yes.
can_install() {
  as_root=()
  [[ " ${INSTALLING[*]} " == *" $verb "* ]] && command -v apt-get >/dev/null || return 1
  ((EUID != 0)) || return 0
  [[ ${KEYWARDEN_SUDO:-} == yes ]] && command -v sudo >/dev/null || return 1
  as_root=(sudo)
}

# Asks at the terminal, if there is one.
ask_for_sudo() {
  [[ " ${INSTALLING[*]} " == *" $verb "* && -z ${KEYWARDEN_SUDO:-} && -t 0 && -t 2 ]] || return 0
  ((EUID != 0)) && command -v sudo >/dev/null && command -v apt-get >/dev/null || return 0
  say "needs these packages: ${missing[*]}"
  local answer
  read -r -p "Install them, with sudo apt-get? [y/N] " answer || return 0
  [[ $answer != [yY]* ]] || KEYWARDEN_SUDO=yes
}

# What the package lists do not know may be in newer ones; a container has none at all.
lists_are_fetched() {
  [[ -z ${fetched:-} ]] || return 0
  fetched=yes
  say "fetching the lists of packages"
  "${as_root[@]}" apt-get -qq update >&2
}

want_jdk() {
  find_jdk && return
  if can_install && ! is_packaged "$JDK_PACKAGE"; then
    lists_are_fetched || true
  fi
  # Without lists there is no saying; with lists, `default-jdk-headless` is in all of them.
  if is_packaged "$JDK_PACKAGE" || { command -v apt-get && ! is_packaged default-jdk-headless; } >/dev/null; then
    lack "$JDK_PACKAGE"
  fi
}

# What the broker and its sandboxes run with.
want_runtime() {
  compgen -G '/usr/lib/*/libxkbcommon.so.0' >/dev/null || want 'libxkbcommon0:/usr/lib*/libxkbcommon.so.0'
  compgen -G '/usr/lib/*/libseccomp.so.2' >/dev/null || want 'libseccomp2:/usr/lib*/libseccomp.so.2'
  want libx11-data:/usr/share/X11/locale/compose.dir bubblewrap:bwrap util-linux:prlimit mount:mount
}

want_build() { want maven:mvn util-linux:flock; }

# What the tests with real applications need: a display, a keyboard for it, and the applications.
want_desktop() {
  want xvfb:Xvfb xdotool:xdotool imagemagick:import python3:python3 firefox-esr:firefox-esr xterm:xterm \
    x11-utils:xprop x11-xkb-utils:setxkbmap libglib2.0-bin:gdbus gnome-shell:gnome-shell procps:pgrep \
    xss-lock:xss-lock i3lock:i3lock fcitx5:fcitx5 xfce4-panel:xfce4-panel sway:sway foot:foot grim:grim \
    at-spi2-core:/usr/libexec/at-spi-bus-launcher ibus-gtk3:'/usr/lib/*/gtk-3.0/3.0.0/immodules/im-ibus.so' \
    ibus-gtk4:'/usr/lib/*/gtk-4.0/4.0.0/immodules/libim-ibus.so' ibus:/usr/libexec/ibus-x11 \
    gir1.2-gtk-3.0:'/usr/lib/*/girepository-1.0/Gtk-3.0.typelib' \
    gir1.2-gtk-4.0:'/usr/lib/*/girepository-1.0/Gtk-4.0.typelib' \
    gir1.2-vte-2.91:'/usr/lib/*/girepository-1.0/Vte-2.91.typelib' \
    gir1.2-ibus-1.0:'/usr/lib/*/girepository-1.0/IBus-1.0.typelib' \
    fonts-ipafont-gothic:/usr/share/fonts/opentype/ipafont-gothic \
    tmux:tmux screen:screen systemd:systemd-ask-password pinentry-curses:pinentry-curses \
    xfonts-base:/usr/share/fonts/X11/misc \
    python3-tk:'/usr/lib/python3*/lib-dynload/_tkinter*.so' \
    python3-gi:/usr/lib/python3/dist-packages/gi python3-pyqt5:/usr/lib/python3/dist-packages/PyQt5 \
    python3-pyqt6:/usr/lib/python3/dist-packages/PyQt6
}

# What input methods in Python run with; those in JavaScript take Node.js.
want_sdks() {
  want python3:python3 python3-grpcio:/usr/lib/python3/dist-packages/grpc \
    python3-protobuf:/usr/lib/python3/dist-packages/google/protobuf \
    python3-cryptography:/usr/lib/python3/dist-packages/cryptography
}

# Engines of IBus that people use, for the tests of their host.
want_engines() {
  want ibus-hangul:/usr/libexec/ibus-engine-hangul ibus-libpinyin:/usr/libexec/ibus-engine-libpinyin \
    ibus-anthy:/usr/libexec/ibus-engine-anthy ibus-m17n:/usr/libexec/ibus-engine-m17n \
    ibus-mozc:/usr/lib/ibus-mozc/ibus-engine-mozc ibus-unikey:/usr/libexec/ibus-engine-unikey \
    ibus-table-latex:/usr/share/ibus-table/tables/latex.db
}

# Installs what is missing if that is allowed; otherwise says all of it at once, then the arguments, and ends.
get_ready() {
  # Packages do not help where no JDK can be had.
  if ((${#missing[@]})) && [[ -n ${jdk:-} || " ${missing[*]} " == *" $JDK_PACKAGE "* ]]; then
    ask_for_sudo
    ! can_install || install_missing
  fi
  [[ -n ${jdk:-} ]] || find_jdk || true
  local advice=()
  if ((${#missing[@]})); then
    advice+=("$(install_line)")
  fi
  if [[ -z ${jdk:-} && " ${missing[*]} " != *" $JDK_PACKAGE "* ]]; then
    advice+=("no JDK $WANTED or newer in JAVA_HOME, /usr/lib/jvm, ~/.sdkman or PATH."
      "Debian has one from 13 on ($JDK_PACKAGE). Elsewhere unpack any JDK $WANTED and set JAVA_HOME to it,"
      "or install Eclipse Temurin: https://adoptium.net/installation/linux/")
  fi
  [[ -n ${jdk:-} ]] || advice+=("${seen[@]}")
  ((${#advice[@]} == 0)) || die 69 "${advice[@]}" "$@"
}

install_missing() {
  say "installing ${missing[*]}"
  local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends)
  if ! "${install[@]}" "${missing[@]}" >/dev/null 2>&1 &&
    ! { lists_are_fetched && "${install[@]}" "${missing[@]}"; } >&2; then
    say "could not install them (is there a network?)"
    return 0
  fi
  missing=()
  hash -r
}

# The line to paste, or to send to whoever may.
install_line() {
  local each update=
  if ! command -v apt-get >/dev/null; then
    printf 'missing on this system: %s (the names of the Debian packages)\n' "${missing[*]}"
    return
  fi
  for each in "${missing[@]}"; do
    is_packaged "$each" || update='apt-get update && sudo '
  done
  printf 'missing packages; install them with:  sudo %sapt-get install --no-install-recommends %s\n' "$update" "${missing[*]}"
}
