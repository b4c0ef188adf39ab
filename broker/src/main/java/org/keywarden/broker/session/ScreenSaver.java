package org.keywarden.broker.session;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.bus.BusClient;
import org.keywarden.broker.bus.NameOwner;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * A screen saver on the session bus: {@code GetActive}, and the signal {@code ActiveChanged} of
 * whoever owns its name ("org.freedesktop.ScreenSaver", idle inhibition specification; those of
 * desktops have the same two). An active one counts as a locked screen. Thread: the session's.
 */
final class ScreenSaver {
  private static final String ERROR = "org.freedesktop.DBus.Error.";

  /** The owner of the name serves something else under it, as the inhibiting of sleep. */
  private static final Set<String> NOT_SERVED =
      Set.of(
          ERROR + "UnknownMethod",
          ERROR + "UnknownInterface",
          ERROR + "UnknownObject",
          ERROR + "NotSupported");

  private final String name;
  private final String path;
  private final BusClient bus;
  private final LockSource source;
  private final Runnable unlocked;
  private final NameOwner owner;
  private final Inquiry inquiry;

  /**
   * @param name on the bus, and of the interface
   * @param unlocked run when it says that a lock of which it told is over
   */
  ScreenSaver(String name, String path, BusClient bus, LockSource source, Runnable unlocked) {
    this.name = name;
    this.path = path;
    this.bus = bus;
    this.source = source;
    this.unlocked = unlocked;
    this.owner = new NameOwner(bus, name, this::ownedBy);
    this.inquiry = new Inquiry(bus, this::ask);
  }

  void begun() {
    bus.match(
        "type='signal',sender='%s',interface='%s',member='ActiveChanged'".formatted(name, name));
    owner.begun();
  }

  void gone() {
    owner.gone();
    inquiry.drop();
    source.gone();
  }

  void signalled(Message signal) {
    if (owner.signalled(signal) || !owner.sent(signal)) {
      return;
    }
    if (name.equals(signal.interfaceName()) && "ActiveChanged".equals(signal.member())) {
      take(truth(signal));
    }
  }

  /** What was so before may not be so any more. */
  void askAnew() {
    if (owner.now() != null) {
      source.found();
      inquiry.put();
    }
  }

  private void ownedBy(@Nullable String now) {
    inquiry.drop();
    if (now == null) {
      source.gone();
    } else {
      askAnew();
    }
  }

  private void ask(Inquiry.Asked asked) {
    String whom = owner.now();
    if (whom == null) {
      return;
    }
    bus.call(
        Message.call(whom, path, name, "GetActive"),
        answer -> {
          if (!asked.holds()) {
            return;
          }
          boolean refused =
              answer != null
                  && answer.kind() == Message.Kind.ERROR
                  && NOT_SERVED.contains(String.valueOf(answer.errorName()));
          Boolean active =
              answer != null && answer.kind() == Message.Kind.RETURN ? truth(answer) : null;
          if (refused) {
            source.saysNothing();
          } else if (active != null && !inquiry.isOutdated()) {
            take(active);
          }
          asked.ended(refused || active != null);
        });
  }

  private void take(@Nullable Boolean active) {
    if (active == null) {
      askAnew();
    } else if (active) {
      source.says(SourceState.LOCKED);
    } else {
      boolean over = source.state() == SourceState.LOCKED;
      source.says(SourceState.UNLOCKED);
      if (over) {
        unlocked.run();
      }
    }
  }

  private static @Nullable Boolean truth(Message of) {
    return of.body().size() == 1 && of.body().getFirst() instanceof Value.Bool truth
        ? (Boolean) truth.value()
        : null;
  }
}
