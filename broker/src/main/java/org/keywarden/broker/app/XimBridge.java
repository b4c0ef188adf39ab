package org.keywarden.broker.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.plugin.sandbox.Companion;
import org.keywarden.broker.process.Backoff;

/**
 * Keeps IBus's bridge for programs that speak X's own input method protocol running, where the
 * session names IBus as its input method ({@code XMODIFIERS}). The bridge ends with the broker it
 * is connected to, so whoever serves the session starts the next one. Safe in any thread.
 */
final class XimBridge {
  /** Where distributions have it. */
  private static final List<Path> PROGRAMS =
      Stream.of("/usr/libexec/ibus-x11", "/usr/lib/ibus/ibus-x11", "/usr/lib/ibus-x11")
          .map(Path::of)
          .toList();

  private static final String NAME = "ibus-x11";
  private static final String DISPLAY = "DISPLAY";

  private static final List<String> VARIABLES =
      List.of(DISPLAY, "XAUTHORITY", "HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR");

  private final Map<String, String> environment;
  private final Path proc;
  private final Backoff backoff;
  private final Consumer<String> report;
  private @Nullable Process own;
  private boolean over;

  /**
   * @param proc where proc is mounted
   * @param report takes a sentence for the user
   */
  XimBridge(Map<String, String> environment, Path proc, Backoff backoff, Consumer<String> report) {
    this.environment = Map.copyOf(environment);
    this.proc = proc;
    this.backoff = backoff;
    this.report = report;
  }

  /**
   * Begins, if the session wants one.
   *
   * @param address of the door
   */
  void begin(String address) {
    Optional<Path> program = PROGRAMS.stream().filter(Files::isExecutable).findFirst();
    boolean wanted =
        !display().isEmpty() && environment.getOrDefault("XMODIFIERS", "").contains("@im=ibus");
    if (wanted && program.isPresent()) {
      Thread.ofPlatform()
          .daemon()
          .name("bridge")
          .start(() -> keep(List.of(program.get().toString()), variables(address)));
    }
  }

  private String display() {
    return environment.getOrDefault(DISPLAY, "");
  }

  private Map<String, String> variables(String address) {
    Map<String, String> chosen = new HashMap<>();
    for (String name : VARIABLES) {
      String value = environment.get(name);
      if (value != null) {
        chosen.put(name, value);
      }
    }
    chosen.put("IBUS_ADDRESS", address);
    // It writes text in its locale's characters; what these lack would vanish.
    chosen.put("LC_ALL", "C.UTF-8");
    return chosen;
  }

  private void keep(List<String> command, Map<String, String> variables) {
    try {
      while (true) {
        Optional<ProcessHandle> running = running();
        backoff.started(System.nanoTime());
        ProcessHandle bridge =
            running.isPresent() ? running.get() : start(command, variables).toHandle();
        var unused = bridge.onExit().join();
        OptionalLong delay = backoff.died(System.nanoTime());
        if (isOver()) {
          return;
        }
        TimeUnit.NANOSECONDS.sleep(delay.orElseThrow());
      }
    } catch (IOException e) {
      report.accept("cannot start " + command.getFirst() + ": " + e.getMessage());
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Process start(List<String> command, Map<String, String> variables)
      throws IOException {
    if (over) {
      throw new IOException("the broker ends");
    }
    Process started = Companion.startApart(command, variables);
    own = started;
    return started;
  }

  private synchronized boolean isOver() {
    return over;
  }

  /** One that serves this display, whoever has started it. */
  private Optional<ProcessHandle> running() {
    return ProcessHandle.allProcesses().filter(this::serves).findFirst();
  }

  private boolean serves(ProcessHandle process) {
    Path directory = proc.resolve(Long.toString(process.pid()));
    try {
      return Files.readString(directory.resolve("comm")).strip().equals(NAME)
          && ("\0" + Files.readString(directory.resolve("environ")))
              .contains("\0" + DISPLAY + "=" + display() + "\0");
    } catch (IOException goneOrAnotherUsers) {
      return false;
    }
  }

  /** Ends one of ours. */
  synchronized void end() {
    over = true;
    if (own != null) {
      own.destroy();
    }
  }
}
