package org.keywarden.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keywarden.testbed.Await;

/** The candidate window of a panel that the broker has started. */
final class PanelWindow {
  private static final Pattern LINES = Pattern.compile("\n");
  private static final String PROGRAM = "ibus-ui-gtk3";

  private final Session session;
  private final ProcessHandle process;

  private PanelWindow(Session session, ProcessHandle process) {
    this.session = session;
    this.process = process;
  }

  /** Waits until the broker has started a panel. */
  static PanelWindow of(Session session) {
    Await.until("panel", () -> find(session).isPresent(), session.broker::status);
    return new PanelWindow(session, find(session).orElseThrow());
  }

  private static Optional<ProcessHandle> find(Session session) {
    return ProcessHandle.of(session.broker.status().getPid())
        .flatMap(
            broker ->
                broker
                    .children()
                    .filter(each -> each.info().command().orElse("").endsWith(PROGRAM))
                    .findFirst());
  }

  /** Ends its process with SIGKILL, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Windows of the panel's process that can be seen. */
  List<String> windows() {
    String found =
        session
            .desktop
            .ask("xdotool", "search", "--all", "--onlyvisible", "--pid", "" + process.pid())
            .text();
    return found.isEmpty() ? List.of() : List.of(LINES.split(found));
  }

  void awaitShown() {
    Await.until("candidate window", () -> !windows().isEmpty(), session.ime::seen);
  }

  void awaitHidden() {
    Await.until("no candidate window", () -> windows().isEmpty(), this::windows);
  }

  /** How many colours it shows. */
  int colours() throws IOException {
    Path picture = session.desktop.home().resolve("panel.png");
    session.desktop.ask("import", "-window", windows().getFirst(), picture.toString());
    int colours =
        Integer.parseInt(
            session.desktop.ask("identify", "-format", "%k", picture.toString()).text());
    Files.delete(picture);
    return colours;
  }

  /** Clicks into a row; the first is 0. */
  void clickRow(int row) {
    String window = windows().getFirst();
    session.desktop.ask(
        "xdotool", "mousemove", "--window", window, "70", "" + (10 + 21 * row), "click", "1");
  }
}
