package org.keywarden.broker.app;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.keywarden.broker.plugin.sandbox.Isolation;
import org.keywarden.broker.plugin.sandbox.Processes;
import org.keywarden.broker.process.ProcessStarter;

/**
 * How processes are confined on this machine, and whether plugins may run at all.
 *
 * @param starter starts plugins and the trusted keyboard
 * @param description for status and log
 * @param pluginsMayRun whether the user has protection, or has given it up
 */
record Confining(ProcessStarter starter, String description, boolean pluginsMayRun) {
  private static final Path CONFIGURATION = Path.of("/etc");

  /**
   * @param isolation what the machine can do
   * @param allowUnsandboxed whether plugins run even without isolation
   */
  static Confining of(
      Isolation isolation, boolean allowUnsandboxed, Executor starter, Executor seatThread) {
    return switch (isolation) {
      case Isolation.Possible possible ->
          new Confining(
              possible.starter(),
              possible.ownProcessesOnly()
                  ? "bubblewrap, /proc of own processes only"
                  : "bubblewrap, /proc masked",
              true);
      case Isolation.Impossible impossible ->
          new Confining(
              Processes.plain(starter, seatThread),
              "NONE (" + String.join("; ", impossible.reasons()) + ")",
              allowUnsandboxed);
    };
  }

  /** What to tell the operator at start; empty if all is well. */
  List<String> warnings() {
    if (!description.startsWith("NONE")) {
      return List.of();
    }
    return List.of(
        "processes CANNOT be isolated here: " + description,
        pluginsMayRun
            ? "WARNING: plugins run UNSANDBOXED (--allow-unsandboxed); each can read and send what"
                + " it likes"
            : "no plugin is started; 'keywarden doctor' says what to install or set",
        "the trusted keyboard runs without a sandbox");
  }

  /** The command that starts a JVM like this one. */
  static Path java() throws IOException {
    return Path.of(System.getProperty("java.home")).toRealPath().resolve("bin/java");
  }

  /** The directories a JVM reads, for everything that runs on one. */
  static List<Path> javaRuntime() throws IOException {
    List<Path> paths = new ArrayList<>();
    paths.add(Path.of(System.getProperty("java.home")).toRealPath());
    // Debian's JDKs keep their configuration there, behind symbolic links.
    try (DirectoryStream<Path> configurations =
        Files.newDirectoryStream(CONFIGURATION, "java-*-openjdk")) {
      configurations.forEach(paths::add);
    }
    return paths;
  }
}
