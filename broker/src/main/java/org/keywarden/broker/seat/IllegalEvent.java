package org.keywarden.broker.seat;

/** An event that cannot happen in the seat's state, which is unchanged. */
public final class IllegalEvent extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  IllegalEvent(String message) {
    super(message);
  }
}
