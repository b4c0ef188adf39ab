# Sourced by the keywarden script: the package in fresh systems of Debian 12 and 13, made from the machine's mirror.
#   keywarden test --packages [PACKAGE.deb]
# Without a package it builds one twice, from the checkout and from a clone of it, and compares the bytes.

readonly work=$root/target/packages
readonly SUITES=(bookworm trixie)
readonly IN_SYSTEM=(xvfb xdotool python3-gi gir1.2-gtk-3.0 dbus-daemon ibus-gtk3)

# A session of Xfce, with an engine and what is typed into; beside them in the first suite.
readonly XFCE=(dbus-user-session dbus-x11 x11-common im-config ibus ibus-anthy xfce4-session xfce4-panel xfwm4 xfconf
  xfce4-settings mousepad featherpad xfce4-terminal imagemagick fonts-ipafont-gothic fonts-dejavu-core librsvg2-common
  adwaita-icon-theme)

# The first mirror that apt uses here, for the suite that debootstrap makes.
mirror() { apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -v -m 1 security || echo http://deb.debian.org/debian; }

# in_system ROOT USER COMMAND...: with namespaces, /proc, /dev and /tmp of its own; never in this machine's. The root is
# changed by pivot_root, for a process that was only chrooted may make no user namespace, and so no sandbox.
in_system() {
  unshare --mount --pid --fork --kill-child --uts --ipc /bin/bash "$root/packaging/test/enter.sh" "$@"
}

files_of() { (cd "$1" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./run \) -prune -o -printf '%y %m %p %l\n' | LC_ALL=C sort); }

# What an installation and its removal may change anywhere: caches and logs of apt and dpkg.
readonly OTHERS=' \./(var/(log|cache|lib/(apt|dpkg))/|etc/ld\.so\.cache|var/lib/(systemd|ucf)/)'

test_system() {
  local suite=$1 deb=$2 newer=$3 system=$work/$1
  local wanted=("${IN_SYSTEM[@]}")
  [[ $suite != "${SUITES[0]}" ]] || wanted+=("${XFCE[@]}")
  say "$suite: making a system"
  rm -rf --one-file-system "$system"
  debootstrap --variant=minbase "$suite" "$system" "$(mirror)" >"$work/$suite.log" 2>&1 ||
    die 69 "debootstrap made no $suite; the log is $work/$suite.log"
  cp "$deb" "$system/srv/keywarden.deb"
  cp "$newer" "$system/srv/newer.deb"
  cp -r "$root/packaging/test" "$system/srv/test"
  in_system "$system" root bash -c "apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install \
    --no-install-recommends ${wanted[*]} bubblewrap libseccomp2 libx11-data libxkbcommon0 procps && useradd -m person" >>"$work/$suite.log" 2>&1 ||
    die 69 "$suite: could not install what the test needs; the log is $work/$suite.log"
  files_of "$system" >"$work/$suite.before"
  in_system "$system" root apt-get -y --no-install-recommends install /srv/keywarden.deb >>"$work/$suite.log" 2>&1 ||
    die 1 "$suite: the package does not install; the log is $work/$suite.log"
  in_system "$system" root bash /srv/test/whole.sh ||
    die 1 "$suite: not as it should be"
  [[ $suite != "${SUITES[0]}" ]] || xfce_session "$suite" "$system"
  in_system "$system" root apt-get -y purge keywarden >>"$work/$suite.log" 2>&1
  rm -rf "$system"/home/person/.[!.]*/
  files_of "$system" >"$work/$suite.after"
  if ! diff <(grep -Ev "$OTHERS" "$work/$suite.before") <(grep -Ev "$OTHERS" "$work/$suite.after") >&2; then
    die 1 "$suite: something is left of it, or gone with it (the lines above)"
  fi
  say "$suite: nothing is left of it"
  rm -rf --one-file-system "$system"
}

# What a newcomer does and sees; the pictures of docs/install.md are made here.
xfce_session() {
  local pictures=$2/srv/pictures
  rm -rf "$2"/home/person/.[!.]*/ "$work/pictures"
  mkdir -m 1777 "$pictures"
  in_system "$2" person bash /srv/test/xfce.sh /srv/pictures || die 1 "$1: no session of Xfce as it should be"
  mv "$pictures" "$work/pictures"
  say "$1: pictures of the session are in $work/pictures"
}

# The same package with a later version, for an upgrade.
later() {
  local tree=$work/later
  rm -rf "$tree"
  dpkg-deb -R "$1" "$tree"
  sed -i -e "s/^Version: .*/&.later/" "$tree/DEBIAN/control"
  local version
  version=$(dpkg-deb -f "$1" Version)
  sed -i -e "s/${version//./\\.}/$version.later/g" "$tree/DEBIAN/postinst"
  dpkg-deb -Znone --root-owner-group --build "$tree" "$work/later.deb" >/dev/null
  rm -rf "$tree"
}

reproduced() {
  local clone=$work/clone
  rm -rf "$clone"
  git clone -q "$root" "$clone"
  (cd "$clone" && ./keywarden package >"$work/clone.log" 2>&1) || die 1 "a clone does not build it; the log is $work/clone.log"
  cmp "$1" "$clone/target/package/${1##*/}" || die 1 "two builds differ: $1 $clone/target/package/${1##*/}"
  say "two builds have the same bytes"
  rm -rf "$clone"
}

test_packages() {
  local deb=${1:-} suite
  want_jdk
  want debootstrap:debootstrap lintian:lintian appstream:appstreamcli util-linux:unshare
  get_ready
  ((EUID == 0)) || die 77 "systems of their own can be made only as root: run this as root."
  mkdir -p "$work"
  if [[ -z $deb ]]; then
    "$root/keywarden" package || exit
    deb=$(ls "$root"/target/package/keywarden_*.deb)
    [[ $deb == *.changed_* ]] || reproduced "$deb"
  fi
  lintian --allow-root --fail-on error,warning "$deb" || die 1 "lintian has something to say"
  local metadata=org.keywarden.Keywarden.metainfo.xml
  dpkg-deb --fsys-tarfile "$deb" | tar -xO "./usr/share/metainfo/$metadata" >"$work/$metadata"
  appstreamcli validate --no-net "$work/$metadata" >&2 || die 1 "the metadata are not valid"
  later "$deb"
  for suite in "${SUITES[@]}"; do
    test_system "$suite" "$deb" "$work/later.deb"
  done
}
