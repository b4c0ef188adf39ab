package org.keywarden.conformance;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.keywarden.conformance.stranger.Stranger;

/**
 * The kit's hand on a stranger. It runs at a lower priority: what any program does to the machine
 * by computing is none of the broker's doing, and is not to be taken for it.
 */
final class StrangerProcess implements Siege.Attacker {
  private static final String NICE = "5";

  /** Misdeeds of those that say they have the focus. */
  private static final Set<String> FOCUSED =
      Set.of("texts", "portal", "destroyed", "terminals", "stalled-root");

  /** Of those that need to be root in namespaces of their own (unshare(1)). */
  private static final Map<String, List<String>> UNSHARED =
      Map.of("stalled-root", List.of("unshare", "-Urm"));

  private final Process process;
  private final boolean takesFocus;
  private volatile String done = "";
  private volatile boolean ended;

  private StrangerProcess(Process process, boolean takesFocus) {
    this.process = process;
    this.takesFocus = takesFocus;
    Thread.ofVirtual().start(this::read);
  }

  /**
   * Starts one.
   *
   * @param misdeed and the numbers it takes
   */
  static StrangerProcess start(Fixture f, String misdeed, Path socket, int... numbers) {
    String[] arguments = new String[numbers.length + 1];
    arguments[0] = socket.toString();
    for (int i = 0; i < numbers.length; i++) {
      arguments[i + 1] = Integer.toString(numbers[i]);
    }
    return start(f.dist(), f.length(), misdeed, arguments);
  }

  static StrangerProcess start(Path dist, Length length, String misdeed, String... arguments) {
    List<String> command = new ArrayList<>(List.of("nice", "-n", NICE));
    command.addAll(UNSHARED.getOrDefault(misdeed, List.of()));
    command.addAll(
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-Dkeywarden.stranger.seconds=" + length.most().toSeconds(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            dist.resolve("conformance/lib") + "/*",
            Stranger.class.getName(),
            misdeed));
    command.addAll(List.of(arguments));
    try {
      return new StrangerProcess(
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(new File("/dev/null")))
              .start(),
          FOCUSED.contains(misdeed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith(Stranger.DONE)) {
          done = line.substring(Stranger.DONE.length());
        }
        line = lines.readLine();
      }
    } catch (IOException gone) {
      ended = true;
    }
    ended = true;
  }

  /** Whether it has done what it was started for, or was kept from it. */
  @Override
  public boolean finished() {
    return !done.isEmpty() || ended;
  }

  @Override
  public boolean takesFocus() {
    return takesFocus;
  }

  /** How much it got away with; of what, depends on the misdeed. */
  @Override
  public long gotAwayWith() {
    return done.isEmpty() ? 0 : Long.parseLong(done);
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException gone) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
