package org.keywarden.cli.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which files a session needs.
 *
 * @param steps in the order in which they are done
 * @param notes what only the person can do
 */
record SetupPlan(List<SetupStep> steps, List<String> notes) {
  private static final String PLAIN = "rw-r--r--";
  private static final List<String> VARIABLES =
      List.of("GTK_IM_MODULE=ibus", "QT_IM_MODULE=ibus", "XMODIFIERS=@im=ibus");
  private static final String HEAD =
      "# Written by keywarden setup; taken back by: keywarden setup --undo\n";
  private static final String GNOME_UNIT = "org.freedesktop.IBus.session.GNOME.service";
  private static final String FCITX = "org.fcitx.Fcitx5.desktop";

  /**
   * What a plan depends on.
   *
   * @param root of the file system
   * @param environment of the session, for the XDG base directories
   * @param launcher the keywarden command, absolute
   * @param programs the directory of the program named ibus-daemon that comes with Keywarden
   */
  record Place(
      Path root,
      Map<String, String> environment,
      Path launcher,
      Path programs,
      DesktopKind desktop) {
    Path home() {
      return Path.of(environment.getOrDefault("HOME", "/"));
    }

    Path configuration() {
      String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
      return xdg.isEmpty() ? home().resolve(".config") : Path.of(xdg);
    }

    boolean has(String path) {
      return Files.exists(root.resolve(path));
    }

    boolean onPath(String program) {
      return Stream.of(environment.getOrDefault("PATH", "").split(":"))
          .filter(each -> each.startsWith("/"))
          .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }
  }

  static SetupPlan of(Place place) {
    List<SetupStep> steps = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    boolean imConfig =
        place.desktop() == DesktopKind.X11 && place.has("usr/share/im-config/xinputrc.common");
    boolean packaged = imConfig && place.has("usr/share/im-config/data/29_keywarden.rc");
    if (imConfig) {
      steps.add(
          SetupStep.whole(
                  place.home().resolve(".xinputrc"),
                  FileState.file(
                      PLAIN,
                      HEAD + (packaged ? "run_im keywarden" : String.join("\n", VARIABLES)) + "\n"),
                  packaged
                      ? "im-config chooses Keywarden, and starts it"
                      : "variables of the session, where im-config looks")
              .orInsteadOf(SetupPlan::isOfImConfig));
    } else {
      steps.add(
          SetupStep.whole(
              place.configuration().resolve("environment.d/60-keywarden.conf"),
              FileState.file(PLAIN, HEAD + String.join("\n", environment(place)) + "\n"),
              "variables of the session, where systemd looks"));
      if (place.desktop() == DesktopKind.X11) {
        steps.add(
            SetupStep.lines(
                place.home().resolve(".xprofile"),
                "export " + String.join(" ", VARIABLES) + "\n",
                "variables of the session, where the display manager looks"));
      }
    }
    if (!packaged) {
      steps.addAll(start(place, notes));
    }
    if (place.has("etc/xdg/autostart/" + FCITX)) {
      steps.add(
          SetupStep.whole(
              place.configuration().resolve("autostart").resolve(FCITX),
              FileState.file(PLAIN, HEAD + "[Desktop Entry]\nType=Application\nHidden=true\n"),
              "fcitx5, which would end Keywarden, is not started"));
    }
    if (place.desktop() == DesktopKind.PLASMA) {
      notes.add(
          "Plasma on Wayland may have another input method set as virtual keyboard (kwinrc); choose"
              + " None in System Settings, Keyboard, Virtual Keyboard");
    }
    notes.add("log out and in again; then see: keywarden doctor");
    return new SetupPlan(List.copyOf(steps), List.copyOf(notes));
  }

  private static boolean isOfImConfig(FileState state) {
    return state instanceof FileState.Regular file
        && file.text().startsWith("# im-config(8) generated");
  }

  private static List<String> environment(Place place) {
    List<String> lines = new ArrayList<>(VARIABLES);
    if (!place.onPath("ibus-daemon")) {
      // Qt uses IBus only if a program of this name can be found.
      lines.add("PATH=" + place.programs() + ":$PATH");
    }
    return lines;
  }

  private static List<SetupStep> start(Place place, List<String> notes) {
    Path units = place.configuration().resolve("systemd/user");
    switch (place.desktop()) {
      case GNOME -> {
        if (place.has("usr/lib/systemd/user/" + GNOME_UNIT)) {
          return List.of(
              SetupStep.whole(
                  units.resolve(GNOME_UNIT + ".d/keywarden.conf"),
                  FileState.file(
                      PLAIN,
                      HEAD
                          + "[Service]\nExecStart=\nExecStart=\""
                          + place.launcher()
                          + "\" run\nDelegate=yes\n"),
                  "GNOME starts Keywarden where it would start ibus-daemon"));
        }
        return unit(place, units);
      }
      case PLASMA -> {
        return unit(place, units);
      }
      case SWAY -> {
        notes.add(
            "add this line to the configuration of sway, which starts nothing else: exec \""
                + place.launcher()
                + "\" run");
        return List.of();
      }
      case X11 -> {
        return List.of(
            SetupStep.whole(
                place.configuration().resolve("autostart/keywarden.desktop"),
                FileState.file(
                    PLAIN,
                    HEAD
                        + "[Desktop Entry]\nType=Application\nName=Keywarden\nExec=\""
                        + place.launcher()
                        + "\" run\n"),
                "Keywarden starts with the session"));
      }
    }
    throw new IllegalStateException();
  }

  /** The package ships the unit, a checkout has none. */
  private static List<SetupStep> unit(Place place, Path units) {
    String name = "keywarden.service";
    String shipped = "usr/lib/systemd/user/" + name;
    List<SetupStep> steps = new ArrayList<>();
    Path unit = place.has(shipped) ? place.root().resolve(shipped) : units.resolve(name);
    if (!place.has(shipped)) {
      steps.add(
          SetupStep.whole(
              unit,
              FileState.file(
                  PLAIN,
                  HEAD
                      + """
                      [Unit]
                      Description=Keywarden, the input method of the session
                      PartOf=graphical-session.target
                      After=graphical-session-pre.target

                      [Service]
                      ExecStart="%s" run
                      Delegate=yes

                      [Install]
                      WantedBy=graphical-session.target
                      """
                          .formatted(place.launcher())),
              "how systemd starts Keywarden"));
    }
    steps.add(
        SetupStep.whole(
            units.resolve("graphical-session.target.wants").resolve(name),
            new FileState.Link(unit.toString()),
            "Keywarden starts with the session"));
    return steps;
  }
}
