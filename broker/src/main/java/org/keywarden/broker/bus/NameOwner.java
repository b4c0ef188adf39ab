package org.keywarden.broker.bus;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * Who owns a well-known name of a bus: the one program whose word counts as that of the name.
 * Thread: the bus's loop.
 */
public final class NameOwner {
  /** In ms, before the bus is asked again. */
  private static final long RETRY = 1_000;

  private static final String NOBODY = "org.freedesktop.DBus.Error.NameHasNoOwner";

  private final BusClient bus;
  private final String name;
  private final Consumer<@Nullable String> changed;
  private @Nullable String owner;
  private int connection;

  /**
   * @param changed takes the owner's unique name, null for none, once it is known and whenever it
   *     changes
   */
  public NameOwner(BusClient bus, String name, Consumer<@Nullable String> changed) {
    this.bus = bus;
    this.name = name;
    this.changed = changed;
  }

  /** The match rule by which the bus tells whose a name is. */
  public static String rule(String name) {
    return "type='signal',sender='org.freedesktop.DBus',path='/org/freedesktop/DBus',"
        + "interface='org.freedesktop.DBus',member='NameOwnerChanged',arg0='"
        + name
        + "'";
  }

  /** The connection has begun. */
  public void begun() {
    connection++;
    bus.match(rule(name));
    ask(connection);
  }

  private void ask(int asking) {
    bus.ask(
        "GetNameOwner",
        answer -> {
          if (asking != connection) {
            return;
          }
          if (answer != null && answer.kind() == Message.Kind.RETURN) {
            set(text(answer, 0));
          } else if (answer != null && NOBODY.equals(answer.errorName())) {
            set("");
          } else {
            bus.after(
                RETRY,
                () -> {
                  if (asking == connection) {
                    ask(asking);
                  }
                });
          }
        },
        new Value.Str(name));
  }

  /** The connection is over. */
  public void gone() {
    connection++;
    owner = null;
  }

  /** Takes any signal; whether it was about this. */
  public boolean signalled(Message signal) {
    boolean ours =
        BusConversation.BUS.equals(signal.sender())
            && "NameOwnerChanged".equals(signal.member())
            && text(signal, 0).equals(name);
    if (ours) {
      set(text(signal, 2));
    }
    return ours;
  }

  private void set(String now) {
    owner = now.isEmpty() ? null : now;
    changed.accept(owner);
  }

  private static String text(Message of, int at) {
    return of.body().size() > at && of.body().get(at) instanceof Value.Str text ? text.value() : "";
  }

  /** Whether a message is the owner's. */
  public boolean sent(Message message) {
    return owner != null && owner.equals(message.sender());
  }

  /** The owner's unique name, null if there is none or none is known. */
  public @Nullable String now() {
    return owner;
  }
}
