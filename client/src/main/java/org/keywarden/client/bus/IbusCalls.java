package org.keywarden.client.bus;

import java.io.IOException;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** What an application says to IBus. */
public final class IbusCalls {
  public static final String BUS = "org.freedesktop.DBus";
  public static final String BUS_PATH = "/org/freedesktop/DBus";
  public static final String PORTAL = "org.freedesktop.portal.IBus";
  public static final String IBUS = "org.freedesktop.IBus";
  public static final String IBUS_PATH = "/org/freedesktop/IBus";
  public static final String CONTEXT = "org.freedesktop.IBus.InputContext";

  /** Preedit and focus (IBusCapabilite). */
  public static final int CAPABILITIES = 9;

  /** Those, and surrounding text. */
  public static final int WITH_SURROUNDING = CAPABILITIES | 32;

  /** Flag of a key that is let go (IBusModifierType). */
  public static final int RELEASE = 1 << 30;

  private IbusCalls() {}

  /** A call for an input context. */
  public static Message newContext(String client) {
    return Message.call(IBUS, IBUS_PATH, IBUS, "CreateInputContext", new Value.Str(client));
  }

  /** A call for an input context, over the session bus. */
  public static Message newPortalContext(String client) {
    return Message.call(
        PORTAL,
        IBUS_PATH,
        "org.freedesktop.IBus.Portal",
        "CreateInputContext",
        new Value.Str(client));
  }

  /**
   * The path of the input context that was made.
   *
   * @throws IOException if none was
   */
  public static String contextIn(Message answer) throws IOException {
    if (answer.body().isEmpty() || !(answer.body().getFirst() instanceof Value.ObjectPath path)) {
      throw new IOException("no input context: " + answer.errorName());
    }
    return path.value();
  }

  /** Makes an input context that can show preedit and has surrounding text. */
  public static String context(BusLine line, String client) throws IOException {
    String path = contextIn(line.call(newContext(client)));
    line.call(on(path, "SetCapabilities", new Value.UInt32(WITH_SURROUNDING)));
    return path;
  }

  /** A call to an input context. */
  public static Message on(String context, String member, Value... body) {
    return Message.call(IBUS, context, CONTEXT, member, body);
  }

  /** The same call to an object of the portal's. */
  public static Message toPortal(Message call) {
    return Message.call(
        PORTAL,
        String.valueOf(call.path()),
        String.valueOf(call.interfaceName()),
        String.valueOf(call.member()),
        call.body().toArray(Value[]::new));
  }

  /** What the field is. */
  public static Message type(String context, int purpose, int hints) {
    return Message.call(
        IBUS,
        context,
        "org.freedesktop.DBus.Properties",
        "Set",
        new Value.Str(CONTEXT),
        new Value.Str("ContentType"),
        new Value.Variant(Value.Struct.of(new Value.UInt32(purpose), new Value.UInt32(hints))));
  }

  /** What stands around the cursor, which is at its end. */
  public static Message surrounding(String context, String text) {
    Value cursor = new Value.UInt32(text.codePointCount(0, text.length()));
    return on(
        context,
        "SetSurroundingText",
        new Value.Variant(IbusText.plain(text).toValue()),
        cursor,
        cursor);
  }

  /** A key. */
  public static Message key(String context, int keysym, int code, int state) {
    return on(
        context,
        "ProcessKeyEvent",
        new Value.UInt32(keysym),
        new Value.UInt32(code),
        new Value.UInt32(state));
  }

  /** A key that is pressed. */
  public static Message key(String context, int keysym) {
    return key(context, keysym, 30, 0);
  }
}
