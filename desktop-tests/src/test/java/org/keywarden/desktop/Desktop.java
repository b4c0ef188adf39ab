package org.keywarden.desktop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keywarden.testbed.Await;

/** A graphical session: a display, a session bus and a home, all of its own. */
final class Desktop implements AutoCloseable {
  private static final long STOP_SECONDS = 10;

  /** Puts a display into a session that has all else, and says how keys are typed there. */
  interface Display {
    Keyboard start(Desktop desktop) throws IOException;
  }

  private final Path home;
  private final Path output;
  private final String name;
  private final Map<String, String> environment = new TreeMap<>();
  private final List<Process> started = new ArrayList<>();
  private @Nullable Keyboard keyboard;

  private Desktop(Path home, Path output, String name) {
    this.home = home;
    this.output = output;
    this.name = name;
  }

  /**
   * Starts one.
   *
   * @param dist the installed distribution; its {@code bin} comes first on {@code PATH}
   * @param output where logs and screenshots go
   * @param name what they are called by
   */
  static Desktop start(Path dist, Path output, String name, Display display) throws IOException {
    // Short, because a socket's path is 107 bytes at most (unix(7)).
    Desktop desktop = new Desktop(Files.createTempDirectory("kwd"), output, name);
    try {
      desktop.begin(dist);
      desktop.keyboard = display.start(desktop);
      return desktop;
    } catch (IOException | RuntimeException | Error failure) {
      desktop.close();
      throw failure;
    }
  }

  private void begin(Path dist) throws IOException {
    environment.put("PATH", dist.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin");
    environment.put("HOME", directory("home"));
    environment.put("XDG_CONFIG_HOME", directory("config"));
    environment.put("XDG_CACHE_HOME", directory("cache"));
    environment.put("XDG_DATA_HOME", directory("data"));
    environment.put("XDG_STATE_HOME", directory("state"));
    environment.put("XDG_RUNTIME_DIR", directory("run"));
    environment.put("LANG", "C.UTF-8");
    environment.put("LC_ALL", "C.UTF-8");
    // No settings daemon, and no accessibility bus but where it is what is tested.
    environment.put("GSETTINGS_BACKEND", "memory");
    environment.put("NO_AT_BRIDGE", "1");
    environment.put("GTK_A11Y", "none");
    environment.put("GSK_RENDERER", "cairo");
    environment.put("LIBGL_ALWAYS_SOFTWARE", "1");
    environment.put("DBUS_SESSION_BUS_ADDRESS", bus());
    // Whether this machine's own screen is locked is not what is tested.
    environment.put("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + home.resolve("no-system-bus"));
  }

  /** Starts a bus of its own; says where. */
  String bus() throws IOException {
    return firstLine(
        run("dbus-daemon", "dbus-daemon", "--session", "--nofork", "--print-address=1"),
        "dbus-daemon");
  }

  private String directory(String name) throws IOException {
    return Files.createDirectory(
            home.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
        .toString();
  }

  /** What a process writes first. */
  static String firstLine(Process process, String name) throws IOException {
    String line = process.inputReader().readLine();
    if (line == null) {
      throw new IOException(name + " did not start");
    }
    return line.strip();
  }

  /** How keys are typed here. */
  Keyboard keyboard() {
    Keyboard started = keyboard;
    if (started == null) {
      throw new IllegalStateException("the display has not been started");
    }
    return started;
  }

  /** A directory of this session's. */
  Path home() {
    return home;
  }

  /** Where the errors of its processes go. */
  Path logs() {
    return output.resolve("logs").resolve(name);
  }

  /** Sets a variable for what is started from now on. */
  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /** Starts an accessibility bus, as sessions on an X server do; before its applications. */
  void startAccessibilityBus() throws IOException {
    environment.remove("NO_AT_BRIDGE");
    environment.remove("GTK_A11Y");
    var launcher =
        run("at-spi-bus-launcher", "/usr/libexec/at-spi-bus-launcher", "--launch-immediately");
    Answer there = ask("gdbus", "wait", "--session", "--timeout=20", "org.a11y.Bus");
    if (there.status() != 0 || !launcher.isAlive()) {
      throw new IOException("no accessibility bus; see at-spi-bus-launcher.log in " + logs());
    }
  }

  /**
   * Starts a process of this session's; it ends with the session.
   *
   * @param log the file its errors go to
   */
  Process run(String log, String... command) throws IOException {
    return run(log, List.of(command));
  }

  Process run(String log, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.directory(home.toFile());
    builder.redirectError(
        ProcessBuilder.Redirect.appendTo(
            Files.createDirectories(logs()).resolve(log + ".log").toFile()));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /**
   * Runs a tool to its end.
   *
   * @return what it wrote
   * @throws AssertionError if it does not end
   */
  Answer ask(String... command) {
    try {
      Process process = run("tools", command);
      String text =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command[0] + " does not end");
      }
      started.remove(process);
      return new Answer(process.exitValue(), text.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + command[0] + " ran", e);
    }
  }

  /** How a tool ended. */
  record Answer(int status, String text) {}

  /** The version of an installed Debian package, without what Debian added to it. */
  String version(String debianPackage) {
    String version = ask("dpkg-query", "-W", "-f=${Version}", debianPackage).text();
    return version.replaceAll("^[0-9]+:|[-+~].*", "");
  }

  /** Keeps what the screen shows. */
  void screenshot(String of) throws IOException {
    keyboard()
        .screenshot(
            Files.createDirectories(output.resolve("screenshots"))
                .resolve(name + "-" + of + ".png"));
  }

  /** Ends a process and everything it started. */
  static void end(Process process) {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends what was started, the last first, and removes the directories. */
  @Override
  public void close() throws IOException {
    started.reversed().stream().filter(Process::isAlive).forEach(Desktop::end);
    Await.within(java.time.Duration.ofSeconds(STOP_SECONDS), () -> removed(home));
  }

  /** Applications that are just ending may still write there. */
  private static boolean removed(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
      return true;
    } catch (IOException | UncheckedIOException busy) {
      return false;
    }
  }
}
