package org.keywarden.broker.frontdoor.ibus.session;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/**
 * What a person is told on their screen (Desktop Notifications Specification 1.2), once, and not
 * more than one a minute: what it is about is on standard error and in the status too. Thread: the
 * seat's.
 */
public final class Notices {
  static final String NAME = "org.freedesktop.Notifications";

  private static final String PATH = "/org/freedesktop/Notifications";
  private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

  /** The server's own. */
  private static final int LIFETIME = -1;

  private final Consumer<Message> orders;
  private boolean toldBefore;
  private long toldAt;

  /**
   * @param orders takes calls to the session bus that want no answer
   */
  public Notices(Consumer<Message> orders) {
    this.orders = orders;
  }

  /**
   * Tells it.
   *
   * @param body in which markup means nothing: it is taken out
   * @param now in ns
   */
  public void tell(String summary, String body, long now) {
    if (toldBefore && now - toldAt < PAUSE) {
      return;
    }
    toldBefore = true;
    toldAt = now;
    orders.accept(
        Message.order(
                PATH,
                NAME,
                "Notify",
                new Value.Str("Keywarden"),
                new Value.UInt32(0),
                new Value.Str("input-keyboard"),
                new Value.Str(summary),
                new Value.Str(body.replaceAll("[<>&\\p{Cntrl}]", " ")),
                new Value.Array(Type.Basic.STRING, List.of()),
                Properties.one("urgency", new Value.Byte((byte) 1)),
                new Value.Int32(LIFETIME))
            .to(NAME));
  }
}
