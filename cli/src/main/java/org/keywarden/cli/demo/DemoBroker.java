package org.keywarden.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.client.process.BrokerProcess;
import org.keywarden.hardening.Installation;
import org.keywarden.hardening.JvmOptions.Program;
import org.keywarden.proto.admin.v1.AdminServiceGrpc;
import org.keywarden.proto.admin.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.admin.v1.Grant;
import org.keywarden.proto.admin.v1.ListGrantsRequest;
import org.keywarden.proto.admin.v1.ListPluginsRequest;
import org.keywarden.proto.admin.v1.PluginState;
import org.keywarden.proto.admin.v1.SelectPluginRequest;

/** A real broker with directories of its own, for the time of the demonstration. */
final class DemoBroker implements AutoCloseable {
  static final String ROMAJI = "org.keywarden.romaji";
  static final String HOSTILE = "demo.hostile";
  static final String ROMAJI_MAIN = "org.keywarden.sample.romaji.Main";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Writing a start cache is part of the stop. */
  private static final Duration STOP = Duration.ofSeconds(120);

  /** For one that was no use, whose start cache would be none either. */
  private static final Duration USELESS_STOP = Duration.ofSeconds(5);

  private static final Duration ASK_AGAIN = Duration.ofMillis(20);
  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Path directory;
  private final BrokerProcess process;
  private final UnixChannels channels;
  private final AdminServiceBlockingStub admin;

  private DemoBroker(Path directory, BrokerProcess process, UnixChannels channels) {
    this.directory = directory;
    this.process = process;
    this.channels = channels;
    this.admin = AdminServiceGrpc.newBlockingStub(channels.to(directory.resolve("run/admin.sock")));
  }

  /**
   * Starts a broker with the romaji and the hostile input method, and waits until both and the
   * trusted keyboard are ready.
   */
  static DemoBroker start(Path home, Path directory) throws IOException {
    writePlugins(home, directory.resolve("plugins"));
    return startWith(directory, BrokerLaunch.below(home.toString())::command, ROMAJI);
  }

  /** Starts a broker with the romaji input method as installed, which keeps no diary. */
  static DemoBroker startUntold(Path home, Path directory) throws IOException {
    return startUntold(
        home, directory, BrokerLaunch.below(home.toString())::command, UnaryOperator.identity());
  }

  /**
   * @param launch makes the broker's command of its arguments
   * @param manifest makes the input method's manifest of the installed one
   */
  static DemoBroker startUntold(
      Path home, Path directory, UnaryOperator<List<String>> launch, UnaryOperator<String> manifest)
      throws IOException {
    Path installed = new Installation(home).plugins().resolve(ROMAJI);
    Path romaji = Files.createDirectories(directory.resolve("plugins").resolve(ROMAJI));
    Files.writeString(
        romaji.resolve("manifest.yaml"),
        manifest.apply(Files.readString(installed.resolve("manifest.yaml"))));
    copyJars(installed.resolve("lib"), romaji);
    return startWith(directory, launch, ROMAJI);
  }

  /**
   * Starts a broker with the input methods that are in its directory, and waits until all of them
   * are ready.
   *
   * @param directory has {@code plugins}
   * @param ime the id of the one that composes
   */
  static DemoBroker startWith(Path directory, UnaryOperator<List<String>> launch, String ime)
      throws IOException {
    List<String> command =
        launch.apply(
            List.of(
                "--runtime-dir",
                directory.resolve("run").toString(),
                "--state-dir",
                directory.resolve("state").toString(),
                "--plugins",
                directory.resolve("plugins").toString(),
                "--ime",
                ime));
    Path log = directory.resolve("broker.log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(log.toFile())
            .start();
    DemoBroker broker =
        new DemoBroker(directory, new BrokerProcess(process, log), new UnixChannels());
    boolean ready = false;
    try {
      broker.awaitReady();
      ready = true;
      return broker;
    } finally {
      if (!ready) {
        broker.end(USELESS_STOP);
      }
    }
  }

  private void awaitReady() throws IOException {
    process.awaitReady(PATIENCE);
    await("the input methods and the trusted keyboard to be ready", () -> hopeless() || allReady());
    if (hopeless()) {
      throw new IOException("an input method cannot run; the broker says: " + process.log());
    }
  }

  /**
   * The romaji input method as installed, told to keep a diary of the keys it sees; and the hostile
   * one.
   */
  private static void writePlugins(Path home, Path plugins) throws IOException {
    Path romaji = Files.createDirectories(plugins.resolve(ROMAJI));
    Path installed = new Installation(home).plugins().resolve(ROMAJI);
    String manifest = Files.readString(installed.resolve("manifest.yaml"));
    Files.writeString(
        romaji.resolve("manifest.yaml"),
        manifest.replace(
            "  - \"${java}\"",
            """
              - /usr/bin/env
              - KEYWARDEN_SAMPLE_RECORD=${state}/diary
              - "${java}"\
            """));
    copyJars(installed.resolve("lib"), romaji);
    Path hostile = Files.createDirectories(plugins.resolve(HOSTILE));
    StringBuilder flags = new StringBuilder();
    JVM.forEach(flag -> flags.append("  - \"").append(flag).append("\"\n"));
    Files.writeString(
        hostile.resolve("manifest.yaml"),
        """
        id: %s
        name: Hostile
        version: "1"
        exec:
          - "${java}"
        %s  - "-Xmx48m"
          - "-cp"
          - "${plugin}/lib/*"
          - "%s"
          - "${state}/diary"
        rights: [receive_keys, set_preedit, commit_text, show_candidates]
        """
            .formatted(HOSTILE, flags, HostileIme.class.getName()));
    copyJars(new Installation(home).library(Program.COMMAND_LINE), hostile);
  }

  /** A plugin sees its own directory only, and no link out of it. */
  private static void copyJars(Path from, Path plugin) throws IOException {
    Path lib = Files.createDirectories(plugin.resolve("lib"));
    try (Stream<Path> jars = Files.list(from)) {
      for (Path jar : jars.toList()) {
        // A start cache is for files of that time only.
        Files.copy(jar, lib.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private boolean allReady() {
    return admin.getStatus(GetStatusRequest.getDefaultInstance()).getTrustedKeyboardReady()
        && states()
            .allMatch(
                state ->
                    state == PluginState.PLUGIN_STATE_READY
                        // It starts when it is needed.
                        || state == PluginState.PLUGIN_STATE_STOPPED);
  }

  /** Whether an input method stays down whatever is waited for. */
  private boolean hopeless() {
    return states()
        .anyMatch(
            state ->
                state == PluginState.PLUGIN_STATE_REFUSED
                    || state == PluginState.PLUGIN_STATE_QUARANTINED);
  }

  private Stream<PluginState> states() {
    return admin.listPlugins(ListPluginsRequest.getDefaultInstance()).getPluginsList().stream()
        .map(plugin -> plugin.getState());
  }

  /** Asks until it is so. */
  void await(String what, BooleanSupplier so) throws IOException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!so.getAsBoolean()) {
        if (System.nanoTime() > until || process.waitFor(ASK_AGAIN)) {
          throw new IOException(
              "waited in vain for " + what + "; the broker says: " + process.log());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + what, e);
    }
  }

  long pid() {
    return process.pid();
  }

  AdminServiceGrpc.AdminServiceBlockingStub admin() {
    return admin;
  }

  ScriptedApplication application(String name) {
    return new ScriptedApplication(channels.to(directory.resolve("run/host.sock")), name);
  }

  void select(String plugin) {
    var unused = admin.selectPlugin(SelectPluginRequest.newBuilder().setPluginId(plugin).build());
  }

  List<Grant> grants() {
    return admin.listGrants(ListGrantsRequest.getDefaultInstance()).getGrantsList();
  }

  /** What an input method wrote down itself, line by line. */
  List<String> diary(String plugin) throws IOException {
    Path diary = directory.resolve("state/plugins").resolve(plugin).resolve("diary");
    return Files.exists(diary) ? Files.readAllLines(diary) : List.of();
  }

  /**
   * Asks an input method's process to end, as a service manager would, and waits for it.
   *
   * @param main its main class
   */
  void endInputMethod(String main) throws IOException {
    List<ProcessHandle> ended =
        process.descendants(main).stream().filter(DemoBroker::isJvm).toList();
    ended.forEach(ProcessHandle::destroy);
    await("the input method to end", () -> ended.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** What starts one has its command line too. */
  private static boolean isJvm(ProcessHandle each) {
    return BrokerProcess.commandLine(each).split("\0", 2)[0].endsWith("/java");
  }

  @Override
  public void close() {
    end(STOP);
  }

  /** Asks the broker to stop, and kills it if it has not by then. */
  private void end(Duration patience) {
    channels.close();
    process.stop(patience);
  }
}
