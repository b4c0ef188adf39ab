package org.keywarden.broker.plugin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.TrustedEffect;

/**
 * Stops all plugins while secret keys may be on their way, so that none can sample when they are
 * typed: while the focused field is guarded, and while keys come from a secret field whose focus
 * another application took. Both are "secret" below. The first secret key waits until the stop is
 * confirmed, at most {@link #BOUND}.
 *
 * <pre>
 *           secret      confirmed, bound passed   DECIDING   any other route
 * THAWED    FREEZING    -                         -          -
 * FREEZING  -           FROZEN, keys go           -          THAWED*, keys are stale and dropped
 * FROZEN    -           -                         -          THAWED*
 *
 * *         or as it is, until {@link #THAWS} thaws no longer lie within {@link #EARNED}: an application may move the
 *           focus between a secret field and another a thousand times as fast as processes can be stopped.
 * </pre>
 *
 * <p>Thread: the seat's.
 */
public final class Frost {
  /** In ns; the seat gives a key 150 ms. */
  static final long BOUND = Duration.ofMillis(50).toNanos();

  /** Within {@link #EARNED}. */
  static final int THAWS = 16;

  /**
   * In ns. Well below what a plugin has for presenting a capability (5 s) and for three keys: one
   * that stands still for another application's restlessness must not be taken for a dead one.
   */
  static final long EARNED = Duration.ofMillis(250).toNanos();

  private enum State {
    THAWED,
    FREEZING,
    FROZEN
  }

  /** What can be frozen. */
  public interface Plugins {
    /**
     * Stops every plugin.
     *
     * @param done called later with the number of those not confirmed to stand still
     */
    void freeze(Consumer<Integer> done);

    void thaw();

    /** Looks at every plugin, off this thread: one of them is about to be given a capability. */
    void inspect();
  }

  private final Plugins plugins;
  private final Consumer<TrustedEffect> trusted;
  private final BiConsumer<Long, Runnable> schedule;
  private final ArrayDeque<TrustedEffect> held = new ArrayDeque<>();
  private State state = State.THAWED;
  private Route last = Route.UNFOCUSED;
  private long generation;
  private int thawsLeft = THAWS;

  /** The route would have it, and no thaw was left. */
  private boolean thawOwed;

  /**
   * @param trusted where effects towards the trusted keyboard go
   * @param schedule runs something on the seat's thread after a delay in ns
   */
  public Frost(
      Plugins plugins, Consumer<TrustedEffect> trusted, BiConsumer<Long, Runnable> schedule) {
    this.plugins = plugins;
    this.trusted = trusted;
    this.schedule = schedule;
  }

  /**
   * Follows the seat; before the effects of the turn are carried out.
   *
   * @param secret whether secret keys may be on their way
   */
  public void follow(Route route, boolean secret) {
    if (route == Route.GRANTING && last != Route.GRANTING) {
      plugins.inspect();
    }
    last = route;
    if (secret) {
      thawOwed = false;
      if (state == State.THAWED) {
        freeze();
      }
      return;
    }
    switch (route) {
      // A guarded field may come next: nothing is typed to a plugin before that is decided.
      case DECIDING -> {}
      case UNFOCUSED, GRANTING, COMPOSING, DIRECT -> thawAndDrop();
      case GUARDED -> throw new IllegalArgumentException("a guarded field's keys are secret");
    }
  }

  private void thawAndDrop() {
    if (state != State.THAWED) {
      thawIfAny();
      dropStale();
    }
  }

  /** Carries out an effect, or holds it until the plugins stand still. */
  public void apply(TrustedEffect effect) {
    if (state == State.FREEZING) {
      held.add(effect);
    } else {
      trusted.accept(effect);
    }
  }

  /** Whether a plugin started now has to stand still at once. */
  public boolean holds() {
    return state != State.THAWED;
  }

  private void freeze() {
    state = State.FREEZING;
    long mine = ++generation;
    plugins.freeze(unconfirmed -> open(mine));
    schedule.accept(BOUND, () -> open(mine));
  }

  private void open(long number) {
    if (number == generation && state == State.FREEZING) {
      state = State.FROZEN;
      while (!held.isEmpty()) {
        trusted.accept(held.poll());
      }
    }
  }

  private void thawIfAny() {
    if (thawsLeft == 0) {
      thawOwed = true;
      return;
    }
    thawsLeft--;
    schedule.accept(EARNED, this::thawEarned);
    state = State.THAWED;
    generation++;
    plugins.thaw();
  }

  private void thawEarned() {
    thawsLeft++;
    if (thawOwed) {
      thawOwed = false;
      thawIfAny();
    }
  }

  private void dropStale() {
    while (!held.isEmpty()) {
      // The seat has answered these keys otherwise by now.
      if (!(held.peek() instanceof TrustedEffect.DeliverTrusted)) {
        trusted.accept(held.peek());
      }
      held.poll();
    }
  }
}
