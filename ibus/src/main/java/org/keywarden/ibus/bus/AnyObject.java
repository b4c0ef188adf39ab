package org.keywarden.ibus.bus;

import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** What every object answers, whoever has it (D-Bus Specification, "Standard Interfaces"). */
public final class AnyObject {
  private static final String PEER = "org.freedesktop.DBus.Peer";
  private static final String INTROSPECTABLE = "org.freedesktop.DBus.Introspectable";

  private AnyObject() {}

  /** The answer, or null if the object itself has to give it. */
  public static @Nullable Message answer(Message call) {
    if (PEER.equals(call.interfaceName()) && "Ping".equals(call.member())) {
      return call.reply();
    }
    return INTROSPECTABLE.equals(call.interfaceName())
        ? call.reply(new Value.Str("<node/>"))
        : null;
  }
}
