package org.keywarden.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.admin.v1.ListGrantsRequest;
import org.keywarden.proto.host.v1.Route;

/** What {@link DiskFullIT} does on the small disk. Arguments: the installation, the disk. */
final class DiskFullSession {
  private static final int KEYS = 5;

  private final Broker broker;
  private final Fixture fixture;
  private final Application application;

  private DiskFullSession(Broker broker, Fixture fixture) throws Unsettled {
    this.broker = broker;
    this.fixture = fixture;
    this.application = fixture.live().application();
  }

  /** Ends with an exception that says what went wrong. */
  public static void main(String[] arguments) throws IOException, Unsettled {
    Path disk = Path.of(arguments[1]);
    try (Broker broker = Broker.start(Path.of(arguments[0]).toAbsolutePath(), disk);
        Fixture fixture = new Fixture(broker)) {
      fixture.a().behave(true, "none", "");
      new DiskFullSession(broker, fixture).run(disk.resolve("filler"));
    }
    RecordedState state = new RecordedState(disk.resolve("state"));
    require(state.verdict().problems().isEmpty(), "the log: " + state.verdict().problems());
    System.out.println("typed on a full disk, recovered, verified");
  }

  private void run(Path filler) throws IOException, Unsettled {
    type();
    fill(filler);
    // What is open stays open; the log has some bytes left in its last page.
    Await.until("refused grant", Await.PATIENCE, this::refusedOnce, application::toString);
    int before = grants();
    for (int round = 0; round < KEYS; round++) {
      require(refocus() == Route.ROUTE_DIRECT, "a grant on a full disk");
      type();
    }
    require(grants() == before, "a grant was recorded");
    require(!problem().isEmpty(), "the status says nothing");
    require(application.committed(1).isEmpty(), "text from nowhere");
    Files.delete(filler);
    Await.until(
        "grant", Await.PATIENCE, () -> refocus() == Route.ROUTE_COMPOSING, application::toString);
    require(problem().isEmpty(), "the status still says " + problem());
    type();
  }

  /** Grants that were recorded. */
  private int grants() {
    return broker.admin().listGrants(ListGrantsRequest.getDefaultInstance()).getGrantsCount();
  }

  private String problem() {
    return broker.admin().getStatus(GetStatusRequest.getDefaultInstance()).getGrantLogProblem();
  }

  private boolean refusedOnce() throws Unsettled {
    return refocus() == Route.ROUTE_DIRECT && !problem().isEmpty();
  }

  /** Focuses anew; returns where keys go. */
  private Route refocus() throws Unsettled {
    application.blur(1);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    application.focus(1, Application.plain());
    Await.until(
        "decided route",
        Await.PATIENCE,
        () -> List.of(Route.ROUTE_DIRECT, Route.ROUTE_COMPOSING).contains(application.route()),
        application::toString);
    return application.route();
  }

  private void type() throws Unsettled {
    application.type(1, "a".repeat(KEYS));
    Outcome answers = application.awaitAnswers();
    require(answers.passed(), answers.toString());
  }

  /** Takes all space there is. */
  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] bytes = new byte[1 << 16];
      while (true) {
        out.write(bytes);
      }
    } catch (IOException full) {
      require(Files.getFileStore(filler).getUsableSpace() == 0, "space left: " + full);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
