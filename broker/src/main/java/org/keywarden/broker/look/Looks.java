package org.keywarden.broker.look;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where looks are made, each in a thread of its own: a few at once, those that matter most first.
 * One that takes too long is left to itself and counts no more among those few, so that it delays
 * nobody else's; there is a bound for these too. Used on the thread of its place alone.
 */
public final class Looks {
  /** Looks at once that are in time; one place of them is for those that come first alone. */
  static final int AT_ONCE = 2;

  /** Looks at once, those that take too long among them. */
  public static final int MOST = 64;

  /** What a look may take, in ns. */
  public static final long LIMIT = 100_000_000;

  private static final long STACK = 256 * 1024;

  private final Place place;
  private final List<Look> waiting = new ArrayList<>();
  private final List<Look> running = new ArrayList<>();
  private int overdue;
  private boolean watching;
  private Set<Object> first = Set.of();

  public Looks(Place place) {
    this.place = place;
  }

  /**
   * Where looks are made, and by which time.
   *
   * @param workers runs each look in a thread of its own
   * @param thread that of whoever wants to know
   * @param clock in ns
   */
  public record Place(Executor workers, Executor thread, LongSupplier clock, Later later) {}

  /** Runs things later, on the thread of whoever wants to know. */
  @FunctionalInterface
  public interface Later {
    /**
     * @param delay in ns
     */
    void after(long delay, Runnable action);
  }

  /**
   * Threads for looks, with small stacks: as many as there are looks.
   *
   * @param name what each one's name begins with
   */
  public static Executor threads(String name) {
    return Executors.newCachedThreadPool(
        Thread.ofPlatform().daemon().name(name + "-", 0).stackSize(STACK).factory());
  }

  /** One look; it ends when the kernel lets it. */
  public final class Look {
    private final Object owner;
    private final Supplier<Runnable> work;
    private long began;
    private boolean late;

    private Look(Object owner, Supplier<Runnable> work) {
      this.owner = owner;
      this.work = work;
    }

    /** Nobody needs it any more; false if it has begun. */
    public boolean cancel() {
      return waiting.remove(this);
    }

    private void begin() {
      began = place.clock().getAsLong();
      running.add(this);
      place
          .workers()
          .execute(
              () -> {
                Runnable outcome = work.get();
                place.thread().execute(() -> end(outcome));
              });
    }

    private void end(Runnable outcome) {
      running.remove(this);
      if (late) {
        overdue--;
      }
      outcome.run();
      next();
    }
  }

  /**
   * Makes a look, now or when it is its turn.
   *
   * @param owner has one at a time
   * @param work runs on a thread of its own; gives what to do with the outcome on the place's
   */
  public Look begin(Object owner, Supplier<Runnable> work) {
    Look look = new Look(owner, work);
    waiting.add(look);
    next();
    return look;
  }

  /** From now on the looks of these owners come first. */
  public void first(Set<Object> owners) {
    first = owners;
    next();
  }

  private void next() {
    Look look = turn();
    while (look != null) {
      waiting.remove(look);
      look.begin();
      look = turn();
    }
    if (!watching && running.size() > overdue) {
      watching = true;
      place.later().after(LIMIT, this::leaveLateOnes);
    }
  }

  private @Nullable Look turn() {
    int inTime = running.size() - overdue;
    if (running.size() >= MOST || inTime >= AT_ONCE) {
      return null;
    }
    for (Look each : waiting) {
      if (first.contains(each.owner)) {
        return each;
      }
    }
    return waiting.isEmpty() || inTime >= AT_ONCE - 1 ? null : waiting.getFirst();
  }

  private void leaveLateOnes() {
    watching = false;
    long now = place.clock().getAsLong();
    for (Look each : running) {
      if (!each.late && now - each.began >= LIMIT) {
        each.late = true;
        overdue++;
      }
    }
    next();
  }
}
