package org.keywarden.broker.frontdoor.ibus.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.bus.Errors;
import org.keywarden.ibus.wire.Message;

/**
 * The names that an application is told of: IBus's and its own.
 *
 * @param own the application's unique name
 */
record DoorNames(String own) implements BusObject.Names {
  @Override
  public @Nullable String owner(String name) {
    if (name.equals(BusObject.IBUS)) {
      return BusObject.OWNER;
    }
    return name.equals(BusObject.OWNER) || name.equals(own) ? name : null;
  }

  @Override
  public List<String> owned() {
    return List.of(BusObject.IBUS, BusObject.OWNER, own);
  }

  @Override
  public Message request(Message call) {
    return Errors.denied(call, "applications own no names on this bus");
  }
}
