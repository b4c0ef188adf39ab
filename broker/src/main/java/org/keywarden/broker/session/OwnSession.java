package org.keywarden.broker.session;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * Finds our session at logind: that of {@code XDG_SESSION_ID}, else that of this process, else the
 * one in which the user has a display, as a service of the user's is in no session.
 *
 * @param id value of {@code XDG_SESSION_ID}, empty if unset
 */
record OwnSession(String id, int uid, long pid) {
  private static final String PATH = "/org/freedesktop/login1";
  private static final String MANAGER = Logind.NAME + ".Manager";
  private static final String NONE = "/";

  /** How logind's errors begin that say "no": NoSuchSession, NoSessionForPID, NoSuchUser. */
  private static final String NO_SUCH = Logind.NAME + ".No";

  /** How it ended. */
  interface Outcome {
    /** An object path. */
    void found(String session);

    void none();

    /** An answer is missing or makes no sense. */
    void notSaid();
  }

  void find(Logind.Calls logind, Outcome outcome) {
    if (id.isEmpty()) {
      findByProcess(logind, outcome);
    } else {
      ask(
          logind,
          manager("GetSession", new Value.Str(id)),
          outcome,
          OwnSession::path,
          outcome::found,
          () -> findByProcess(logind, outcome));
    }
  }

  private void findByProcess(Logind.Calls logind, Outcome outcome) {
    ask(
        logind,
        manager("GetSessionByPID", new Value.UInt32((int) pid)),
        outcome,
        OwnSession::path,
        outcome::found,
        () -> findByUser(logind, outcome));
  }

  private void findByUser(Logind.Calls logind, Outcome outcome) {
    ask(
        logind,
        manager("GetUser", new Value.UInt32(uid)),
        outcome,
        OwnSession::path,
        user ->
            ask(
                logind,
                Message.call(
                    Logind.NAME,
                    user,
                    "org.freedesktop.DBus.Properties",
                    "Get",
                    new Value.Str(Logind.NAME + ".User"),
                    new Value.Str("Display")),
                outcome,
                OwnSession::display,
                session -> {
                  if (session.equals(NONE)) {
                    outcome.none();
                  } else {
                    outcome.found(session);
                  }
                },
                outcome::none),
        outcome::none);
  }

  private static Message manager(String member, Value argument) {
    return Message.call(Logind.NAME, PATH, MANAGER, member, argument);
  }

  private static void ask(
      Logind.Calls logind,
      Message call,
      Outcome outcome,
      Function<Value, @Nullable String> reading,
      Consumer<String> then,
      Runnable otherwise) {
    logind.call(
        call,
        answer -> {
          if (answer != null && String.valueOf(answer.errorName()).startsWith(NO_SUCH)) {
            otherwise.run();
            return;
          }
          String read =
              answer == null || answer.kind() == Message.Kind.ERROR || answer.body().isEmpty()
                  ? null
                  : reading.apply(answer.body().getFirst());
          if (read == null) {
            outcome.notSaid();
          } else {
            then.accept(read);
          }
        });
  }

  private static @Nullable String path(Value of) {
    return of instanceof Value.ObjectPath path ? path.value() : null;
  }

  /** A session is its id and its path. */
  private static @Nullable String display(Value of) {
    return of instanceof Value.Variant variant
            && variant.value() instanceof Value.Struct session
            && session.members().size() == 2
        ? path(session.members().get(1))
        : null;
  }
}
