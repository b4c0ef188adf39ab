package org.keywarden.broker.plugin;

import io.grpc.ServerServiceDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;
import org.keywarden.broker.process.Supervisor;
import org.keywarden.broker.seat.PluginInstance;

/** The plugins known to the broker, each with its supervisor. */
public final class PluginRoster implements Frost.Plugins {
  private final Map<String, Plugin> plugins = new LinkedHashMap<>();
  private final PluginGateway gateway;
  private final Path stateRoot;
  private final Path java;
  private final Path logs;
  private final List<Path> runtime;
  private final Witness witness;
  private @Nullable Frost frost;

  /** Told of what is done to plugins, on the seat's thread. */
  public interface Witness {
    /**
     * An instance was stopped.
     *
     * @param still whether all of it was seen to stand still
     */
    void frozen(long instance, boolean still);

    void thawed(long instance);

    /**
     * An instance has an undeclared channel.
     *
     * @param found as {@link ProcessStarter.Running#inspect} says it
     */
    void violated(long instance, Finding found);
  }

  /**
   * One plugin as the roster has it.
   *
   * @param instance that runs, 0 if none
   * @param pid of it, 0 if none
   * @param problem why it is in quarantine, empty if it is not
   */
  public record Row(
      PluginManifest manifest,
      Supervisor.State state,
      long instance,
      long pid,
      Path stateDirectory,
      String problem) {}

  private record Plugin(PluginManifest manifest, Path state, Supervisor supervisor) {}

  /**
   * @param stateRoot where each plugin has its private directory
   * @param java what {@code ${java}} stands for in a manifest
   * @param logs directory for the output of plugins
   * @param runtime what any plugin may read beside its own directory
   */
  public PluginRoster(
      PluginGateway gateway,
      Path stateRoot,
      Path java,
      Path logs,
      List<Path> runtime,
      Witness witness) {
    this.gateway = gateway;
    this.stateRoot = stateRoot;
    this.java = java;
    this.logs = logs;
    this.runtime = List.copyOf(runtime);
    this.witness = witness;
  }

  /** Adds a plugin; its state directory must exist. */
  public void add(PluginManifest manifest, Supervisor.Surroundings surroundings) {
    Path state = stateDirectory(manifest);
    plugins.put(
        manifest.id(),
        new Plugin(
            manifest, state, new Supervisor(new PluginCharge(manifest, state), surroundings)));
  }

  /** Where the newest output of the plugin's processes is kept; out of the plugin's own reach. */
  private Path output(String id) {
    return logs.resolve(id + ".log");
  }

  /** Where the plugin keeps its own data. */
  public Path stateDirectory(PluginManifest manifest) {
    return stateRoot.resolve(manifest.id());
  }

  public boolean knows(String id) {
    return plugins.containsKey(id);
  }

  /** Starts every plugin. */
  public void start() {
    plugins.values().forEach(plugin -> plugin.supervisor().start());
  }

  /** Starts a plugin that is down, lifting a quarantine. */
  public void start(String id) {
    Plugin plugin = plugins.get(id);
    if (plugin != null) {
      plugin.supervisor().start();
    }
  }

  /** Ends an instance; its plugin is started again. */
  public void restart(long instance) {
    plugins.values().forEach(plugin -> plugin.supervisor().restart(instance));
  }

  /** Says who knows whether a plugin that has just started must stand still. */
  public void connect(Frost following) {
    frost = following;
  }

  /** Looks at every plugin; one that has an undeclared channel is ended and stays down. */
  @Override
  public void inspect() {
    for (Plugin plugin : plugins.values()) {
      ProcessStarter.Running process = plugin.supervisor().process();
      long instance = plugin.supervisor().instance();
      if (process != null) {
        process.inspect(found -> violated(plugin.supervisor(), instance, found));
      }
    }
  }

  private void violated(Supervisor supervisor, long instance, Finding found) {
    if (instance == supervisor.instance()) {
      witness.violated(instance, found);
    }
    supervisor.quarantine(instance, found.words());
  }

  @Override
  public void freeze(Consumer<Integer> done) {
    Map<Long, ProcessStarter.Running> running = new LinkedHashMap<>();
    for (Plugin plugin : plugins.values()) {
      ProcessStarter.Running process = plugin.supervisor().process();
      if (process != null) {
        running.put(plugin.supervisor().instance(), process);
      }
    }
    int[] open = {running.size(), 0};
    if (running.isEmpty()) {
      done.accept(0);
    }
    running.forEach(
        (instance, process) ->
            process.freeze(
                still -> {
                  witness.frozen(instance, still);
                  open[0]--;
                  open[1] += still ? 0 : 1;
                  if (open[0] == 0) {
                    done.accept(open[1]);
                  }
                }));
  }

  @Override
  public void thaw() {
    for (Plugin plugin : plugins.values()) {
      ProcessStarter.Running process = plugin.supervisor().process();
      if (process != null) {
        process.thaw();
        witness.thawed(plugin.supervisor().instance());
      }
    }
  }

  public void stop() {
    plugins.values().forEach(plugin -> plugin.supervisor().stop());
  }

  /** Whether the instance has registered. */
  public boolean ready(long instance) {
    return gateway.registered(new PluginInstance(instance));
  }

  private ProcessStarter.@Nullable Running running(String id) {
    Plugin plugin = plugins.get(id);
    return plugin == null ? null : plugin.supervisor().process();
  }

  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Plugin plugin : plugins.values()) {
      ProcessStarter.@Nullable Running process = plugin.supervisor().process();
      rows.add(
          new Row(
              plugin.manifest(),
              plugin.supervisor().state(),
              plugin.supervisor().instance(),
              process == null ? 0 : process.identity().map(ProcessStarter.Identity::pid).orElse(0L),
              plugin.state(),
              plugin.supervisor().problem()));
    }
    return rows;
  }

  private final class PluginCharge implements Supervisor.Charge {
    private final PluginManifest manifest;
    private final Path state;

    PluginCharge(PluginManifest manifest, Path state) {
      this.manifest = manifest;
      this.state = state;
    }

    @Override
    public String label() {
      return "plugin " + manifest.id();
    }

    @Override
    public boolean indispensable() {
      return false;
    }

    @Override
    public Launch launch(long instance, Path socket) {
      List<String> command =
          manifest.exec().stream()
              .map(
                  word ->
                      word.replace("${plugin}", manifest.directory().toString())
                          .replace("${state}", state.toString())
                          .replace("${java}", java.toString()))
              .toList();
      return new Launch(
          label(),
          command,
          Map.of(
              "KEYWARDEN_SOCKET", socket.toString(),
              "KEYWARDEN_PLUGIN_ID", manifest.id(),
              "HOME", state.toString(),
              "PATH", "/usr/bin:/bin",
              "LANG", "C.UTF-8"),
          state,
          output(manifest.id()),
          new Confinement(
              Stream.of(List.of(manifest.directory()), manifest.data(), runtime)
                  .flatMap(List::stream)
                  .toList(),
              manifest.shown(),
              state,
              socket,
              manifest.limits(),
              manifest.channels()));
    }

    @Override
    public List<ServerServiceDefinition> services(long instance, Path socket) {
      return List.of(gateway.serve(new PluginInstance(instance), manifest, socket.toString()));
    }

    @Override
    public void started(long instance, ProcessStarter.Identity identity) {
      gateway.started(new PluginInstance(instance), identity);
      ProcessStarter.Running process = running(manifest.id());
      if (frost != null && frost.holds() && process != null) {
        process.freeze(still -> witness.frozen(instance, still));
      }
    }

    @Override
    public void ended(long instance) {
      gateway.ended(new PluginInstance(instance));
    }
  }
}
