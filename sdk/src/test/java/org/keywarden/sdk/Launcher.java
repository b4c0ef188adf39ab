package org.keywarden.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.keywarden.ime.InProcess;

/** Starts an SDK's script. */
interface Launcher {
  /** Starts it; what it prints goes into the log. */
  Started start(Map<String, String> environment, Path log) throws IOException;

  /**
   * A script that runs.
   *
   * @param exit its status, once it has ended
   * @param kill ends it
   */
  record Started(CompletableFuture<Integer> exit, Runnable kill) {}

  /** A process. */
  static Launcher of(String... command) {
    return (environment, log) -> {
      ProcessBuilder builder = new ProcessBuilder(List.of(command));
      builder.environment().putAll(environment);
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      return new Started(process.onExit().thenApply(Process::exitValue), process::destroyForcibly);
    };
  }

  /** The same, where this directory is there; {@code how} says how it comes to be. */
  static Launcher where(Path directory, String how, Launcher launcher) {
    return (environment, log) -> {
      if (!Files.isDirectory(directory)) {
        throw new IOException(directory + " is not there: " + how);
      }
      return launcher.start(environment, log);
    };
  }

  /** Java's, on a thread. */
  static Launcher ofJava() {
    return (environment, log) -> {
      PrintStream out = new PrintStream(new FileOutputStream(log.toFile()), true, UTF_8);
      CompletableFuture<Integer> exit = new CompletableFuture<>();
      Thread.ofPlatform()
          .daemon()
          .start(() -> exit.complete(InProcess.serve(new Script()::begin, environment, out)));
      return new Started(exit, out::close);
    };
  }
}
