package org.keywarden.cli.ime;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.cli.broker.BrokerTool;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import org.keywarden.client.process.BrokerProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compose with an input method while you write it: it is started anew when its files change. */
@Command(
    name = "watch",
    description =
        "Compose with an input method while you write it: in its sandbox, started anew when its"
            + " files change. What it prints is shown. Ends with Ctrl-C.",
    mixinStandardHelpOptions = true)
final class ImeWatchCommand implements Callable<Integer> {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(10);

  /**
   * Between two looks at the files: soon enough for somebody who saved one. The JDK's own watch is
   * of single directories, and misses what lies in new ones.
   */
  private static final Duration LOOK = Duration.ofMillis(300);

  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "DIR", description = "Its directory, with manifest.yaml in it.")
  private Path directory = Path.of("");

  @Option(
      names = "--runtime-dir",
      paramLabel = "DIR",
      description = "Sockets of its broker (default: $$XDG_RUNTIME_DIR/keywarden).")
  private @Nullable Path runtimeDirectory;

  @Option(names = "--no-desktop", description = "Do not become the session's input method.")
  private boolean noDesktop;

  private @Nullable Path log;
  private long shown;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BrokerLaunch launch = BrokerLaunch.below(System.getProperty("keywarden.home"));
    Path source = directory.toAbsolutePath().normalize();
    if (!Files.isDirectory(source)) {
      throw new Failure(Exit.NO_INPUT, source + " is no directory");
    }
    Path work = Files.createTempDirectory("keywarden-watch");
    Files.createSymbolicLink(
        Files.createDirectory(work.resolve("plugins")).resolve("watched"), source);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> remove(work)));
    while (true) {
      once(launch, source, work);
    }
  }

  /** From one change of the files to the next. */
  private void once(BrokerLaunch launch, Path source, Path work)
      throws IOException, InterruptedException {
    SourceLook before = settled(source);
    BrokerTool judged = BrokerTool.ask(launch, List.of("lint", source.toString()));
    if (judged.status() != 0) {
      judged.rows().forEach(row -> output.println(String.join(" ", row)));
      output.println("waiting for a change");
      awaitChange(source, before);
      return;
    }
    String id = judged.value("id");
    try (BrokerProcess broker =
        BrokerProcess.start(launch.command(arguments(work, id)), work.resolve("broker.log"))) {
      Thread hook = Thread.ofPlatform().unstarted(() -> broker.stop(STOP));
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        broker.awaitReady(START);
        output.println(id + " runs; watching " + source);
        log = work.resolve("state/logs").resolve(id + ".log");
        awaitChange(source, before);
        output.println("changed: starting it anew");
      } catch (IOException e) {
        output.println(String.valueOf(e.getMessage()));
        output.println("waiting for a change");
        awaitChange(source, before);
      } finally {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
    show();
  }

  private List<String> arguments(Path work, String id) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--state-dir",
                work.resolve("state").toString(),
                "--plugins",
                work.resolve("plugins").toString(),
                "--ime",
                id,
                "--desktop",
                noDesktop ? "no" : "yes"));
    if (runtimeDirectory != null) {
      arguments.addAll(List.of("--runtime-dir", runtimeDirectory.toAbsolutePath().toString()));
    }
    return arguments;
  }

  /** An editor writes several files, or one in several steps. */
  private SourceLook settled(Path source) throws InterruptedException {
    SourceLook before = SourceLook.at(source);
    Thread.sleep(LOOK);
    SourceLook now = SourceLook.at(source);
    while (!now.equals(before)) {
      before = now;
      Thread.sleep(LOOK);
      now = SourceLook.at(source);
    }
    return now;
  }

  private void awaitChange(Path source, SourceLook before)
      throws IOException, InterruptedException {
    while (SourceLook.at(source).equals(before)) {
      show();
      Thread.sleep(LOOK);
    }
  }

  /** What it printed since the last time. Its log begins anew when it is full. */
  private void show() throws IOException {
    if (log == null || !Files.exists(log)) {
      return;
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      shown = file.length() < shown ? 0 : shown;
      byte[] more = new byte[(int) (file.length() - shown)];
      file.seek(shown);
      file.readFully(more);
      shown += more.length;
      new String(more, StandardCharsets.UTF_8).lines().forEach(output::println);
    }
  }

  private static void remove(Path work) {
    try (Stream<Path> all = Files.walk(work)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException stillWritten) {
      // The broker may be ending beside this; what is left lies below the temporary directory.
    }
  }
}
