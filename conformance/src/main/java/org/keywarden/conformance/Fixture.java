package org.keywarden.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.host.v1.Route;

/** What one attack works with; closing it ends its applications. */
final class Fixture implements AutoCloseable {
  private final @Nullable Broker broker;
  private final Path dist;
  private final Path work;
  private final Length length;
  private final Uninvolved uninvolved;
  private final List<Application> applications = new ArrayList<>();
  private final List<DoorVisitor> visitors = new ArrayList<>();

  /**
   * @param work an empty directory of the attack's own
   */
  private Fixture(
      @Nullable Broker broker, Path dist, Path work, Length length, Uninvolved uninvolved) {
    this.uninvolved = uninvolved;
    this.broker = broker;
    this.dist = dist;
    this.work = work;
    this.length = length;
  }

  /** Without a broker. */
  static Fixture alone(Path dist, Path work, Length length, Uninvolved uninvolved) {
    return new Fixture(null, dist, work, length, uninvolved);
  }

  /** A broker of the same installation that nobody attacks. */
  @FunctionalInterface
  interface Uninvolved {
    /** Where nothing needs one. */
    Uninvolved NONE =
        () -> {
          throw new Unsettled("there is no broker beside the one attacked");
        };

    /** The one that runs, or a new one. */
    Broker broker() throws IOException, Unsettled;
  }

  Fixture(Broker broker) throws Unsettled {
    this(broker, Length.SHORT, Uninvolved.NONE);
  }

  Fixture(Broker broker, Length length, Uninvolved uninvolved) throws Unsettled {
    this(broker, broker.dist(), broker.state().resolveSibling("attack"), length, uninvolved);
    broker.a().reset();
    broker.b().reset();
  }

  /** The puppet that composes. */
  Puppeteer a() {
    return broker().a();
  }

  /** The other puppet: registered, not selected. */
  Puppeteer b() {
    return broker().b();
  }

  Broker broker() {
    return Objects.requireNonNull(broker, "an attack of its own room has no broker");
  }

  /** The installation. */
  Path dist() {
    return dist;
  }

  /** A broker that nobody attacks, beside the one attacked. */
  Broker uninvolved() throws Unsettled {
    try {
      return uninvolved.broker();
    } catch (IOException e) {
      throw new Unsettled("no broker beside the one attacked: " + e.getMessage(), e);
    }
  }

  Length length() {
    return length;
  }

  Path work() {
    return work;
  }

  /** Closes it at the end. */
  DoorVisitor keep(DoorVisitor visitor) {
    visitors.add(visitor);
    return visitor;
  }

  Application application(String name) throws Unsettled {
    Application application = new Application(broker().hostSocket(), name);
    applications.add(application);
    application.awaitAttached();
    return application;
  }

  /**
   * A live composition: field 1 of a new application, plain and focused, field 2 open; the first
   * puppet's stream 0 opened.
   */
  Live live(String name) throws Unsettled {
    Application application = application(name);
    application.open(1);
    application.open(2);
    application.focus(1, Application.plain());
    application.awaitRoute(Route.ROUTE_COMPOSING);
    byte[] token = a().awaitToken(1);
    return new Live(application, token);
  }

  Live live() throws Unsettled {
    return live("kit");
  }

  /**
   * @param token of the grant in use
   */
  record Live(Application application, byte[] token) {
    /** Takes the focus away and waits until the broker says so. */
    void end() throws Unsettled {
      application.blur(1);
      application.awaitRoute(Route.ROUTE_UNFOCUSED);
    }
  }

  /** Whether the broker still serves: its process runs and answers. */
  Outcome stillServes() {
    boolean serves =
        broker().alive()
            && broker().admin().getStatus(GetStatusRequest.getDefaultInstance()).getPid() > 0;
    return Outcome.of(serves, serves ? "broker serves on" : "broker is gone");
  }

  @Override
  public void close() {
    applications.forEach(Application::close);
    visitors.forEach(DoorVisitor::close);
  }
}
