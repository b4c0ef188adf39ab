package org.keywarden.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.admin.v1.PluginState;
import org.keywarden.proto.host.v1.Route;

/**
 * What is wrong with the state directory, the log or its keys never keeps anybody from typing: no
 * input method gets a grant, and the broker says why and what to do.
 */
final class UnusableStateIT {
  private final Path dist = Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();
  @TempDir private Path work;

  private Path state() {
    return work.resolve("state");
  }

  /** A broker that composed and was stopped. */
  private void record() throws IOException, Unsettled {
    try (Broker broker = Broker.start(dist, work);
        Fixture fixture = new Fixture(broker)) {
      fixture.live().end();
    }
    try (Stream<Path> left = Files.walk(state().resolve("plugins"))) {
      for (Path each : left.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static GetStatusResponse status(Broker broker) {
    return broker.admin().getStatus(GetStatusRequest.getDefaultInstance());
  }

  private String said() throws IOException {
    return Files.readString(work.resolve("broker.log"));
  }

  /** Typing goes on in both kinds of field, and nobody got a grant. */
  private static void typing(Broker broker) throws Unsettled {
    Await.until(
        "trusted keyboard",
        Await.PATIENCE,
        () -> status(broker).getTrustedKeyboardReady(),
        () -> "not ready");
    try (Application application = new Application(broker.hostSocket(), "kit")) {
      application.awaitAttached();
      application.open(1);
      application.focus(1, Application.plain());
      application.awaitRoute(Route.ROUTE_DIRECT);
      application.type(1, "plain");
      assertTrue(application.awaitAnswers().passed());
      assertEquals(10, application.unhandled());
      application.blur(1);
      application.awaitRoute(Route.ROUTE_UNFOCUSED);
      application.open(2);
      application.focus(2, Application.password());
      application.awaitRoute(Route.ROUTE_GUARDED);
      application.type(2, "secret");
      assertTrue(application.awaitAnswers().passed());
      application.blur(2);
      application.awaitRoute(Route.ROUTE_UNFOCUSED);
    }
  }

  private void noGrantsBecause(String reason, Broker broker) throws IOException, Unsettled {
    typing(broker);
    assertTrue(
        status(broker).getGrantLogProblem().contains(reason),
        () -> "status: " + status(broker).getGrantLogProblem());
    assertTrue(said().contains("keywarden: grant log: "), this::saidOrNot);
    assertTrue(said().contains(reason), this::saidOrNot);
    assertTrue(said().contains("typing goes on"), this::saidOrNot);
  }

  private String saidOrNot() {
    try {
      return said();
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void aDamagedKeyOfNamesCanBeMendedWhileTheBrokerRuns() throws IOException, Unsettled {
    record();
    Path key = state().resolve("application-key");
    String good = Files.readString(key);
    Files.writeString(key, "no key\n");
    try (Broker broker = Broker.start(dist, work)) {
      noGrantsBecause("application-key is no key of 64 hex digits", broker);
      Files.writeString(key, good);
      Await.until(
          "log to be written",
          Await.PATIENCE,
          () -> status(broker).getGrantLogProblem().isEmpty(),
          () -> status(broker).getGrantLogProblem());
      try (Fixture fixture = new Fixture(broker)) {
        fixture.live().end();
      }
    }
    assertEquals(java.util.List.of(), new RecordedState(state()).verdict().problems());
  }

  @Test
  void aKeyOfNamesThatCannotBeRead() throws IOException, Unsettled {
    record();
    Files.delete(state().resolve("application-key"));
    Files.createDirectory(state().resolve("application-key"));
    try (Broker broker = Broker.start(dist, work)) {
      noGrantsBecause("application-key", broker);
    }
  }

  @Test
  void aMissingKeyOfTheLog() throws IOException, Unsettled {
    record();
    Files.delete(state().resolve("log-key"));
    try (Broker broker = Broker.start(dist, work)) {
      noGrantsBecause("log-key is missing, but there is a log: put the key back", broker);
    }
  }

  @Test
  void aKeyOfTheLogThatOthersMayRead() throws IOException, Unsettled {
    record();
    Files.setPosixFilePermissions(
        state().resolve("log-key"), PosixFilePermissions.fromString("rw-r--r--"));
    try (Broker broker = Broker.start(dist, work)) {
      noGrantsBecause("log-key", broker);
    }
  }

  @Test
  void aDamagedLog() throws IOException, Unsettled {
    record();
    try (Stream<Path> files = Files.list(state().resolve("log/wal"))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length > 0) {
          bytes[bytes.length / 2] ^= 1;
          Files.write(file, bytes);
        }
      }
    }
    try (Broker broker = Broker.start(dist, work)) {
      noGrantsBecause("keywarden audit verify", broker);
    }
  }

  @Test
  void aLogDirectoryThatIsNone() throws IOException, Unsettled {
    Files.createDirectories(state());
    Files.writeString(state().resolve("log"), "in the way");
    try (Broker broker = Broker.start(dist, work)) {
      noGrantsBecause(state().resolve("log").toString(), broker);
    }
  }

  @Test
  void aStateDirectoryThatIsNone() throws IOException, Unsettled {
    Files.writeString(state(), "in the way");
    try (Broker broker = Broker.startWithoutPlugins(dist, work)) {
      noGrantsBecause(state() + " is not a directory; remove it", broker);
      assertEquals(PluginState.PLUGIN_STATE_REFUSED, onlyPlugin(broker));
    }
  }

  @Test
  void aStateDirectoryOfSomebodyElse() throws IOException, Unsettled {
    Path foreign = foreign();
    try (Broker broker =
        Broker.startWithoutPlugins(dist, work, "--state-dir", foreign.toString())) {
      noGrantsBecause("; remove it or choose another", broker);
      assertEquals(PluginState.PLUGIN_STATE_REFUSED, onlyPlugin(broker));
    }
  }

  /** Given away if this is root, else root's own. */
  private Path foreign() throws IOException {
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (uid != 0) {
      return Path.of("/");
    }
    Path given = Files.createDirectory(work.resolve("given"));
    Files.setAttribute(given, "unix:uid", 12_345);
    return given;
  }

  private static PluginState onlyPlugin(Broker broker) {
    return broker
        .admin()
        .listPlugins(org.keywarden.proto.admin.v1.ListPluginsRequest.getDefaultInstance())
        .getPlugins(0)
        .getState();
  }
}
