package org.keywarden.cli.session;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keywarden.cli.setup.DoneSetup;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.admin.v1.Rival;

/**
 * Whether what is typed in this session goes through Keywarden, and what to do where it does not.
 * Each row: name, level, what was found, remedy.
 *
 * @param root of the file system
 * @param environment of whoever asks, which is that of the session
 * @param broker what the broker that runs says, if one does
 * @param library what the broker's program is read from
 */
record SessionCheck(
    Path root, Map<String, String> environment, Optional<GetStatusResponse> broker, Path library) {
  private static final Map<String, String> VARIABLES =
      Map.of("GTK_IM_MODULE", "ibus", "QT_IM_MODULE", "ibus", "XMODIFIERS", "@im=ibus");

  /** A toolkit's library, its module for IBus, and Debian's package of that. */
  private record Toolkit(String name, String library, String module, String remedy) {}

  private static final List<Toolkit> TOOLKITS =
      List.of(
          new Toolkit(
              "GTK 3",
              "libgtk-3.so.0",
              "gtk-3.0/3.0.0/immodules/im-ibus.so",
              "install Debian's package ibus-gtk3"),
          new Toolkit(
              "GTK 4",
              "libgtk-4.so.1",
              "gtk-4.0/4.0.0/immodules/libim-ibus.so",
              "install Debian's package ibus-gtk4"),
          new Toolkit(
              "Qt 5",
              "libQt5Gui.so.5",
              "qt5/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
              "install Qt's plugins of the system (Debian: libqt5gui5)"),
          new Toolkit(
              "Qt 6",
              "libQt6Gui.so.6",
              "qt6/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
              "install Qt's plugins of the system (Debian: libqt6gui6)"));

  List<List<String>> rows() throws IOException {
    DoneSetup setup = DoneSetup.read(environment);
    List<List<String>> rows = new ArrayList<>();
    rows.add(setUp(setup));
    rows.add(variables(setup));
    rows.add(modules());
    rows.add(panel());
    if (broker.isPresent()) {
      rows.add(applications(broker.get()));
      rows.add(portal(broker.get()));
      rows.add(rivals(broker.get()));
      rows.add(restart(broker.get()));
    }
    return rows;
  }

  private static List<String> good(String name, String found) {
    return List.of("session: " + name, "PRESENT", found, "");
  }

  private static List<String> bad(String name, String level, String found, String remedy) {
    return List.of("session: " + name, level, found, remedy);
  }

  private static List<String> setUp(DoneSetup setup) throws IOException {
    String name = "setup";
    if (!setup.any()) {
      return bad(name, "ABSENT", "your sessions are not set up", "keywarden setup");
    }
    List<Path> missing = setup.missing();
    return missing.isEmpty()
        ? good(name, "every file that keywarden setup wrote is there")
        : bad(
            name,
            "ABSENT",
            "not there any more: "
                + missing.stream().map(Path::toString).collect(Collectors.joining(", ")),
            "keywarden doctor --fix");
  }

  private List<String> variables(DoneSetup setup) {
    String name = "variables";
    String wrong =
        VARIABLES.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .filter(each -> !each.getValue().equals(environment.get(each.getKey())))
            .map(
                each -> each.getKey() + " is " + environment.getOrDefault(each.getKey(), "not set"))
            .collect(Collectors.joining(", "));
    if (!wrong.isEmpty()) {
      return bad(
          name,
          "ABSENT",
          wrong,
          setup.any()
              ? "log out and in again; if it stays so, another file of your session sets it"
              : "keywarden setup, then log out and in again");
    }
    return environment.getOrDefault("IBUS_ADDRESS", "").isEmpty()
        ? good(name, "as applications need them")
        : bad(
            name,
            "WEAKER",
            "IBUS_ADDRESS is set: some applications take it for a file, others never see a new"
                + " broker",
            "take it out of the files of your session");
  }

  private List<String> modules() throws IOException {
    String name = "modules";
    List<String> there = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> remedies = new ArrayList<>();
    for (Toolkit each : TOOLKITS) {
      if (inLibraries(each.library())) {
        boolean found = inLibraries(each.module());
        (found ? there : missing).add(each.name());
        if (!found) {
          remedies.add(each.remedy());
        }
      }
    }
    boolean qt = Stream.concat(there.stream(), missing.stream()).anyMatch(t -> t.startsWith("Qt"));
    if (qt && !onPath("ibus-daemon")) {
      missing.add("a program named ibus-daemon on PATH, for Qt");
      remedies.add("keywarden setup, then log out and in again");
    }
    return missing.isEmpty()
        ? good(name, there.isEmpty() ? "no toolkit is installed" : String.join(", ", there))
        : bad(
            name, "ABSENT", "none for: " + String.join(", ", missing), String.join("; ", remedies));
  }

  private boolean inLibraries(String path) throws IOException {
    Path libraries = root.resolve("usr/lib");
    if (Files.exists(libraries.resolve(path))) {
      return true;
    }
    if (!Files.isDirectory(libraries)) {
      return false;
    }
    try (DirectoryStream<Path> triplets = Files.newDirectoryStream(libraries, "*-linux-*")) {
      for (Path each : triplets) {
        if (Files.exists(each.resolve(path))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean onPath(String program) {
    return Stream.of(environment.getOrDefault("PATH", "").split(":"))
        .anyMatch(each -> each.startsWith("/") && Files.isExecutable(Path.of(each, program)));
  }

  private List<String> panel() {
    String name = "panel";
    if (environment.getOrDefault("XDG_CURRENT_DESKTOP", "").contains("GNOME")) {
      return good(name, "GNOME Shell shows candidates");
    }
    boolean there =
        Stream.of("usr/libexec/ibus-ui-gtk3", "usr/lib/ibus/ibus-ui-gtk3")
            .anyMatch(each -> Files.isExecutable(root.resolve(each)));
    return there
        ? good(name, "ibus-ui-gtk3 shows candidates")
        : bad(name, "ABSENT", "nothing shows candidates", "install Debian's package ibus");
  }

  private static List<String> applications(GetStatusResponse now) {
    String name = "applications";
    String words = SessionWords.of(now);
    return words.startsWith("applications find Keywarden")
        ? good(name, words)
        : bad(
            name,
            "ABSENT",
            words,
            now.hasStanding()
                ? "end the other program; or: keywarden run --replace"
                : "run it in your graphical session, without --no-desktop");
  }

  private static List<String> portal(GetStatusResponse now) {
    String name = "portal";
    return now.getStanding().getPortalName()
        ? good(name, "applications of Flatpak and Snap find Keywarden")
        : bad(
            name,
            "ABSENT",
            "applications of Flatpak and Snap do not find Keywarden",
            "end the program that owns org.freedesktop.portal.IBus on the session bus");
  }

  private static List<String> rivals(GetStatusResponse now) {
    String name = "rivals";
    List<Rival> rivals = now.getStanding().getRivalsList();
    return rivals.isEmpty()
        ? good(name, "no other input method's daemon runs")
        : bad(
            name,
            "ABSENT",
            rivals.stream().map(SessionWords::who).collect(Collectors.joining(", ", "", " runs")),
            "end it, and take it out of what your session starts (keywarden setup does so for"
                + " fcitx5)");
  }

  private List<String> restart(GetStatusResponse now) throws IOException {
    String name = "restart";
    Instant newest = Instant.MIN;
    if (Files.isDirectory(library)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(library, "*.jar")) {
        for (Path each : jars) {
          Instant made = Files.getLastModifiedTime(each).toInstant();
          newest = made.isAfter(newest) ? made : newest;
        }
      }
    }
    Optional<Instant> started =
        ProcessHandle.of(now.getPid()).flatMap(each -> each.info().startInstant());
    return started.isPresent() && newest.isAfter(started.get())
        ? bad(
            name,
            "WEAKER",
            "the broker runs what was installed before",
            "end it, and start it again: keywarden run")
        : good(name, "the broker runs what is installed");
  }
}
