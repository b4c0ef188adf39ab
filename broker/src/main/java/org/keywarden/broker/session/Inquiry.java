package org.keywarden.broker.session;

import java.util.function.Consumer;
import org.keywarden.broker.bus.BusClient;

/**
 * A question that is put once at a time however often there is cause for it, and again after a
 * while if the answer made no sense. Thread: the session's.
 */
final class Inquiry {
  /** In ms, before a question is put again whose answer made no sense. */
  private static final long RETRY = 1_000;

  private final BusClient bus;
  private final Consumer<Asked> question;
  private int round;
  private boolean open;
  private boolean again;

  /**
   * @param question puts it, and says of what it is given how that ended
   */
  Inquiry(BusClient bus, Consumer<Asked> question) {
    this.bus = bus;
    this.question = question;
  }

  /** One time that it was put. */
  final class Asked {
    private final int number = round;

    /** Whether the answer is still of interest; if not, nothing may follow from it. */
    boolean holds() {
      return number == round;
    }

    /** The answer has come, or will not. */
    void ended(boolean understood) {
      if (!holds() || !open) {
        return;
      }
      open = false;
      if (again) {
        again = false;
        put();
      } else if (!understood) {
        bus.after(
            RETRY,
            () -> {
              if (holds()) {
                put();
              }
            });
      }
    }
  }

  /** Puts the question, or again once the one that is open has its answer. */
  void put() {
    if (open) {
      again = true;
      return;
    }
    round++;
    open = true;
    question.accept(new Asked());
  }

  /** Whether a newer question waits for this one's answer, which is old therefore. */
  boolean isOutdated() {
    return again;
  }

  /** Whom it was put to is not there any more. */
  void drop() {
    round++;
    open = false;
    again = false;
  }
}
