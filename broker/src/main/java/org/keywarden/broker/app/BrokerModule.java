package org.keywarden.broker.app;

import com.google.inject.AbstractModule;
import com.google.inject.BindingAnnotation;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.keywarden.broker.auditing.AuditTrail;
import org.keywarden.broker.auditing.GrantLog;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.capability.Mint;
import org.keywarden.broker.capability.SigningKeys;
import org.keywarden.broker.capability.Verifier;
import org.keywarden.broker.frontdoor.Applications;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.accessibility.Listener;
import org.keywarden.broker.frontdoor.host.HostDoor;
import org.keywarden.broker.frontdoor.ibus.panel.Panel;
import org.keywarden.broker.frontdoor.ibus.session.IbusDoor;
import org.keywarden.broker.frontdoor.terminal.PasswordPrompts;
import org.keywarden.broker.frontdoor.terminal.Terminals;
import org.keywarden.broker.frontdoor.window.WindowPings;
import org.keywarden.broker.look.Looks;
import org.keywarden.broker.plugin.PluginGateway;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.plugin.TokenIssuer;
import org.keywarden.broker.plugin.installed.PluginDirectory;
import org.keywarden.broker.process.Backoff;
import org.keywarden.broker.process.Supervisor;
import org.keywarden.broker.rpc.PeerCheck;
import org.keywarden.broker.seat.Seat;
import org.keywarden.broker.session.SessionWatch;

/** How the broker's parts are put together. */
final class BrokerModule extends AbstractModule {
  /** Of the trusted keyboard's process. */
  @BindingAnnotation
  @Retention(RetentionPolicy.RUNTIME)
  @interface TrustedKeyboard {}

  private final Options options;
  private final int uid;
  private final Directories directories;
  private final EventLoopGroup acceptors;
  private final EventLoop loop;
  private final PluginDirectory.Found found;
  private final PolicySource policy;
  private final Confining confining;

  BrokerModule(
      Options options,
      int uid,
      Directories directories,
      EventLoopGroup acceptors,
      EventLoop loop,
      PluginDirectory.Found found,
      PolicySource policy,
      Confining confining) {
    this.options = options;
    this.uid = uid;
    this.directories = directories;
    this.acceptors = acceptors;
    this.loop = loop;
    this.found = found;
    this.policy = policy;
    this.confining = confining;
  }

  @Override
  protected void configure() {
    bind(Options.class).toInstance(options);
    bind(Directories.class).toInstance(directories);
    install(new AuditModule(options, uid));
    install(new AccessibilityModule(options, loop));
    install(new TrustedModule(options, directories, loop));
    install(new PanelModule(options, loop));
    install(new IndicatorModule(options, uid, directories, loop));
    install(new WaylandModule(loop));
    install(new EngineModule(options, uid, loop, found));
    install(new AdminModule(options, found, policy, confining, directories));
    bind(EventLoop.class).toInstance(loop);
    bind(PolicySource.class).toInstance(policy);
    bind(PeerCheck.class).toInstance(PeerCheck.sameUser(uid));
    bind(BootClock.class).toInstance(new BootClock());
    bind(SecureRandom.class).toInstance(new SecureRandom());
    bind(Broker.class).in(Singleton.class);
  }

  @Provides
  @Singleton
  SeatLoop seatLoop(BootClock clock, AuditTrail trail) {
    // Until it is known what the user enabled.
    String selected =
        found.manifests().stream()
            .map(PluginManifest::id)
            .filter(id -> options.selected().isEmpty() || id.equals(options.selected()))
            .findFirst()
            .orElse(options.selected());
    return new SeatLoop(
        new Seat(options.limits(), policy.current(), selected),
        SeatThread.of(loop),
        clock,
        new SeatJournal(trail)::happened,
        Console.errors()::line);
  }

  @Provides
  @Singleton
  Doors doors(SecureRandom random) {
    return Doors.of(acceptors, loop, random, uid);
  }

  @Provides
  @Singleton
  SigningKeys signingKeys(SecureRandom random, BootClock clock, AuditTrail trail) {
    SigningKeys keys = new SigningKeys(random, (id, publicKey) -> trail.signingKey(publicKey));
    loop.scheduleAtFixedRate(() -> keys.rotate(clock.getAsLong()), 1, 1, TimeUnit.HOURS);
    return keys;
  }

  @Provides
  @Singleton
  ExecutorService signing() {
    return Executors.newSingleThreadExecutor(
        Thread.ofPlatform().daemon().name("signing").factory());
  }

  @Provides
  @Singleton
  TokenIssuer tokenIssuer(
      SigningKeys keys,
      GrantLog log,
      SecureRandom random,
      ExecutorService signing,
      BootClock clock,
      PluginGateway plugins,
      SeatLoop seat) {
    return new TokenIssuer(
        new Mint(keys),
        log,
        random,
        signing,
        loop,
        clock,
        () -> Digest.of(policy.current().digest()),
        plugins::contextOf,
        seat);
  }

  @Provides
  @Singleton
  PluginGateway pluginGateway(
      SeatLoop seat,
      SigningKeys keys,
      GrantLog log,
      BootClock clock,
      com.google.inject.Provider<PluginRoster> roster)
      throws IOException {
    String bootId = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    return new PluginGateway(
        seat, new Verifier(keys), log, bootId, clock, instance -> roster.get().restart(instance));
  }

  @Provides
  @Singleton
  PluginRoster roster(PluginGateway gateway, Supervisor.Surroundings surroundings, AuditTrail trail)
      throws IOException {
    PluginRoster roster =
        new PluginRoster(
            gateway,
            directories.state().resolve("plugins"),
            Confining.java(),
            directories.logs(),
            runtime(),
            new PluginJournal(trail));
    for (PluginManifest manifest : found.manifests()) {
      Directories.makeStateOf(roster.stateDirectory(manifest), uid);
      FoundPlugins.record(manifest, trail);
      roster.add(manifest, surroundings, PluginRoster.Start.WITH_BROKER);
    }
    return roster;
  }

  @Provides
  @Singleton
  HostDoor hostDoor(SeatLoop seat, Applications applications) {
    return new HostDoor(seat, applications::isKeptOut);
  }

  @Provides
  @Singleton
  Applications applications() throws IOException {
    return Applications.read(directories.state());
  }

  @Provides
  @Singleton
  Terminals terminals(BootClock clock) {
    return new Terminals(
        uid,
        new Terminals.Place(
            new PasswordPrompts(uid),
            Looks.threads("terminals"),
            loop,
            clock,
            (delay, action) -> loop.schedule(action, delay, TimeUnit.NANOSECONDS)));
  }

  @Provides
  @Singleton
  IbusDoor ibusDoor(
      SeatLoop seat,
      BootClock clock,
      Applications applications,
      Terminals terminals,
      FocusedObjects objects,
      Panel panel,
      Doors doors,
      SecureRandom random) {
    byte[] guid = new byte[16];
    random.nextBytes(guid);
    return new IbusDoor(
        seat,
        applications,
        terminals,
        objects,
        new WindowPings(System.getenv(), loop, clock, Path.of("/proc")),
        panel,
        (delay, action) -> {
          var scheduled = loop.schedule(action, delay, TimeUnit.NANOSECONDS);
          return () -> scheduled.cancel(false);
        },
        new Looks(
            new Looks.Place(
                Looks.threads("callers"),
                loop,
                clock,
                (delay, action) -> loop.schedule(action, delay, TimeUnit.NANOSECONDS))),
        doors.applications().admission(),
        HexFormat.of().formatHex(guid));
  }

  @Provides
  @Singleton
  IbusSession ibusSession(
      IbusDoor door, Listener listener, PanelSession panel, BootClock clock, SecureRandom random) {
    return new IbusSession(
        System.getenv(),
        uid,
        door,
        options.replace(),
        new XimBridge(
            System.getenv(),
            Path.of("/proc"),
            new Backoff(Backoff.Patience.UNHURRIED, random),
            Console.errors()::line),
        options.accessibility() ? listener::busIs : there -> {},
        panel::shellIs,
        Console.errors()::line,
        new Backoff(Backoff.Patience.LIMITED, random),
        clock);
  }

  @Provides
  @Singleton
  SessionWatch sessionWatch(
      SeatLoop seat,
      @IndicatorModule.SessionThread EventLoop buses,
      BootClock clock,
      SecureRandom random) {
    return new SessionWatch(
        new SessionWatch.Place(
            System.getenv(),
            uid,
            options.withoutLockSources(),
            buses,
            clock,
            () -> new Backoff(Backoff.Patience.UNHURRIED, random),
            loop),
        seat);
  }

  @Provides
  @Singleton
  Supervisor.Surroundings surroundings(Doors doors, BootClock clock, SecureRandom random) {
    return new LoopSurroundings(
        confining.starter(), doors.plugins(), directories.instanceSockets(), clock, loop, random);
  }

  static List<Path> runtime() throws IOException {
    return Confining.javaRuntime();
  }
}
