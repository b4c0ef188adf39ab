package org.keywarden.broker.frontdoor.ibus.context;

import org.jspecify.annotations.Nullable;
import org.keywarden.broker.seat.Preedit;

/**
 * Who puts the text of a preedit into its field when the focus leaves it. GTK's module does it
 * itself, at a click and as the focus leaves, if the preedit came with the mode for it
 * (ibusimcontext.c, {@code ibus_im_context_clear_preedit_text}): only there is it known where the
 * text stood before the click. Then the broker must not do it once more.
 */
final class KeptPreedit {
  /**
   * How long a client may take to say that the focus has left it, in ns: meanwhile it may be about
   * to put the text into its field. Without a word the focus was only borrowed.
   */
  private static final long PATIENCE = 2_000_000_000;

  private enum Keeper {
    BROKER,
    CLIENT,
    /** The client, which has done so. */
    DONE
  }

  private final boolean able;
  private final Timers timers;
  private Keeper keeper = Keeper.BROKER;
  private @Nullable Kept waiting;
  private Timers.Pending pending = () -> {};

  /**
   * What becomes of a text.
   *
   * @param put clears what is shown and puts the text into the field
   * @param clear clears what is shown: what was on its way when the client cleared it would stay
   */
  record Kept(Runnable put, Runnable clear) {}

  /**
   * @param able the client does so if asked
   */
  KeptPreedit(boolean able, Timers timers) {
    this.able = able;
    this.timers = timers;
  }

  /** A preedit is about to be shown or cleared; whether the client is to keep its text. */
  boolean shows(Preedit preedit, boolean withMode) {
    release();
    boolean asked = able && withMode && preedit.commitOnLoss() && !preedit.text().isEmpty();
    keeper = asked ? Keeper.CLIENT : Keeper.BROKER;
    return asked;
  }

  /** The client has cleared what it showed: it was clicked, or the focus left it. */
  void left() {
    keeper = keeper == Keeper.BROKER ? Keeper.BROKER : Keeper.DONE;
    Kept kept = waiting;
    waiting = null;
    pending.cancel();
    if (kept != null) {
      kept.clear().run();
    }
  }

  /** The focus left: puts the text into its field, now or later, unless the client does. */
  void keep(Kept kept) {
    switch (keeper) {
      case BROKER -> kept.put().run();
      case DONE -> kept.clear().run();
      case CLIENT -> {
        waiting = kept;
        pending = timers.after(PATIENCE, this::release);
      }
    }
  }

  private void release() {
    Kept kept = waiting;
    waiting = null;
    pending.cancel();
    if (kept != null) {
      kept.put().run();
    }
  }
}
