package org.keywarden.wayland.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.wayland.wire.Member;

/**
 * One interface of a protocol.
 *
 * @param version the newest that is described here
 * @param requests by opcode
 * @param events by opcode
 */
public record Interface(String name, int version, List<Member> requests, List<Member> events) {
  public Interface {
    requests = List.copyOf(requests);
    events = List.copyOf(events);
  }

  /** The event with an opcode, null if there is none. */
  public @Nullable Member event(int opcode) {
    return opcode < events.size() ? events.get(opcode) : null;
  }

  /** The opcode of a request. */
  public int request(String request) {
    for (int opcode = 0; opcode < requests.size(); opcode++) {
      if (requests.get(opcode).name().equals(request)) {
        return opcode;
      }
    }
    throw new IllegalArgumentException(name + " has no request " + request);
  }
}
