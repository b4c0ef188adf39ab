package org.keywarden.broker.plugin;

import io.grpc.ServerServiceDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;
import org.keywarden.broker.process.Supervisor;
import org.keywarden.broker.seat.Memory;
import org.keywarden.broker.seat.PluginInstance;

/** The plugins known to the broker, each with its supervisor. */
public final class PluginRoster implements Frost.Plugins, Demand.Plugins {
  private final Map<String, Plugin> plugins = new LinkedHashMap<>();
  private final PluginGateway gateway;
  private final Path stateRoot;
  private final PluginLaunches launches;
  private final Witness witness;
  private final Map<String, ForgetfulTwin> twins = new HashMap<>();
  private final Set<ProcessStarter.Running> guests = new LinkedHashSet<>();
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

  /** When a plugin's process is started. */
  public enum Start {
    WITH_BROKER,
    /** When it is wanted; it rests when it is not. */
    WHEN_WANTED,
    /** As the process of another one that forgets; see {@link ForgetfulTwin}. */
    TO_FORGET
  }

  private record Plugin(PluginManifest manifest, Path state, Supervisor supervisor, Start start) {}

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
    this.launches = new PluginLaunches(java, logs, runtime);
    this.witness = witness;
  }

  /** Adds a plugin; its state directory must exist. One of the same id must have been removed. */
  public void add(PluginManifest manifest, Supervisor.Surroundings surroundings, Start start) {
    if (plugins.containsKey(manifest.id())) {
      throw new IllegalArgumentException(manifest.id() + " is there already");
    }
    Path state = stateDirectory(manifest);
    PluginCharge charge = new PluginCharge(manifest, state, manifest.id());
    plugins.put(
        manifest.id(), new Plugin(manifest, state, new Supervisor(charge, surroundings), start));
  }

  /** Gives a plugin that was added a second process, for fields where nothing may be learnt. */
  public void addForgetful(
      PluginManifest manifest, Supervisor.Surroundings surroundings, StateCopy copy) {
    PluginManifest forgetful = manifest.with(Memory.FORGETS);
    String key = twin(manifest.id());
    PluginCharge charge = new PluginCharge(forgetful, copy.directory(), key);
    Supervisor supervisor = new Supervisor(charge, surroundings);
    ForgetfulTwin twin = new ForgetfulTwin(ForgetfulTwin.Run.of(supervisor), copy);
    charge.gone = twin::gone;
    twins.put(manifest.id(), twin);
    plugins.put(key, new Plugin(forgetful, copy.directory(), supervisor, Start.TO_FORGET));
  }

  /** No id of a plugin ends like that. */
  private static String twin(String id) {
    return id + "~";
  }

  /** Ends a plugin, if it is there, and forgets it. */
  public void remove(String id) {
    rest(id);
    forget(id);
    twins.remove(id);
    plugins.remove(id);
    plugins.remove(twin(id));
  }

  @Override
  public void wantForgetful(String id) {
    ForgetfulTwin twin = twins.get(id);
    if (twin != null) {
      twin.want();
    }
  }

  @Override
  public void forget(String id) {
    ForgetfulTwin twin = twins.get(id);
    if (twin != null) {
      twin.forget();
    }
  }

  /**
   * Treats a process that is no plugin as one where plugins are stopped and looked at; one that has
   * an undeclared channel is ended.
   */
  public void welcome(ProcessStarter.Running guest) {
    guests.add(guest);
    if (frost != null && frost.holds()) {
      guest.freeze(still -> {});
    }
  }

  /** The process has ended. */
  public void farewell(ProcessStarter.Running guest) {
    guests.remove(guest);
  }

  /** Where the plugin keeps its own data. */
  public Path stateDirectory(PluginManifest manifest) {
    return stateRoot.resolve(manifest.id());
  }

  public boolean knows(String id) {
    return plugins.containsKey(id);
  }

  /** Starts every plugin that is to run all the time. */
  public void start() {
    plugins.values().stream()
        .filter(plugin -> plugin.start() == Start.WITH_BROKER)
        .forEach(plugin -> plugin.supervisor().start());
  }

  /** The user means to use a plugin: lifts a quarantine, and has it running if it is to be. */
  public void forgive(String id) {
    Plugin plugin = plugins.get(id);
    if (plugin != null) {
      switch (plugin.start()) {
        case WITH_BROKER -> plugin.supervisor().start();
        case WHEN_WANTED, TO_FORGET -> {
          if (plugin.supervisor().state() == Supervisor.State.QUARANTINED) {
            plugin.supervisor().rest();
          }
        }
      }
    }
  }

  @Override
  public boolean rests(String id) {
    Plugin plugin = plugins.get(id);
    return plugin != null
        && plugin.start() == Start.WHEN_WANTED
        && plugin.supervisor().state() == Supervisor.State.STOPPED;
  }

  @Override
  public void want(String id) {
    Plugin plugin = plugins.get(id);
    if (plugin != null && rests(id)) {
      plugin.supervisor().start();
    }
  }

  @Override
  public void rest(String id) {
    rest(id, () -> {});
  }

  /** Ends a plugin's process; {@code then} is run when it is gone, or was not there. */
  public void rest(String id, Runnable then) {
    Plugin plugin = plugins.get(id);
    if (plugin == null) {
      then.run();
    } else {
      plugin.supervisor().rest(then);
    }
  }

  @Override
  public List<String> awake() {
    Set<Supervisor.State> up = Set.of(Supervisor.State.RUNNING, Supervisor.State.WAITING);
    return plugins.values().stream()
        .filter(plugin -> plugin.start() == Start.WHEN_WANTED)
        .filter(plugin -> up.contains(plugin.supervisor().state()))
        .map(plugin -> plugin.manifest().id())
        .toList();
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
    guests.forEach(guest -> guest.inspect(found -> guest.kill()));
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
    int[] open = {running.size() + guests.size(), 0};
    if (open[0] == 0) {
      done.accept(0);
    }
    Consumer<Boolean> one =
        still -> {
          open[0]--;
          open[1] += still ? 0 : 1;
          if (open[0] == 0) {
            done.accept(open[1]);
          }
        };
    guests.forEach(guest -> guest.freeze(one));
    running.forEach(
        (instance, process) ->
            process.freeze(
                still -> {
                  witness.frozen(instance, still);
                  one.accept(still);
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
    guests.forEach(ProcessStarter.Running::thaw);
  }

  public void stop() {
    guests.forEach(ProcessStarter.Running::kill);
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
      if (plugin.start() == Start.TO_FORGET) {
        continue;
      }
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
    private final String key;
    private Runnable gone = () -> {};

    /**
     * @param key of the plugin in the roster
     */
    PluginCharge(PluginManifest manifest, Path state, String key) {
      this.manifest = manifest;
      this.state = state;
      this.key = key;
    }

    @Override
    public void gone() {
      gone.run();
    }

    @Override
    public String label() {
      return PluginLaunches.label(manifest);
    }

    @Override
    public boolean indispensable() {
      return false;
    }

    @Override
    public Launch launch(long instance, Path socket) {
      return launches.of(manifest, state, key, socket);
    }

    @Override
    public List<ServerServiceDefinition> services(long instance, Path socket) {
      return List.of(gateway.serve(new PluginInstance(instance), manifest, socket.toString()));
    }

    @Override
    public void started(long instance, ProcessStarter.Identity identity) {
      gateway.started(new PluginInstance(instance), identity);
      ProcessStarter.Running process = running(key);
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
