package org.keywarden.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.keywarden.conformance.puppet.HostileEngine;
import org.keywarden.conformance.puppet.Mischief;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsRequest;
import org.keywarden.proto.admin.v1.SelectPluginRequest;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.ContentType;

/** The hostile engine composes, until this is closed. */
final class HostileEngineUse implements AutoCloseable {
  private static final int HONEST = 'h';

  private final Broker broker;
  private final Application application;
  private final Path home;

  private HostileEngineUse(Broker broker, Application application, Path home) {
    this.broker = broker;
    this.application = application;
    this.home = home;
  }

  /** Enables it and lets it compose. */
  static HostileEngineUse of(Fixture f, Mischief mischief) throws Unsettled {
    Application application = f.application("editor");
    for (long field = 1; field <= 4; field++) {
      application.open(field);
    }
    var ignored =
        f.broker()
            .admin()
            .arrangeInputMethods(
                ArrangeInputMethodsRequest.newBuilder().addEnable(EngineKit.ENGINE).build());
    Path home = f.broker().state().resolve("plugins").resolve(EngineKit.PLUGIN);
    try {
      Files.writeString(home.resolve(HostileEngine.MISCHIEF), mischief.name());
      Files.deleteIfExists(home.resolve(HostileEngine.SEEN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var selected =
        f.broker()
            .admin()
            .selectPlugin(
                SelectPluginRequest.newBuilder()
                    .setPluginId(EngineKit.PLUGIN)
                    .setInputMethod(EngineKit.ENGINE)
                    .build());
    return new HostileEngineUse(f.broker(), application, home);
  }

  Application application() {
    return application;
  }

  /** The engine's home. */
  Path home() {
    return home;
  }

  /** Focuses a field and waits until the engine composes in it. */
  void composeIn(long field, ContentType type) throws Unsettled {
    application.focus(field, type);
    awaitHonest(field);
  }

  /** Waits until the engine composes in the focused field, again perhaps. */
  void awaitHonest(long field) throws Unsettled {
    int before = application.committed(field).length();
    Await.until(
        "composing engine",
        Await.PATIENCE,
        () -> {
          application.tap(field, HONEST);
          var ignored = application.awaitAnswers();
          return application.committed(field).length() > before;
        },
        () -> seen().toString());
  }

  /** Lets it do what no key has caused, from now on. */
  void arm() {
    try {
      Files.writeString(home.resolve(HostileEngine.ARMED), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has, and the host has taken notice of all of it; then it stops. */
  void disarm() throws Unsettled {
    awaitSeen("harm", 1);
    try {
      Files.delete(home.resolve(HostileEngine.ARMED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The first is its name.
    awaitSeen("granted", seen("harm") + 1);
  }

  /** Types until the engine has committed something that holds this. */
  void typeUntil(long field, String keys, String holds) throws Unsettled {
    Await.until(
        "commit with " + holds,
        Await.PATIENCE,
        () -> {
          for (char each : keys.toCharArray()) {
            application.tap(field, each);
            var ignored = application.awaitAnswers();
          }
          return application.committed(field).contains(holds);
        },
        () -> seen().toString());
  }

  void blur(long field) throws Unsettled {
    application.blur(field);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
  }

  /** What the engine wrote down. */
  List<String> seen() {
    Path file = home.resolve(HostileEngine.SEEN);
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long seen(String line) {
    return seen().stream().filter(line::equals).count();
  }

  /** Waits until the engine wrote a line so often. */
  void awaitSeen(String line, long count) throws Unsettled {
    Await.until(
        count + " times '" + line + "' at the engine",
        Await.PATIENCE,
        () -> seen(line) >= count,
        () -> seen().toString());
  }

  @Override
  public void close() {
    var ignored =
        broker
            .admin()
            .arrangeInputMethods(
                ArrangeInputMethodsRequest.newBuilder().addDisable(EngineKit.ENGINE).build());
    broker.select("kit.a");
  }
}
