package org.keywarden.engine.host;

import java.util.List;
import java.util.function.Consumer;
import org.keywarden.engine.bus.EngineBus;
import org.keywarden.engine.screen.Menu;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;
import org.keywarden.ime.FieldInfo;
import org.keywarden.ime.Key;
import org.keywarden.ime.Right;
import org.keywarden.ime.SurroundingText;

/**
 * One engine object in the engine's process: what it is told. What it says until it has answered
 * the last {@linkplain #leave farewell} or {@linkplain #forget reset} is of the past.
 *
 * <p>Thread: the host's.
 */
final class RemoteEngine {
  static final String INTERFACE = "org.freedesktop.IBus.Engine";

  /** What an engine is told that every field is. */
  private static final String CONTEXT = "/org/freedesktop/IBus/InputContext_1";

  private static final String CLIENT = "keywarden";

  private static final int PREEDIT = 1;
  private static final int FOCUS = 8;
  private static final int SURROUNDING = 32;
  private static final int CHECKED = 1;

  private final EngineBus bus;
  private final String path;
  private final List<String> activate;
  private final boolean named;
  private final Menu menu;
  private boolean enabled;
  private boolean activated;
  private boolean focused;
  private boolean asksForText;

  /** The call whose answer ends the past, 0 if it is over. */
  private int past;

  /** The call that it was too slow for, 0 if there is none. */
  private int owed;

  /**
   * @param properties what it says of itself
   * @param menu what it registers
   * @param activate keys of properties to be activated once
   */
  RemoteEngine(EngineBus bus, String path, Value properties, Menu menu, List<String> activate) {
    this.bus = bus;
    this.path = path;
    this.activate = activate;
    this.menu = menu;
    this.named = isTrue(properties, "FocusId");
    this.asksForText = isTrue(properties, "ActiveSurroundingText");
  }

  private static boolean isTrue(Value properties, String name) {
    return properties instanceof Value.Array array
        && array.elements().stream()
            .anyMatch(
                each ->
                    each instanceof Value.Entry entry
                        && entry.key() instanceof Value.Str key
                        && key.value().equals(name)
                        && entry.value() instanceof Value.Variant variant
                        && variant.value() instanceof Value.Bool on
                        && on.value());
  }

  String path() {
    return path;
  }

  Menu menu() {
    return menu;
  }

  /** Whether what it says now is of the field it is in. */
  boolean isPresent() {
    return focused && past == 0;
  }

  /** It is in a field from now on. */
  void enter(FieldInfo field) {
    focused = true;
    bus.tell(
        path,
        Properties.INTERFACE,
        "Set",
        new Value.Str(INTERFACE),
        new Value.Str("ContentType"),
        new Value.Variant(ContentTypes.of(field)));
    if (named) {
      tell("FocusInId", new Value.Str(CONTEXT), new Value.Str(CLIENT));
    } else {
      tell("FocusIn");
    }
    if (!enabled) {
      enabled = true;
      tell("Enable");
    }
    boolean text = field.rights().contains(Right.READ_SURROUNDING);
    tell("SetCapabilities", new Value.UInt32(PREEDIT | FOCUS | (text ? SURROUNDING : 0)));
    Value zero = new Value.Int32(0);
    tell("SetCursorLocation", zero, zero, zero, zero);
    if (!activated) {
      activated = true;
      activate.forEach(each -> activate(each, CHECKED));
    }
  }

  /** It is in no field from now on. */
  void leave() {
    if (focused) {
      focused = false;
      tell("Reset");
      passes(named ? "FocusOutId" : "FocusOut", named ? new Value[] {new Value.Str(CONTEXT)} : NO);
    }
  }

  private static final Value[] NO = {};

  /** Another engine is used from now on. */
  void disable() {
    leave();
    if (enabled) {
      enabled = false;
      tell("Disable");
    }
  }

  /** What it composes is gone. */
  void forget() {
    passes("Reset", NO);
  }

  private void passes(String member, Value... body) {
    int[] number = new int[1];
    number[0] =
        bus.call(
            path,
            INTERFACE,
            member,
            answer -> {
              if (past == number[0]) {
                past = 0;
              }
            },
            body);
    past = number[0];
  }

  /**
   * Gives it a key.
   *
   * @param answer is told whether it used the key, unless that was {@linkplain #miss missed}
   * @return the call's number
   */
  int key(Key key, Consumer<Boolean> answer) {
    return act(
        "ProcessKeyEvent",
        answer,
        new Value.UInt32(key.keysym()),
        new Value.UInt32(EngineKeys.keycode(key)),
        new Value.UInt32(EngineKeys.state(key)));
  }

  /** Another act of the user's, which is answered without a word. */
  int act(String member, Consumer<Boolean> answer, Value... body) {
    int[] number = new int[1];
    number[0] =
        bus.call(
            path,
            INTERFACE,
            member,
            reply -> {
              if (past != 0 && past < number[0]) {
                // It gives no answer to a farewell; it has come behind it all the same.
                past = 0;
              }
              if (owed == number[0]) {
                owed = 0;
                forget();
              } else {
                answer.accept(isTrue(reply));
              }
            },
            body);
    return number[0];
  }

  private static boolean isTrue(Message reply) {
    return reply.kind() == Message.Kind.RETURN
        && reply.body().size() == 1
        && reply.body().getFirst() instanceof Value.Bool used
        && used.value();
  }

  /** Nobody waits for the answer to a call any more; what it says until then is of the past. */
  void miss(int call) {
    owed = call;
    past = call;
  }

  /** Whether it has not answered a call that was missed. */
  boolean owes() {
    return owed != 0;
  }

  private void activate(String property, int state) {
    tell("PropertyActivate", new Value.Str(property), new Value.UInt32(state));
  }

  /** It wants the text around the cursor; whether it does so for the first time. */
  boolean asksForText() {
    boolean first = !asksForText;
    asksForText = true;
    return first;
  }

  void surrounding(SurroundingText text) {
    if (asksForText) {
      tell(
          "SetSurroundingText",
          IbusText.plain(text.text()).toVariant(),
          new Value.UInt32(text.cursor()),
          new Value.UInt32(text.anchor()));
    }
  }

  private void tell(String member, Value... body) {
    bus.tell(path, INTERFACE, member, body);
  }
}
