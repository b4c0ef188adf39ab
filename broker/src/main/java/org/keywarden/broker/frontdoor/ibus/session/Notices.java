package org.keywarden.broker.frontdoor.ibus.session;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/**
 * What a person is told on their screen (Desktop Notifications Specification 1.2), once, and not
 * more than one of a kind a minute: what it is about is on standard error and in the status too.
 * Thread: the seat's.
 */
public final class Notices {
  static final String NAME = "org.freedesktop.Notifications";

  private static final String PATH = "/org/freedesktop/Notifications";
  private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

  /** The server's own. */
  private static final int LIFETIME = -1;

  private final Consumer<Message> orders;
  private final Map<Kind, Long> told = new EnumMap<>(Kind.class);

  /** What a notice is about. */
  public enum Kind {
    BYPASSED("Your typing bypasses Keywarden"),
    BESIDE("Another input method runs beside Keywarden"),
    QUARANTINED("An input method was shut out"),
    LOG("Nothing composes: grants cannot be recorded");

    private final String summary;

    Kind(String summary) {
      this.summary = summary;
    }
  }

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
  public void tell(Kind kind, String body, long now) {
    Long before = told.get(kind);
    if (before != null && now - before < PAUSE) {
      return;
    }
    told.put(kind, now);
    orders.accept(
        Message.order(
                PATH,
                NAME,
                "Notify",
                new Value.Str("Keywarden"),
                new Value.UInt32(0),
                new Value.Str("input-keyboard"),
                new Value.Str(kind.summary),
                new Value.Str(body.replaceAll("[<>&\\p{Cntrl}]", " ")),
                new Value.Array(Type.Basic.STRING, List.of()),
                Properties.one("urgency", new Value.Byte((byte) 1)),
                new Value.Int32(LIFETIME))
            .to(NAME));
  }
}
