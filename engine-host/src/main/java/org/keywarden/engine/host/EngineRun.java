package org.keywarden.engine.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keywarden.engine.bus.ConfigObject;
import org.keywarden.engine.bus.EngineBus;
import org.keywarden.engine.bus.EngineConnection;
import org.keywarden.engine.screen.Menu;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.object.IbusProperty;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * One run of the engine's process, from its connection on: its factory and the engines made there.
 *
 * <p>Thread: the host's.
 */
final class EngineRun implements EngineConnection.Party, EngineBus.Party {
  private static final String FACTORY = "/org/freedesktop/IBus/Factory";
  private static final String FACTORY_INTERFACE = "org.freedesktop.IBus.Factory";
  private static final int MOST_ENGINES = 64;

  private final EngineBus bus;
  private final List<String> activate;
  private final Owner owner;
  private final Map<String, RemoteEngine> engines = new HashMap<>();
  private final Map<String, Menu> menus = new HashMap<>();
  private @Nullable EngineConnection connection;
  private boolean arrived;
  private @Nullable String making;

  /** What has to be known of a run. */
  interface Owner {
    /** Engines can be made. */
    void arrived();

    /** An engine was made. */
    void made(String name, RemoteEngine engine);

    /** It cannot be made. */
    void notMade(String name);

    /** An engine said something. */
    void said(String path, Message signal) throws Malformed;

    /** An engine's properties changed. */
    void menuChanged(String path);

    /** Everything that was said at once has been handed over. */
    void paused();

    /** The run is over. */
    void over(String why);
  }

  EngineRun(
      String guid, String component, ConfigObject config, List<String> activate, Owner owner) {
    this.bus = new EngineBus(guid, component, config, this::send, this);
    this.activate = List.copyOf(activate);
    this.owner = owner;
  }

  boolean isConnected() {
    return connection != null;
  }

  void connected(EngineConnection made) {
    connection = made;
  }

  private void send(Message message) {
    if (connection != null) {
      connection.send(message);
    }
  }

  /** Why the run is over, as far as that was the host's doing. */
  String why(String otherwise) {
    String why = connection == null ? null : connection.why();
    return why == null ? otherwise : why;
  }

  /** Ends the connection; {@link Owner#over} follows. */
  void end(String why) {
    if (connection != null) {
      connection.end(why);
    }
  }

  @Nullable RemoteEngine engine(String name) {
    return engines.get(name);
  }

  /** Has an engine made, unless that is under way. */
  void make(String name) {
    if (!arrived || name.equals(making) || engines.size() == MOST_ENGINES) {
      return;
    }
    making = name;
    bus.call(
        FACTORY,
        FACTORY_INTERFACE,
        "CreateEngine",
        answer -> {
          if (answer.kind() == Message.Kind.RETURN
              && answer.body().size() == 1
              && answer.body().getFirst() instanceof Value.ObjectPath path) {
            ask(name, path.value());
          } else {
            making = null;
            owner.notMade(name);
          }
        },
        new Value.Str(name));
  }

  private void ask(String name, String path) {
    bus.call(
        path,
        Properties.INTERFACE,
        "GetAll",
        answer -> {
          making = null;
          // An error too is an answer: old engines have no properties.
          Value properties = answer.body().isEmpty() ? Properties.none() : answer.body().getFirst();
          RemoteEngine engine =
              new RemoteEngine(
                  bus, path, properties, menus.computeIfAbsent(path, own -> new Menu()), activate);
          engines.put(name, engine);
          owner.made(name, engine);
        },
        new Value.Str(RemoteEngine.INTERFACE));
  }

  @Override
  public void received(Message message) throws Malformed {
    bus.receive(message);
  }

  @Override
  public void arrived() {
    arrived = true;
    owner.arrived();
  }

  @Override
  public void said(Message signal) throws Malformed {
    String path = signal.path();
    if (path == null || !RemoteEngine.INTERFACE.equals(signal.interfaceName())) {
      return;
    }
    switch (String.valueOf(signal.member())) {
      case "RegisterProperties" -> {
        menuOf(path).register(IbusProperty.listFrom(Signals.argument(signal, "v", 0)));
        owner.menuChanged(path);
      }
      case "UpdateProperty" -> {
        menuOf(path).update(IbusProperty.from(Signals.argument(signal, "v", 0)));
        owner.menuChanged(path);
      }
      default -> owner.said(path, signal);
    }
  }

  /** An engine may register properties before it has told its path. */
  private Menu menuOf(String path) throws Malformed {
    if (menus.size() == MOST_ENGINES && !menus.containsKey(path)) {
      throw new Malformed("an engine's process has more than " + MOST_ENGINES + " engines");
    }
    return menus.computeIfAbsent(path, unknown -> new Menu());
  }

  @Override
  public void batchEnded() {
    owner.paused();
  }

  @Override
  public void ended(String why) {
    owner.over(why);
  }
}
