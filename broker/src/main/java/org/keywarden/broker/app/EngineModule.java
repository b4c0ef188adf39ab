package org.keywarden.broker.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.keywarden.broker.plugin.Demand;
import org.keywarden.broker.plugin.Holds;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.plugin.engines.ChoiceFile;
import org.keywarden.broker.plugin.engines.EngineCatalogue;
import org.keywarden.broker.plugin.engines.EngineDiscovery;
import org.keywarden.broker.plugin.engines.EnginePlaces;
import org.keywarden.broker.plugin.engines.EngineReader;
import org.keywarden.broker.plugin.engines.InputMethods;
import org.keywarden.broker.plugin.engines.ListingRun;
import org.keywarden.broker.plugin.installed.InstalledPlugins;
import org.keywarden.broker.plugin.installed.PluginDirectory;
import org.keywarden.broker.plugin.sandbox.HostPaths;
import org.keywarden.broker.process.Supervisor;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatStatus;
import org.keywarden.hardening.FastStart;
import org.keywarden.hardening.Installation;

/** How what concerns IBus's engines is put together. */
final class EngineModule extends AbstractModule {
  private final Options options;
  private final int uid;
  private final EventLoop loop;
  private final PluginDirectory.Found found;

  /**
   * @param found plugins in directories of their own
   */
  EngineModule(Options options, int uid, EventLoop loop, PluginDirectory.Found found) {
    this.options = options;
    this.uid = uid;
    this.loop = loop;
    this.found = found;
  }

  /**
   * Where engines are and what they are started with.
   *
   * @param answerMillis how long the broker waits for an answer to a key; an engine has less
   */
  static EnginePlaces places(
      Path home,
      Path configuration,
      Path state,
      Map<String, String> environment,
      long answerMillis) {
    Path host = new Installation(home).engineHost();
    List<String> exec = new ArrayList<>(List.of("${java}", "@${plugin}/engine-host.args"));
    exec.addAll(FastStart.options(host.resolve("start.aot"), host.resolve("lib")));
    exec.addAll(
        List.of(
            "-Dkeywarden.engine.keyTime=" + answerMillis * 2 / 3,
            "-cp",
            "${plugin}/lib/keywarden-engine-host.jar",
            "org.keywarden.engine.host.Main"));
    return new EnginePlaces(
        EnginePlaces.components(environment),
        configuration.resolve("engines"),
        host,
        exec,
        state.resolve("engines"));
  }

  @Provides
  @Singleton
  EnginePlaces places(Directories directories) {
    return places(
        options.home(),
        options.configuration(),
        directories.state(),
        System.getenv(),
        options.answerMillis());
  }

  @Provides
  @Singleton
  Holds holds() {
    return new Holds();
  }

  @Provides
  @Singleton
  Demand demand(PluginRoster roster, Holds holds, BootClock clock) {
    return new Demand(roster, holds, options.engineIdle().toNanos(), clock, loop::execute);
  }

  @Provides
  @Singleton
  InputMethods inputMethods(
      PluginRoster roster,
      SeatLoop seat,
      Supervisor.Surroundings surroundings,
      Directories directories) {
    Executor worker = thread("forgetting");
    return new InputMethods(
        found.manifests(),
        new ChoiceFile(options.configuration()),
        new InputMethods.Place() {
          private int copies;

          @Override
          public void add(PluginManifest manifest) throws IOException {
            Directories.makeStateOf(roster.stateDirectory(manifest), uid);
            roster.add(manifest, surroundings, PluginRoster.Start.WHEN_WANTED);
            roster.addForgetful(
                manifest,
                surroundings,
                new ForgottenState(
                    manifest,
                    roster.stateDirectory(manifest),
                    directories.forgetful(),
                    Integer.toString(++copies),
                    uid,
                    worker,
                    loop));
          }

          @Override
          public void remove(String plugin) {
            roster.remove(plugin);
          }

          @Override
          public InputMethods.Target selected() {
            SeatStatus now = seat.status();
            return new InputMethods.Target(now.selectedPlugin(), now.selectedInputMethod());
          }

          @Override
          public void select(InputMethods.Target target) {
            seat.post(new SeatEvent.PluginSelected(target.plugin(), target.method()));
          }
        });
  }

  @Provides
  @Singleton
  EngineSearch search(
      EnginePlaces places,
      InputMethods methods,
      PluginRoster roster,
      Supervisor.Surroundings surroundings,
      Directories directories)
      throws IOException {
    Executor worker = thread("engines");
    if (!found.refusal().isEmpty()) {
      EngineCatalogue none =
          new EngineCatalogue(List.of(), List.of("engines are " + found.refusal()));
      return new EngineSearch(told -> told.accept(none), methods, worker, loop);
    }
    HostPaths hosts =
        HostPaths.of(
            InstalledPlugins.data(System.getenv()),
            List.of(options.runtimeDirectory(), options.stateDirectory()));
    EngineDiscovery discovery =
        new EngineDiscovery(
            places,
            new EngineReader(places, hosts),
            new ListingRun(surroundings, roster, loop, directories.logs(), places));
    return new EngineSearch(discovery::look, methods, worker, loop);
  }

  private static Executor thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }
}
