# Sourced by the keywarden script: builds the Debian package and a tarball with the same tree of what the build has put
# together in $home. Two builds of one commit have the same bytes.

readonly from=$root/packaging
readonly out=$root/target/package
readonly stage=$out/tree
readonly prefix=$stage/usr/lib/keywarden/packaged
readonly CYCLONEDX=2.9.1
readonly UNPACKAGED='!benchmarks,!test-bed'

# MODULES of the Java runtime, as jlink wants them.
modules() { sed -n 's/^\([a-z][a-z.]*\).*/\1/p' "$from/modules" | paste -sd,; }

# The version of the project; between releases with the time and name of the commit, so that later ones are newer.
package_version() {
  local project commit
  project=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$root/pom.xml" | head -n 1)
  commit=$(git -C "$root" rev-parse --short=10 HEAD)
  [[ -z $(git -C "$root" status --porcelain) ]] || commit+=.changed
  case $project in
    *-SNAPSHOT) printf '%s~%s.%s' "${project%-SNAPSHOT}" "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y%m%d%H%M)" "$commit" ;;
    *) printf '%s' "$project" ;;
  esac
}

put() { install -D -m "$1" "$2" "$3"; }

# The runtime, and its archive of classes for the object headers that all of our JVMs have (conf/jvm/common.args).
runtime() {
  "$jdk/bin/jlink" --add-modules "$(modules)" --strip-debug --no-header-files --no-man-pages --compress zip-6 \
    --output "$prefix/jre"
  # A tool that attaches to JVMs, and one for key stores.
  rm -f "$prefix/jre/bin/"{jfr,keytool} "$prefix/jre/lib/jrt-fs.jar"
  find "$prefix/jre" -type f -perm 444 -exec chmod 644 {} +
  "$prefix/jre/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xshare:dump -Xlog:disable -Xlog:all=error:stderr
}

installation() {
  mkdir -p "$prefix/bin"
  cp -r "$home"/{accessibility,broker,cli,conf,conformance,engine-host,icons,plugins,runtimes,trusted-keyboard} "$prefix"
  rm -f "$prefix"/{broker,plugins/*}/start.aot
  put 755 "$home/bin/ibus-daemon" "$prefix/bin/ibus-daemon"
  put 755 "$home/bin/supervise" "$prefix/bin/supervise"
  local each
  for each in keywarden start-cache session-start; do
    put 755 "$from/bin/$each" "$prefix/bin/$each"
  done
  for each in keywarden.service keywarden.desktop org.freedesktop.IBus.service org.freedesktop.portal.IBus.service; do
    put 644 "$from/session/$each" "$prefix/session/$each"
  done
  find "$prefix" -path "$prefix/jre" -prune -o -type f -not -path "$prefix/bin/*" -exec chmod 644 {} +
  share_jars
}

# Each program has its own directory of jars, which its sandbox shows whole; a jar that is in several is one file.
share_jars() {
  local sum file last='' first=''
  while read -r sum file; do
    if [[ $sum == "$last" ]]; then
      ln -f "$first" "$file"
    else
      last=$sum first=$file
    fi
  done < <(find "$prefix" -name '*.jar' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | LC_ALL=C sort)
}

system_files() {
  local share=$stage/usr/share each
  mkdir -p "$stage/usr/bin"
  ln -s ../lib/keywarden/current/bin/keywarden "$stage/usr/bin/keywarden"
  put 644 "$from/session/keywarden.service" "$stage/usr/lib/systemd/user/keywarden.service"
  put 644 "$from/session/29_keywarden.conf" "$share/im-config/data/29_keywarden.conf"
  put 644 "$from/session/29_keywarden.rc" "$share/im-config/data/29_keywarden.rc"
  put 644 "$from/share/keywarden.svg" "$share/icons/hicolor/scalable/apps/keywarden.svg"
  filled "$from/share/org.keywarden.Keywarden.metainfo.xml.in" "$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)" \
    "$share/metainfo/org.keywarden.Keywarden.metainfo.xml"
  put 644 "$from/debian/lintian-overrides" "$share/lintian/overrides/keywarden"
  manual "$share"
  documents "$share/doc/keywarden"
}

# filled TEMPLATE DATE FILE
filled() {
  mkdir -p "${3%/*}"
  sed -e "s/@VERSION@/$version/" -e "s/@DATE@/$2/" "$1" >"$3"
}

# What the commands themselves know: pages, completion.
manual() {
  local share=$1 java=("$prefix/jre/bin/java" -Dkeywarden.home="$prefix" -cp "$prefix/cli/lib/*")
  "${java[@]}" org.keywarden.cli.ManPages "$share/man/man1"
  gzip -9n "$share/man/man1/"*
  mkdir -p "$share/bash-completion/completions" "$share/fish/vendor_completions.d"
  "${java[@]}" org.keywarden.cli.Main completion bash | tail -n +2 >"$share/bash-completion/completions/keywarden"
  "${java[@]}" org.keywarden.cli.Main completion fish >"$share/fish/vendor_completions.d/keywarden.fish"
  put 644 "$from/share/_keywarden" "$share/zsh/vendor-completions/_keywarden"
}

documents() {
  local doc=$1 each
  for each in install setup troubleshooting ibus engines policy session grant-log sandbox threat-model trusted-keyboard; do
    put 644 "$root/docs/$each.md" "$doc/$each.md"
  done
  put 644 "$root/CHANGELOG.md" "$doc/CHANGELOG.md"
  filled "$from/debian/changelog.in" "$(LC_ALL=C date -u -d "@$SOURCE_DATE_EPOCH" -R)" "$doc/changelog"
  gzip -9n "$doc/changelog"
  put 644 "$from/debian/copyright" "$doc/copyright"
  maven -q -o org.cyclonedx:cyclonedx-maven-plugin:$CYCLONEDX:makeAggregateBom -pl "$UNPACKAGED" \
    -DoutputFormat=json -DoutputDirectory="$out/sbom" >"$out/sbom.log" 2>&1 ||
    maven -q org.cyclonedx:cyclonedx-maven-plugin:$CYCLONEDX:makeAggregateBom -pl "$UNPACKAGED" \
      -DoutputFormat=json -DoutputDirectory="$out/sbom" >"$out/sbom.log" 2>&1 ||
    die 1 "the list of libraries could not be made; the log is $out/sbom.log"
  put 644 "$out/sbom/bom.json" "$doc/sbom.cdx.json"
  every_jar_has_a_licence "$doc/copyright"
}

every_jar_has_a_licence() {
  local jar pattern
  local -a patterns
  mapfile -t patterns < <(sed -n 's:^\(Files\:\)\{0,1\} \*/\(.*\.jar\)$:\2:p' "$1")
  while read -r jar; do
    for pattern in "${patterns[@]}"; do
      [[ $jar != $pattern ]] || continue 2
    done
    die 1 "packaging/debian/copyright says nothing of $jar"
  done < <(find "$prefix" -name '*.jar' -not -name 'keywarden-*' -printf '%f\n' | sort -u)
}

# The packages that the runtime's own programs and libraries need, by the versions of the symbols they use.
shlibs() {
  local work=$out/shlibs
  mkdir -p "$work/debian"
  printf 'Source: keywarden\n\nPackage: keywarden\nArchitecture: any\n' >"$work/debian/control"
  (cd "$work" && find "$prefix/jre" -type f \( -name '*.so' -o -path '*/bin/*' -o -name jspawnhelper \) -print0 |
    LC_ALL=C sort -z | xargs -0 dpkg-shlibdeps -O --ignore-missing-info -l"$prefix/jre/lib" -l"$prefix/jre/lib/server" 2>"$work/log" |
    sed 's/^shlibs:Depends=//')
}

debian() {
  local control=$stage/DEBIAN each
  mkdir -p "$control"
  for each in postinst postrm; do
    sed "s/@VERSION@/$version/g" "$from/debian/$each" >"$control/$each"
    chmod 755 "$control/$each"
  done
  (cd "$stage" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >"$control/md5sums")
  sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SHLIBS@/$(shlibs)/" \
    -e "s/@SIZE@/$(du -k -s --apparent-size --exclude=DEBIAN "$stage" | cut -f 1)/" \
    "$from/debian/control.in" >"$control/control"
}

package() {
  want_jdk
  ! stale || want_build
  want git:git dpkg-dev:dpkg-shlibdeps binutils:objdump
  get_ready
  build
  ! stale || die 75 "a program of the last build runs (a broker?), so the changed sources cannot be built: stop it first."
  hold
  SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct)
  export SOURCE_DATE_EPOCH
  arch=$(dpkg --print-architecture)
  version=$(package_version)
  local name=keywarden_${version}_$arch tarball=keywarden-$version-linux-$arch
  umask 022
  rm -rf "$out"
  say "putting $name together"
  runtime
  installation
  system_files
  find "$stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  tar -C "$stage" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
    --transform "s:^\./:$tarball/:S" -c ./usr | gzip -n6 >"$out/$tarball.tar.gz"
  debian
  dpkg-deb -Zgzip --root-owner-group --build "$stage" "$out/$name.deb" >&2
  (cd "$out" && sha256sum "$name.deb" "$tarball.tar.gz")
}
