package org.keywarden.broker.socket;

import java.util.List;
import java.util.Objects;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.budget.Holder;
import org.keywarden.broker.budget.Limits;
import org.keywarden.broker.budget.Limits.Bound;
import org.keywarden.broker.look.Looks;

/** Admissions of tests that are about something else. */
public final class Admissions {
  private static final Bound ENOUGH = new Bound(1_000_000_000, 1_000_000_000);

  private Admissions() {}

  /** Of this process and everybody else of its user, without a bound. */
  public static Admission everybody() {
    return of(new Limits(ENOUGH, ENOUGH, ENOUGH, ENOUGH), own());
  }

  /** Of a user's processes, each a branch of its own. */
  public static Admission of(Limits limits, int uid) {
    return new Admission(
        new Budget(limits),
        pid -> new Holder(List.of(new Holder.Kin(pid, 1))),
        Admission.ANY_PROGRAM,
        uid);
  }

  /** Looks that are over as soon as they begin. */
  public static Looks looks() {
    return new Looks(new Looks.Place(Runnable::run, Runnable::run, () -> 0, (delay, action) -> {}));
  }

  /** One connection's share without a bound. */
  public static Budget.Share share() {
    return share(Holder.GONE);
  }

  /** What such a process holds of a budget of its own. */
  public static Budget.Share share(Holder of) {
    return Objects.requireNonNull(everybody().budget().open(of, () -> {}));
  }

  private static int own() {
    try {
      return (Integer)
          java.nio.file.Files.getAttribute(java.nio.file.Path.of("/proc/self"), "unix:uid");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
