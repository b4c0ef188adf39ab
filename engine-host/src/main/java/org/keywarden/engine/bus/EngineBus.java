package org.keywarden.engine.bus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.bus.AnyObject;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.bus.Errors;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * One engine's connection as ibus-daemon would serve it: a bus with three clients, of which the
 * engine is the only real one. Who a message says that it is from counts for nothing.
 *
 * <p>Thread: one.
 */
public final class EngineBus {
  private static final String ENGINE = ":1.2";
  private static final int PRIMARY_OWNER = 1;

  /** Calls an engine may owe an answer to; each is a key, a change of focus, or a question. */
  private static final int MOST_UNANSWERED = 1_024;

  /** Names the engine's component; an engine that does not request it has nothing to serve. */
  private final String component;

  private final BusObject bus;
  private final ConfigObject config;
  private final Consumer<Message> out;
  private final Party party;
  private final Map<Integer, Consumer<Message>> unanswered = new HashMap<>();
  private boolean helloSaid;
  private boolean named;
  private int serial;
  private int refused;

  /** Whom the engine serves. */
  public interface Party {
    /** The engine has its component's name: its factory can be called. */
    void arrived();

    /** A signal of the engine's. */
    void said(Message signal) throws Malformed;
  }

  /**
   * @param component the name that the engine will request
   * @param out takes complete messages
   */
  public EngineBus(
      String guid, String component, ConfigObject config, Consumer<Message> out, Party party) {
    this.component = component;
    this.bus = new BusObject(guid, new OwnNames());
    this.config = config;
    this.out = out;
    this.party = party;
  }

  /** How many calls were refused since the connection began. */
  public int refused() {
    return refused;
  }

  /**
   * Calls the engine; the answer, which may be an error, comes to {@code answer}, or never.
   *
   * @return the call's number
   */
  public int call(
      String path, String interfaceName, String member, Consumer<Message> answer, Value... body) {
    Message call =
        new Message(
            Message.Kind.CALL,
            0,
            0,
            path,
            interfaceName,
            member,
            null,
            0,
            null,
            null,
            List.of(body));
    int number = send(call.from(BusObject.NAME));
    unanswered.put(number, answer);
    return number;
  }

  /** Calls the engine and wants no answer. */
  public void tell(String path, String interfaceName, String member, Value... body) {
    Message call =
        new Message(
            Message.Kind.CALL,
            Message.NO_REPLY,
            0,
            path,
            interfaceName,
            member,
            null,
            0,
            null,
            null,
            List.of(body));
    send(call.from(BusObject.NAME));
  }

  /**
   * Takes a message of the engine's.
   *
   * @throws Malformed if its connection is to be ended
   */
  public void receive(Message message) throws Malformed {
    switch (message.kind()) {
      case CALL -> called(message.from(ENGINE));
      case RETURN, ERROR -> {
        Consumer<Message> answer = unanswered.remove(message.replySerial());
        // Whoever answers twice, or what nobody asked, is not heard.
        if (answer != null) {
          answer.accept(message);
        }
      }
      case SIGNAL -> party.said(message);
      case OTHER -> {}
    }
    if (unanswered.size() > MOST_UNANSWERED) {
      throw new Malformed("an engine owes more than " + MOST_UNANSWERED + " answers");
    }
  }

  private void called(Message call) {
    String to = call.destination() == null ? BusObject.IBUS : call.destination();
    Message answer = AnyObject.answer(call);
    if (answer == null) {
      answer = to.equals(BusObject.NAME) ? byBus(call) : byOthers(call, to);
    }
    if (answer.kind() == Message.Kind.ERROR) {
      refused++;
    }
    if (call.wantsReply()) {
      send(answer.from(BusObject.NAME));
    }
    if (!named && names(call, answer)) {
      named = true;
      send(
          Message.signal(BusObject.PATH, BusObject.NAME, "NameAcquired", new Value.Str(component))
              .from(BusObject.NAME));
      party.arrived();
    }
  }

  private Message byBus(Message call) {
    if (helloSaid) {
      return bus.answer(call);
    }
    helloSaid = "Hello".equals(call.member());
    return helloSaid ? call.reply(new Value.Str(ENGINE)) : Errors.denied(call, "Hello comes first");
  }

  private Message byOthers(Message call, String to) {
    if (!helloSaid) {
      return Errors.denied(call, "Hello comes first");
    }
    return switch (to) {
      case ConfigObject.NAME, ConfigObject.OWNER -> config.answer(call);
      case BusObject.IBUS, BusObject.OWNER ->
          "GetAll".equals(call.member())
              ? call.reply(Properties.none())
              : Errors.denied(call, "engines may not " + call.member());
      default -> Errors.named(call, "ServiceUnknown", "nobody owns this name");
    };
  }

  private static boolean names(Message call, Message answer) {
    return "RequestName".equals(call.member()) && answer.kind() == Message.Kind.RETURN;
  }

  private int send(Message message) {
    serial = serial == -1 ? 1 : serial + 1;
    out.accept(message.to(helloSaid ? ENGINE : null).numbered(serial));
    return serial;
  }

  private final class OwnNames implements BusObject.Names {
    @Override
    public @Nullable String owner(String name) {
      return switch (name) {
        case BusObject.IBUS -> BusObject.OWNER;
        case ConfigObject.NAME -> ConfigObject.OWNER;
        case BusObject.OWNER, ConfigObject.OWNER, ENGINE -> name;
        default -> named && name.equals(component) ? ENGINE : null;
      };
    }

    @Override
    public List<String> owned() {
      List<String> names =
          new ArrayList<>(
              List.of(
                  BusObject.IBUS, BusObject.OWNER, ConfigObject.NAME, ConfigObject.OWNER, ENGINE));
      if (named) {
        names.add(component);
      }
      return names;
    }

    @Override
    public Message request(Message call) {
      boolean own =
          call.member() != null
              && call.member().equals("RequestName")
              && call.signature().equals("su")
              && call.body().getFirst() instanceof Value.Str name
              && name.value().equals(component);
      return own
          ? call.reply(new Value.UInt32(PRIMARY_OWNER))
          : Errors.denied(call, "an engine owns its component's name and no other");
    }
  }
}
