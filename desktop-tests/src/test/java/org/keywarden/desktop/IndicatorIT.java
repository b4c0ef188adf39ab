package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.testbed.Await;

/** The indicator in a real tray, that of Xfce's panel. */
final class IndicatorIT {
  private static final String TRAY = "org.kde.StatusNotifierWatcher";

  /** One panel at the top of the screen, the tray at its right end. */
  private static final String PANEL =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <channel name="xfce4-panel" version="1.0">
        <property name="configver" type="int" value="2"/>
        <property name="panels" type="array">
          <value type="int" value="1"/>
          <property name="panel-1" type="empty">
            <property name="position" type="string" value="p=6;x=0;y=0"/>
            <property name="length" type="uint" value="100"/>
            <property name="position-locked" type="bool" value="true"/>
            <property name="size" type="uint" value="26"/>
            <property name="plugin-ids" type="array">
              <value type="int" value="1"/>
              <value type="int" value="2"/>
            </property>
          </property>
        </property>
        <property name="plugins" type="empty">
          <property name="plugin-1" type="string" value="separator">
            <property name="expand" type="bool" value="true"/>
          </property>
          <property name="plugin-2" type="string" value="systray"/>
        </property>
      </channel>
      """;

  private Session session;

  @BeforeEach
  void start() throws IOException {
    session = Session.start("indicator");
    session.launch(in -> in.python("gtk3.py"), "keywarden-gtk3");
  }

  @AfterEach
  void end() throws IOException {
    session.close();
  }

  private void startPanel() throws IOException {
    Path settings =
        Files.createDirectories(
            session.desktop.home().resolve("config/xfce4/xfconf/xfce-perchannel-xml"));
    Files.writeString(settings.resolve("xfce4-panel.xml"), PANEL);
    var unused = session.desktop.run("xfce4-panel", "xfce4-panel", "--disable-wm-check");
    awaitIndicator("in the tray");
  }

  private void awaitIndicator(String standing) {
    Await.until(
        standing,
        () -> session.broker.status().getIndicator().equals(standing),
        () -> session.broker.status().getIndicator());
  }

  /** What a program that is started so gets of the menu: its exit status. */
  private int menuFor(String... inside) {
    String item =
        session
            .desktop
            .ask(
                "sh",
                "-c",
                "gdbus call --session --dest "
                    + TRAY
                    + " --object-path /StatusNotifierWatcher"
                    + " --method org.freedesktop.DBus.Properties.Get "
                    + TRAY
                    + " RegisteredStatusNotifierItems | grep -o ':[0-9.]*'")
            .text();
    Stream<String> call =
        Stream.of(
            "gdbus",
            "call",
            "--session",
            "--dest",
            item,
            "--object-path",
            "/MenuBar",
            "--method",
            "com.canonical.dbusmenu.AboutToShow",
            "0");
    String[] command = Stream.concat(Stream.of(inside), call).toArray(String[]::new);
    return session.desktop.ask(command).status();
  }

  @Test
  void aPersonUsesTheMenuInTheTray() throws IOException {
    awaitIndicator("no tray here");
    startPanel();
    session.focusToCompose("text0");
    session.compose("text0", "ka", "か");
    assertEquals(0, menuFor());
    assertNotEquals(0, menuFor("bwrap", "--bind", "/", "/", "--dev-bind", "/dev", "/dev"));
    choose("pause", "Up", "Up", "Up");
    awaitSelected("");
    choose("resume", "Up", "Up", "Up");
    awaitSelected(SampleIme.ID);
    // The last but one: "Never compose in …".
    choose("never", "Up", "Up");
    Await.until(
        "field without an input method",
        () -> {
          session.focus("text1");
          session.focus("text0");
          return session.broker.status().getRoute() == Route.ROUTE_DIRECT;
        },
        session.broker::status);
    assertEquals(
        "you keep input methods out of this application", session.broker.status().getDecidedBy());
    session.desktop.screenshot("kept-out");
  }

  /** Opens the menu, and chooses what these keys lead to. */
  private void choose(String what, String... keys) throws IOException {
    String[] screen = session.desktop.ask("xdotool", "getdisplaygeometry").text().split(" ", -1);
    String x = Integer.toString(Integer.parseInt(screen[0]) - 14);
    // The panel knows of the item some time before it has drawn it.
    Await.until(
        "menu",
        () -> {
          session.desktop.ask("xdotool", "mousemove", x, "13", "click", "1");
          return Await.within(Duration.ofSeconds(3), this::menuIsOpen);
        },
        () -> "no window of the panel's");
    session.desktop.screenshot(what);
    Stream<String> all =
        Stream.of(Stream.of("xdotool", "key"), Stream.of(keys), Stream.of("Return"))
            .flatMap(each -> each);
    session.desktop.ask(all.toArray(String[]::new));
    Await.until("no menu", () -> !menuIsOpen(), () -> "the panel's window");
  }

  private void awaitSelected(String id) {
    Await.until(
        "choice of '" + id + "'",
        () -> session.broker.status().getSelectedPlugin().equals(id),
        session.broker::status);
  }

  /** Whether the panel shows a window that is higher than the panel. */
  private boolean menuIsOpen() {
    return !session
        .desktop
        .ask(
            "sh",
            "-c",
            "for each in $(xdotool search --onlyvisible --class wrapper-2.0); do"
                + " xwininfo -id $each; done | grep -c 'Height: [1-9][0-9][0-9]'")
        .text()
        .equals("0");
  }
}
