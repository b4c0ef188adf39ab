package org.keywarden.broker.session;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.bus.BusClient;
import org.keywarden.broker.bus.NameOwner;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * What logind says of our session (org.freedesktop.login1(5)): whether a locker locked it or was
 * asked to, whether it has the screen, and whether the machine sleeps. Thread: the session's.
 *
 * <p>A request to lock counts from when it is made; it is over when logind is asked to unlock, when
 * the locker says so there, or when a screen saver that told of the lock tells of its end: most
 * lockers say it in one of these ways only.
 */
final class Logind {
  static final String NAME = "org.freedesktop.login1";
  private static final String PATH = "/org/freedesktop/login1";
  private static final String MANAGER = NAME + ".Manager";
  private static final String SESSION = NAME + ".Session";
  private static final String PROPERTIES = "org.freedesktop.DBus.Properties";

  private final BusClient bus;
  private final LockSource source;
  private final OwnSession own;
  private final Runnable resumed;
  private final Runnable unlocked;
  private final NameOwner owner;
  private final Inquiry inquiry;

  /** Of our session; empty while none is known. */
  private String path = "";

  /** Everything below was answered since logind is there. */
  private boolean known;

  private boolean asleep;
  private boolean active;
  private boolean hinted;
  private boolean requested;

  /**
   * @param resumed run when the machine is awake again
   * @param unlocked run when logind says that the lock is over
   */
  Logind(BusClient bus, LockSource source, OwnSession own, Runnable resumed, Runnable unlocked) {
    this.bus = bus;
    this.source = source;
    this.own = own;
    this.resumed = resumed;
    this.unlocked = unlocked;
    this.owner = new NameOwner(bus, NAME, this::ownedBy);
    this.inquiry = new Inquiry(bus, this::ask);
  }

  void begun() {
    bus.match("type='signal',sender='%s',path='%s',interface='%s'".formatted(NAME, PATH, MANAGER));
    owner.begun();
  }

  void gone() {
    owner.gone();
    path = "";
    forget();
    source.gone();
  }

  private void ownedBy(@Nullable String now) {
    leaveSession();
    forget();
    if (now == null) {
      source.gone();
    } else {
      askAnew();
    }
  }

  /** What was said is of no use any more. */
  private void forget() {
    inquiry.drop();
    known = false;
    asleep = false;
    requested = false;
  }

  private void leaveSession() {
    if (!path.isEmpty()) {
      bus.unmatch(rule(path));
      path = "";
    }
  }

  private static String rule(String session) {
    return "type='signal',sender='%s',path='%s'".formatted(NAME, session);
  }

  /** What was so before may not be so any more. */
  private void askAnew() {
    known = false;
    source.found();
    inquiry.put();
  }

  /** A screen saver says that the lock of which it told is over: so is a request for it. */
  void requestIsOver() {
    if (requested) {
      requested = false;
      publish();
    }
  }

  // What it is asked.

  private void ask(Inquiry.Asked asked) {
    String whom = owner.now();
    if (whom == null) {
      return;
    }
    if (!path.isEmpty()) {
      askSession(asked, whom);
      return;
    }
    own.find(
        (call, answer) ->
            bus.call(call.to(whom), message -> whileHeld(asked, () -> answer.accept(message))),
        new OwnSession.Outcome() {
          @Override
          public void found(String session) {
            path = session;
            bus.match(rule(session));
            askSession(asked, whom);
          }

          @Override
          public void none() {
            source.gone();
            asked.ended(true);
          }

          @Override
          public void notSaid() {
            asked.ended(false);
          }
        });
  }

  private static void whileHeld(Inquiry.Asked asked, Runnable action) {
    if (asked.holds()) {
      action.run();
    }
  }

  private void askSession(Inquiry.Asked asked, String whom) {
    bus.call(
        Message.call(whom, path, PROPERTIES, "GetAll", new Value.Str(SESSION)),
        answer ->
            whileHeld(
                asked,
                () -> {
                  if (answer == null
                      || answer.kind() != Message.Kind.RETURN
                      || answer.body().isEmpty()
                      || !takeAll(answer.body().getFirst())) {
                    if (answer != null && answer.kind() == Message.Kind.ERROR) {
                      leaveSession();
                    }
                    asked.ended(false);
                  } else {
                    askManager(asked, whom);
                  }
                }));
  }

  private boolean takeAll(Value properties) {
    Boolean locked = PropertyValues.truth(properties, "LockedHint");
    Boolean shown = PropertyValues.truth(properties, "Active");
    if (locked == null || shown == null) {
      return false;
    }
    hinted = locked;
    active = shown;
    return true;
  }

  private void askManager(Inquiry.Asked asked, String whom) {
    bus.call(
        Message.call(
            whom,
            PATH,
            PROPERTIES,
            "Get",
            new Value.Str(MANAGER),
            new Value.Str("PreparingForSleep")),
        answer ->
            whileHeld(
                asked,
                () -> {
                  Boolean sleeps = answer == null ? null : PropertyValues.single(answer.body());
                  if (sleeps != null && !inquiry.isOutdated()) {
                    asleep = sleeps;
                    known = true;
                    publish();
                  }
                  asked.ended(sleeps != null);
                }));
  }

  // What it says unasked.

  void signalled(Message signal) {
    if (owner.signalled(signal) || !owner.sent(signal)) {
      return;
    }
    if (PATH.equals(signal.path()) && MANAGER.equals(signal.interfaceName())) {
      takeOfManager(signal);
    } else if (!path.isEmpty() && path.equals(signal.path())) {
      takeOfSession(signal);
    }
  }

  private void takeOfManager(Message signal) {
    List<Value> body = signal.body();
    switch (String.valueOf(signal.member())) {
      case "PrepareForSleep" -> {
        if (body.size() == 1 && body.getFirst() instanceof Value.Bool sleeps) {
          sleep(sleeps.value());
        } else {
          askAnew();
        }
      }
      case "SessionNew" -> {
        if (path.isEmpty()) {
          inquiry.put();
        }
      }
      case "SessionRemoved" -> {
        if (!path.isEmpty() && body.size() == 2 && body.get(1).equals(new Value.ObjectPath(path))) {
          leaveSession();
          forget();
          source.gone();
          inquiry.put();
        }
      }
      default -> {}
    }
  }

  private void sleep(boolean now) {
    asleep = now;
    if (now) {
      publish();
    } else {
      askAnew();
      resumed.run();
    }
  }

  private void takeOfSession(Message signal) {
    boolean ofSession = SESSION.equals(signal.interfaceName());
    if (ofSession && "Lock".equals(signal.member())) {
      requested = true;
      publish();
    } else if (ofSession && "Unlock".equals(signal.member())) {
      lockIsOver();
      publish();
    } else if (PROPERTIES.equals(signal.interfaceName())
        && "PropertiesChanged".equals(signal.member())) {
      takeChanges(signal.body());
    }
  }

  private void lockIsOver() {
    requested = false;
    unlocked.run();
  }

  private void takeChanges(List<Value> body) {
    if (body.size() != 3 || !(body.getFirst() instanceof Value.Str of)) {
      askAnew();
      return;
    }
    if (!of.value().equals(SESSION)) {
      return;
    }
    boolean clear = true;
    for (String property : List.of("LockedHint", "Active")) {
      boolean told = PropertyValues.has(body.get(1), property);
      Boolean truth = told ? PropertyValues.truth(body.get(1), property) : null;
      clear &= told == (truth != null) && !PropertyValues.names(body.get(2), property);
      if (truth != null) {
        take(property, truth);
      }
    }
    if (clear) {
      publish();
    } else {
      askAnew();
    }
  }

  private void take(String property, boolean truth) {
    if (property.equals("Active")) {
      active = truth;
    } else {
      hinted = truth;
      if (!truth) {
        lockIsOver();
      }
    }
  }

  /** What locks counts at once, what does not only once everything is known. */
  private void publish() {
    if (asleep) {
      source.says(SourceState.ASLEEP);
    } else if (known && !active) {
      source.says(SourceState.INACTIVE);
    } else if (requested || (known && hinted)) {
      source.says(SourceState.LOCKED);
    } else if (known) {
      source.says(SourceState.UNLOCKED);
    }
  }

  /** Calls logind, and gives the answer on: an error too, null if there was none in time. */
  interface Calls {
    void call(Message call, Consumer<@Nullable Message> answer);
  }
}
