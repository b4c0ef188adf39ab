package org.keywarden.broker.frontdoor.ibus.context;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an application has handled the keys that it was given and told of what came of
 * them: first its D-Bus library has to answer, so that it has taken what was sent before; then its
 * event loop, several times.
 */
final class KeyProof {
  private final Consumer<Runnable> loop;
  private @Nullable Consumer<Runnable> library;
  private @Nullable Question asked;

  /** One question; a newer one takes its place. */
  private static final class Question {
    final boolean nests;
    final Runnable then;

    /** A key waits, or came since. */
    boolean stale;

    Question(boolean nests, Runnable then) {
      this.nests = nests;
      this.then = then;
    }
  }

  /**
   * @param loop asks the application's event loop
   */
  KeyProof(Consumer<Runnable> loop) {
    this.loop = loop;
  }

  /** How the D-Bus library is asked; it never is where this is not said. */
  void askLibraryBy(Consumer<Runnable> asking) {
    library = asking;
  }

  /**
   * Asks.
   *
   * @param nests whether the application waits for the answer to a key in an event loop of its own:
   *     then its loop says nothing while it waits for another key
   * @param settled whether it waits for none
   * @param then run with the proof, never without
   */
  void ask(boolean nests, BooleanSupplier settled, Runnable then) {
    Question question = new Question(nests, then);
    asked = question;
    begin(question, settled);
  }

  private void begin(Question question, BooleanSupplier settled) {
    if (library == null) {
      return;
    }
    question.stale = !settled.getAsBoolean();
    library.accept(
        () -> {
          if (asked == question) {
            loop.accept(() -> end(question, settled));
          }
        });
  }

  private void end(Question question, BooleanSupplier settled) {
    if (asked != question) {
      return;
    }
    boolean waits = !settled.getAsBoolean();
    if (question.nests && (question.stale || waits)) {
      if (!waits) {
        begin(question, settled);
      }
      return;
    }
    asked = null;
    question.then.run();
  }

  /** The application sends a key. */
  void keyCame() {
    if (asked != null) {
      asked.stale = true;
    }
  }
}
