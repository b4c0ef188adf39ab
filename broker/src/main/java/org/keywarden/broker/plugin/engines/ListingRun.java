package org.keywarden.broker.plugin.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.files.TreeCopy;
import org.keywarden.broker.files.TreeRemoval;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;
import org.keywarden.broker.process.Supervisor;
import org.keywarden.ibus.component.BadComponent;
import org.keywarden.ibus.component.ComponentReader;
import org.keywarden.ibus.component.Words;
import org.keywarden.proto.engine.v1.Variable;

/**
 * Has a component's program list its engines, in a sandbox like that of the engine, for so long
 * only. Its home has copies of what is observed below the engine's, and is gone afterwards.
 */
public final class ListingRun implements EngineDiscovery.Lister {
  private static final long TIME = Duration.ofSeconds(8).toNanos();

  /** A program that prints more is ended by the kernel (setrlimit(2), RLIMIT_FSIZE). */
  private static final long MOST_BYTES = ComponentReader.LARGEST + 1L;

  private static final Confinement.Limits LIMITS =
      new Confinement.Limits(512L << 20, 64, 128, MOST_BYTES);

  /** Of the engine's own files. */
  private static final TreeCopy.Bounds OWN = new TreeCopy.Bounds(1_000, 16L << 20, 16);

  private final Supervisor.Surroundings surroundings;
  private final PluginRoster roster;
  private final Executor seatThread;
  private final Path logs;
  private final EnginePlaces places;

  /**
   * @param logs directory for what else the programs print
   */
  public ListingRun(
      Supervisor.Surroundings surroundings,
      PluginRoster roster,
      Executor seatThread,
      Path logs,
      EnginePlaces places) {
    this.surroundings = surroundings;
    this.roster = roster;
    this.seatThread = seatThread;
    this.logs = logs;
    this.places = places;
  }

  @Override
  public byte[] list(EngineReader.Read read, Path directory)
      throws IOException, BadComponent, InterruptedException {
    Path home = directory.resolve("home");
    Path socket = directory.resolve("none");
    clear(directory);
    Files.createDirectory(home);
    Files.createFile(socket);
    try {
      bring(read, home);
      String how = run(launch(read, home, socket));
      Path output = home.resolve("listing");
      if (!how.isEmpty()) {
        throw new BadComponent(how);
      }
      if (Files.size(output) > ComponentReader.LARGEST) {
        throw new BadComponent("longer than " + ComponentReader.LARGEST / 1024 + " KiB");
      }
      return HeldFile.read(output, ComponentReader.LARGEST);
    } finally {
      clear(directory);
    }
  }

  /** Copies what the engine has of its own, as far as its list may depend on it. */
  private void bring(EngineReader.Read read, Path home) throws IOException {
    for (Path each : Listing.ofHome(read)) {
      try (HeldFile engine = HeldFile.at(places.home(read.id()).toAbsolutePath());
          HeldFile from = engine.below(each)) {
        if (from.facts().isDirectory()) {
          Path made = Files.createDirectories(home.resolve(each));
          try (HeldFile to = HeldFile.at(made)) {
            TreeCopy.copy(from, to, OWN);
          }
        }
      } catch (NoSuchFileException none) {
        continue;
      }
    }
  }

  private static void clear(Path directory) throws IOException {
    try (HeldFile held = HeldFile.at(directory)) {
      for (String each : List.of("home", "none")) {
        if (Files.exists(directory.resolve(each))) {
          TreeRemoval.remove(held, Path.of(each));
        }
      }
    }
  }

  private Launch launch(EngineReader.Read read, Path home, Path socket) throws BadComponent {
    Map<String, String> environment = new HashMap<>();
    for (Variable each : read.profile().profile().getEnvironmentList()) {
      environment.put(each.getName(), each.getValue().replace("${home}", home.toString()));
    }
    environment.put("HOME", home.toString());
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" >\"$0\""));
    command.add(home.resolve("listing").toString());
    command.addAll(Words.of(read.component().lister()));
    return new Launch(
        "the list of " + read.id(),
        command,
        environment,
        home,
        logs.resolve(read.id() + ".listing.log"),
        new Confinement(read.data(), read.programs(), List.of(), home, socket, LIMITS, Set.of()));
  }

  /** Runs to the end; returns why it was ended, or nothing. */
  private String run(Launch launch) throws IOException, InterruptedException {
    CompletableFuture<String> end = new CompletableFuture<>();
    seatThread.execute(() -> begin(launch, end));
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void begin(Launch launch, CompletableFuture<String> end) {
    String[] ended = {""};
    ProcessStarter.@Nullable Running[] running = {null};
    ProcessStarter.Running process =
        surroundings
            .starter()
            .start(
                launch,
                new ProcessStarter.Listener() {
                  @Override
                  public void started(ProcessStarter.Identity identity) {}

                  @Override
                  public void ended(String how) {
                    ProcessStarter.Running own = running[0];
                    if (own != null) {
                      roster.farewell(own);
                    }
                    end.complete(ended[0]);
                  }
                });
    running[0] = process;
    roster.welcome(process);
    surroundings.schedule(
        TIME,
        () -> {
          if (!end.isDone()) {
            ended[0] = "took longer than " + TIME / 1_000_000_000 + " s";
            process.kill();
          }
        });
  }
}
