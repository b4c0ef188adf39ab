package org.keywarden.broker.app;

import com.google.inject.Inject;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.admin.AdminDoor;
import org.keywarden.broker.admin.AuditDoor;
import org.keywarden.broker.admin.StatusFollowers;
import org.keywarden.broker.auditing.AuditTrail;
import org.keywarden.broker.compose.ComposeFile;
import org.keywarden.broker.frontdoor.host.HostDoor;
import org.keywarden.broker.frontdoor.ibus.session.IbusDoor;
import org.keywarden.broker.frontdoor.ibus.session.Notices;
import org.keywarden.broker.frontdoor.wayland.WaylandDoor;
import org.keywarden.broker.indicator.Indicator;
import org.keywarden.broker.plugin.Demand;
import org.keywarden.broker.plugin.Frost;
import org.keywarden.broker.plugin.PluginGateway;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.plugin.TokenIssuer;
import org.keywarden.broker.plugin.engines.InputMethods;
import org.keywarden.broker.process.Supervisor;
import org.keywarden.broker.rpc.PeerCheck;
import org.keywarden.broker.rpc.UnixServer;
import org.keywarden.broker.session.SessionWatch;
import org.keywarden.broker.trusted.TrustedGateway;

/** The running broker. Started and stopped on the seat's thread. */
final class Broker {
  /**
   * How long keys are answered after applications were told that nobody will: Qt 5 looks at the
   * address file 100 ms after it changed, and GTK keeps back what is typed between the end of the
   * connection and the word of the session bus.
   */
  private static final long FAREWELL_MILLIS = 300;

  /** Exit status of a broker that cannot go on safely (EX_SOFTWARE). */
  private static final int FAILED = 70;

  private final Directories directories;
  private final Doors servers;
  private final PeerCheck sameUser;
  private final SeatLoop seat;
  private final HostDoor hosts;
  private final IbusDoor ibus;
  private final WaylandDoor wayland;
  private final AdminDoor admin;
  private final AuditDoor audit;
  private final PluginGateway plugins;
  private final TokenIssuer issuer;
  private final TrustedGateway trusted;
  private final ComposeFile compose;
  private final PluginRoster roster;
  private final Supervisor trustedKeyboard;
  private final EventLoop loop;
  private final Options options;
  private final IbusSession session;
  private final SessionWatch watch;
  private final SeatChanges changes;
  private final StatusFollowers followers;
  private final TrayFeed tray;
  private final Indicator indicator;
  private final PanelSession panel;
  private final Demand demand;
  private final InputMethods methods;
  private final EngineSearch search;
  private final AuditTrail trail;
  private final Set<String> quarantined = new HashSet<>();
  private boolean logProblem;
  private final List<UnixServer> doors = new ArrayList<>();
  private @Nullable HealthStatusManager health;

  /** What was made at the start; null while nobody need be there. */
  private @Nullable HeldPlaces places;

  @Inject
  Broker(
      Directories directories,
      Doors servers,
      PeerCheck sameUser,
      SeatLoop seat,
      HostDoor hosts,
      IbusDoor ibus,
      WaylandDoor wayland,
      AdminDoor admin,
      AuditDoor audit,
      PluginGateway plugins,
      TokenIssuer issuer,
      TrustedGateway trusted,
      ComposeFile compose,
      PluginRoster roster,
      @BrokerModule.TrustedKeyboard Supervisor trustedKeyboard,
      EventLoop loop,
      Options options,
      IbusSession session,
      SessionWatch watch,
      SeatChanges changes,
      StatusFollowers followers,
      TrayFeed tray,
      Indicator indicator,
      PanelSession panel,
      Demand demand,
      InputMethods methods,
      EngineSearch search,
      AuditTrail trail) {
    this.directories = directories;
    this.servers = servers;
    this.sameUser = sameUser;
    this.seat = seat;
    this.hosts = hosts;
    this.ibus = ibus;
    this.wayland = wayland;
    this.admin = admin;
    this.audit = audit;
    this.plugins = plugins;
    this.issuer = issuer;
    this.trusted = trusted;
    this.compose = compose;
    this.roster = roster;
    this.trustedKeyboard = trustedKeyboard;
    this.loop = loop;
    this.options = options;
    this.session = session;
    this.watch = watch;
    this.changes = changes;
    this.followers = followers;
    this.tray = tray;
    this.indicator = indicator;
    this.panel = panel;
    this.demand = demand;
    this.methods = methods;
    this.search = search;
    this.trail = trail;
  }

  void start() throws IOException {
    Frost frost =
        new Frost(
            roster,
            trusted::apply,
            (delay, later) -> loop.schedule(later, delay, TimeUnit.NANOSECONDS));
    roster.connect(frost);
    seat.connect(
        new SeatHands(
            List.of(hosts::apply, ibus::apply, wayland::apply, compose::apply, tray::apply),
            plugins::apply,
            issuer::apply,
            frost::apply,
            (route, secret) -> {
              frost.follow(route, secret);
              demand.follow(route, seat.lack(), seat.forgetfulStay(), seat.selectedPlugin());
              changes.follow(route);
            },
            instance -> roster.restart(instance.number()),
            () -> Runtime.getRuntime().halt(FAILED)));
    if (options.desktop()) {
      watch.begin();
    }
    loop.scheduleAtFixedRate(roster::inspect, 1, 2, TimeUnit.SECONDS);
    loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    trustedKeyboard.start();
    roster.start();
    methods.begin(options.selected());
    if (methods.needsEngines()) {
      search.refresh(() -> methods.problems().forEach(Console.errors()::line));
    }
    doors.add(open(servers.applications(), directories.hostSocket(), List.of(hosts.bindService())));
    ibus.open(servers.applications().acceptors(), loop, directories.ibusSocket());
    if (options.desktop()) {
      session.begin(loop);
      indicator.begin();
      WaylandModule.socket(System.getenv()).map(Path::toString).ifPresent(wayland::begin);
    }
    HealthStatusManager manager = new HealthStatusManager();
    health = manager;
    doors.add(
        open(
            servers.tools(),
            directories.adminSocket(),
            List.of(
                admin.bindService(),
                audit.bindService(),
                manager.getHealthService().bindService(),
                ProtoReflectionServiceV1.newInstance().bindService())));
    List<Path> held =
        new ArrayList<>(
            List.of(
                directories.hostSocket(),
                directories.ibusSocket(),
                directories.adminSocket(),
                directories.instanceSockets()));
    // Where nothing can be isolated, nobody needs it.
    if (Files.isDirectory(directories.sandboxFiles())) {
      held.add(directories.sandboxFiles());
    }
    places = HeldPlaces.of(held);
  }

  private UnixServer open(
      UnixServer.Environment environment, Path socket, List<ServerServiceDefinition> services)
      throws IOException {
    return UnixServer.start(environment, socket, sameUser, services);
  }

  private void tick() {
    for (PluginRoster.Row row : roster.rows()) {
      String plugin = row.manifest().id();
      if (row.state() != Supervisor.State.QUARANTINED) {
        quarantined.remove(plugin);
      } else if (quarantined.add(plugin)) {
        trail.pluginQuarantined(plugin);
        session.tell(
            Notices.Kind.QUARANTINED,
            row.manifest().name() + " died too often and stays down until you choose it again");
      }
    }
    demand.passTime();
    trail.tick();
    tellOfTheLog();
    followers.look();
    tray.look();
    Optional<Path> lost = places == null ? Optional.empty() : places.lost();
    if (lost.isPresent()) {
      places = null;
      Console.errors().line(lost.get() + " was removed: the broker ends, to be made anew");
      // Its hook needs this thread.
      Thread.ofPlatform().name("end").start(() -> System.exit(FAILED));
    }
  }

  private void tellOfTheLog() {
    String problem = trail.problem();
    if (!problem.isEmpty() && !logProblem) {
      session.tell(Notices.Kind.LOG, problem);
    }
    logProblem = !problem.isEmpty();
  }

  /**
   * Ends every process and connection, once applications had the time to see that their keys are
   * their own again; completes when the grant log is closed. Input methods end at once: Qt takes
   * signals twice between its look at the address file and the end of the connection.
   */
  CompletableFuture<Void> stop() {
    if (!loop.inEventLoop()) {
      throw new IllegalStateException("stopped on the seat's thread only");
    }
    places = null;
    if (health != null) {
      health.enterTerminalState();
    }
    roster.stop();
    panel.end();
    wayland.end();
    CompletableFuture<Void> told = new CompletableFuture<>();
    if (session.end()) {
      loop.schedule(() -> told.complete(null), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      told.complete(null);
    }
    return told.thenCompose(nothing -> close());
  }

  private CompletableFuture<Void> close() {
    doors.forEach(UnixServer::close);
    watch.end();
    indicator.end();
    trustedKeyboard.stop();
    CompletableFuture<Void> closed = trail.stop();
    try {
      ibus.close();
    } catch (IOException e) {
      return closed.thenCompose(nothing -> CompletableFuture.failedFuture(e));
    }
    return closed;
  }
}
