package org.keywarden.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.client.process.BrokerCommand;
import org.keywarden.client.process.BrokerProcess;
import org.keywarden.proto.admin.v1.AdminServiceGrpc;
import org.keywarden.proto.admin.v1.ListPluginsRequest;
import org.keywarden.proto.admin.v1.Plugin;
import org.keywarden.proto.admin.v1.PluginState;
import org.keywarden.proto.admin.v1.SelectPluginRequest;

/** A broker process with the kit's policy and puppets. */
final class Broker implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(5);

  private static final String POLICY =
      """
      version: 1
      rules:
        - name: one-second
          when: application.name == "short"
          route: compose
          lifetime_seconds: 1
        - name: no-commit
          when: application.name == "mute"
          route: compose
          rights: [receive_keys, set_preedit]
        - name: everything-else
          route: compose
      """;
  private static final String ALL_RIGHTS =
      "[receive_keys, set_preedit, commit_text, show_candidates, read_surrounding,"
          + " delete_surrounding, forward_key, receive_releases, show_properties]";

  private final BrokerProcess process;
  private final Path runtime;
  private final UnixChannels channels = new UnixChannels();
  private final AdminServiceGrpc.AdminServiceBlockingStub admin;
  private final Path state;
  private final Path dist;
  private final @Nullable Puppeteer a;
  private final @Nullable Puppeteer b;

  private Broker(BrokerProcess process, Path dist, Path runtime, Path state, boolean puppets)
      throws Unsettled {
    this.process = process;
    this.dist = dist;
    this.runtime = runtime;
    this.state = state;
    this.admin = AdminServiceGrpc.newBlockingStub(channels.to(runtime.resolve("admin.sock")));
    this.a = puppets ? puppet("kit.a") : null;
    this.b = puppets ? puppet("kit.b") : null;
  }

  /**
   * Starts a broker that finds the hostile engine, and waits until it and both puppets are ready.
   *
   * @param work a directory of the caller's for state, plugins and logs
   */
  static Broker start(Path dist, Path work) throws IOException, Unsettled {
    EngineKit.install(dist, work);
    return start(EngineKit.surroundings(work), dist, work, true, EngineKit.options(work));
  }

  /**
   * Starts a broker that is expected to refuse its plugins.
   *
   * @param more options
   */
  static Broker startWithoutPlugins(Path dist, Path work, String... more)
      throws IOException, Unsettled {
    return start(List.of(), dist, work, false, List.of(more));
  }

  /**
   * Starts a broker in other surroundings.
   *
   * @param prefix a program that runs the rest of its command line, and its options
   * @param puppets whether they are expected to become ready
   */
  static Broker startWithin(
      List<String> prefix, Path dist, Path work, boolean puppets, String... more)
      throws IOException, Unsettled {
    return start(prefix, dist, work, puppets, List.of(more));
  }

  /**
   * Starts a broker of another user, without plugins that get ready: that user may not be able to
   * isolate them.
   *
   * @param uid whose, -1 for the kit's own
   * @param prefix makes it theirs
   */
  static Broker startAs(int uid, List<String> prefix, Path dist, Path work)
      throws IOException, Unsettled {
    return start(uid, prefix, Files.createDirectories(work), dist, false, List.of());
  }

  private static Broker start(
      List<String> prefix, Path dist, Path work, boolean puppets, List<String> more)
      throws IOException, Unsettled {
    return start(-1, prefix, work, dist, puppets, more);
  }

  private static Broker start(
      int uid, List<String> prefix, Path work, Path dist, boolean puppets, List<String> more)
      throws IOException, Unsettled {
    // Short, because a socket's path is 107 bytes at most (unix(7)).
    Path runtime = Files.createTempDirectory("kw");
    Path plugins = work.resolve("plugins");
    installPuppet(dist, plugins.resolve("a"), "kit.a");
    installPuppet(dist, plugins.resolve("b"), "kit.b");
    Path policy = Files.writeString(work.resolve("policy.yaml"), POLICY);
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        BrokerCommand.of(dist)
            .with(
                List.of(
                    "--runtime-dir",
                    runtime.toString(),
                    "--state-dir",
                    work.resolve("state").toString(),
                    "--plugins",
                    plugins.toString(),
                    "--policy",
                    policy.toString(),
                    "--ime",
                    "kit.a")));
    command.addAll(more);
    if (uid >= 0) {
      own(uid, runtime);
      own(uid, work.resolve("..").normalize());
    }
    BrokerProcess process = BrokerProcess.start(command, work.resolve("broker.log"));
    awaitReady(process);
    try {
      return new Broker(process, dist, runtime, work.resolve("state"), puppets);
    } catch (Unsettled failure) {
      process.kill();
      throw new Unsettled(failure.getMessage() + "; its log: " + process.log(), failure);
    }
  }

  private static void awaitReady(BrokerProcess process) throws Unsettled {
    try {
      process.awaitReady(START);
    } catch (IOException e) {
      process.kill();
      throw new Unsettled(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Kills the broker's child whose command line has this word in it.
   *
   * @throws Unsettled if there is none
   */
  void kill(String word) throws Unsettled {
    List<ProcessHandle> found = processes(word);
    if (found.isEmpty()) {
      throw new Unsettled("no process of the broker's has '" + word + "' in its command line");
    }
    found.forEach(ProcessHandle::destroyForcibly);
  }

  /** The broker's children, near and far, whose command line has this word in it. */
  List<ProcessHandle> processes(String word) {
    return process.descendants(word);
  }

  /** Those of them that are JVMs; what starts one has its command line too. */
  List<ProcessHandle> javaProcesses(String word) {
    return processes(word).stream()
        .filter(each -> each.info().command().map(c -> c.endsWith("/java")).orElse(false))
        .toList();
  }

  long pid() {
    return process.pid();
  }

  /** Makes an input method the one that composes; starts it if it is down. */
  void select(String id) {
    admin().selectPlugin(SelectPluginRequest.newBuilder().setPluginId(id).build());
  }

  private static void installPuppet(Path dist, Path plugin, String id) throws IOException {
    Path lib = Files.createDirectories(plugin.resolve("lib"));
    Path template = dist.resolve("conformance/puppet/manifest.yaml");
    Files.writeString(
        plugin.resolve("manifest.yaml"),
        Files.readString(template).replace("@id@", id).replace("@rights@", ALL_RIGHTS));
    try (Stream<Path> jars = Files.list(dist.resolve("conformance/lib"))) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, lib.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Puppeteer puppet(String id) throws Unsettled {
    Await.until(
        "ready plugin " + id,
        START,
        () -> plugin(id).getState() == PluginState.PLUGIN_STATE_READY,
        () -> plugin(id).getState() + " " + plugin(id).getProblem());
    return new Puppeteer(id, Path.of(plugin(id).getStateDirectory()));
  }

  Plugin plugin(String id) {
    return admin().listPlugins(ListPluginsRequest.getDefaultInstance()).getPluginsList().stream()
        .filter(plugin -> plugin.getId().equals(id))
        .findFirst()
        .orElse(Plugin.getDefaultInstance());
  }

  AdminServiceGrpc.AdminServiceBlockingStub admin() {
    return admin.withDeadlineAfter(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  Path hostSocket() {
    return runtime.resolve("host.sock");
  }

  Path ibusSocket() {
    return runtime.resolve("ibus.sock");
  }

  Path adminSocket() {
    return runtime.resolve("admin.sock");
  }

  /** The socket of each plugin and of the trusted keyboard. */
  List<Path> instanceSockets() {
    try (Stream<Path> all = Files.list(runtime.resolve("i"))) {
      return all.toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Puppeteer a() {
    return Objects.requireNonNull(a, "started without plugins");
  }

  Puppeteer b() {
    return Objects.requireNonNull(b, "started without plugins");
  }

  /** What it was started from. */
  Path dist() {
    return dist;
  }

  /** Where its sockets are. */
  Path runtime() {
    return runtime;
  }

  /** Where it keeps its state. */
  Path state() {
    return state;
  }

  /** Every process the broker started and they started. */
  List<ProcessHandle> descendants() {
    return process.descendants();
  }

  /** Ends the broker, and only it, at once. */
  void kill() {
    process.kill();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Ends the broker as its user would, and waits for its end. */
  void stop() {
    channels.close();
    process.stop(STOP);
  }

  @Override
  public void close() {
    stop();
    delete(runtime);
  }

  private static void own(int uid, Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.toList()) {
        Files.setAttribute(path, "unix:uid", uid);
      }
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot remove " + directory, e);
    }
  }
}
