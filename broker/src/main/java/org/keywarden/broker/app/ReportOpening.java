package org.keywarden.broker.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.plugin.sandbox.Companion;
import org.keywarden.hardening.Installation;
import org.keywarden.hardening.JvmOptions.Program;

/** Has the audit report written, and shown by the user's browser. One at a time. */
final class ReportOpening implements Runnable {
  /** The page is shown too if it says that the log does not hold: status 1. */
  private static final String SCRIPT =
      """
      page=$1
      shift
      "$@"
      [ $? -le 1 ] && exec xdg-open "$page"
      """;

  private final Installation installation;
  private final Path state;
  private final Path page;
  private final Map<String, String> environment;
  private final Consumer<String> report;
  private @Nullable Process last;

  /**
   * @param state where the log is
   * @param page to be written
   * @param environment of the broker
   * @param report takes a sentence for the user
   */
  ReportOpening(
      Installation installation,
      Path state,
      Path page,
      Map<String, String> environment,
      Consumer<String> report) {
    this.installation = installation;
    this.state = state;
    this.page = page;
    this.environment = Map.copyOf(environment);
    this.report = report;
  }

  @Override
  public void run() {
    if (last != null && last.isAlive()) {
      return;
    }
    try {
      last = Companion.startApart(command(), PanelSession.chosen(environment));
    } catch (IOException e) {
      report.accept("cannot write the audit report: " + e.getMessage());
    }
  }

  private List<String> command() throws IOException {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "keywarden-report", page.toString()));
    command.addAll(installation.jvm().command(Confining.java(), Program.COMMAND_LINE));
    command.addAll(
        List.of(
            "-Dkeywarden.home=" + installation.home(),
            "-cp",
            installation.classPath(Program.COMMAND_LINE),
            "org.keywarden.cli.Main",
            "audit",
            "report",
            "--state-dir",
            state.toString(),
            "--out",
            page.toString()));
    return command;
  }
}
