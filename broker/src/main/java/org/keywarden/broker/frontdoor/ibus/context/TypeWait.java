package org.keywarden.broker.frontdoor.ibus.context;

import org.keywarden.broker.frontdoor.field.Timers;

/**
 * The wait for what a field is, for clients that tell it after the focus ({@link
 * ClientKind#typeFollowsFocus}). The type of the field before comes first, so an ordinary one may
 * not be the last word before everything that was sent at once has come.
 */
final class TypeWait {
  /**
   * From focus to the last content type of bridges, in ns: all come within 0.4 ms. If none has come
   * by then, the one from before is not this field's: it has said nothing.
   */
  private static final long PATIENCE = 10_000_000;

  private final Timers timers;
  private final Runnable nextBatch;
  private final Runnable told;
  private boolean awaited;
  private boolean came;

  /** What was told before the focus came is secret, and of the field before, perhaps. */
  private boolean wasSecret;

  private Timers.Pending pending = () -> {};

  /**
   * @param nextBatch asks for {@link #batchEnded}
   * @param told what to do when the wait is over and a type came
   */
  TypeWait(Timers timers, Runnable nextBatch, Runnable told) {
    this.timers = timers;
    this.nextBatch = nextBatch;
    this.told = told;
  }

  /** The focus came. */
  void focus(boolean secretBefore) {
    came = false;
    wasSecret = secretBefore;
    await();
  }

  /** Whether what the client said is not yet of this field. */
  boolean on() {
    return awaited;
  }

  /** The focus left. */
  void cancel() {
    awaited = false;
  }

  /**
   * A type came.
   *
   * @return whether it is the first since the focus
   */
  boolean came() {
    boolean first = !came;
    came = true;
    return first;
  }

  /** Waits for the next one, too. */
  void await() {
    awaited = true;
    nextBatch.run();
    pending.cancel();
    pending = timers.after(PATIENCE, this::settle);
  }

  /**
   * Everything that came at once has been taken. That the field is secret holds for the whole stay,
   * so a bridge that leaves a secret field, and may still speak of that one, is given its time as
   * well.
   */
  void batchEnded(boolean secret) {
    if (awaited && came && secret && !wasSecret) {
      settle();
    }
    if (awaited) {
      nextBatch.run();
    }
  }

  private void settle() {
    boolean over = awaited && came;
    awaited = false;
    if (over) {
      told.run();
    }
  }
}
