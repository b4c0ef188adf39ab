package org.keywarden.broker.plugin;

import org.keywarden.broker.process.Supervisor;

/**
 * The second process of a plugin, for one stay of focus in a field where nothing may be learnt: it
 * begins with a copy of what the plugin has learnt, and the copy is removed after its end.
 *
 * <pre>
 *           wanted    copied         no longer wanted      process gone  removed
 * EMPTY     COPYING   -              -                     -             -
 * COPYING   -         UP | REMOVING  (remembered)          -             -
 * UP        -         -              LEAVING | REMOVING    -             -
 * LEAVING   (remem.)  -              (remembered)          REMOVING      -
 * REMOVING  (remem.)  -              (remembered)          -             EMPTY | COPYING
 * </pre>
 *
 * <p>Thread: the seat's.
 */
final class ForgetfulTwin {
  private enum Phase {
    EMPTY,
    COPYING,
    UP,
    LEAVING,
    REMOVING
  }

  /** Its process. */
  interface Run {
    void start();

    /** Ends it; returns whether {@link #gone} follows. */
    boolean end();

    /** That of a supervisor. */
    static Run of(Supervisor supervisor) {
      return new Run() {
        @Override
        public void start() {
          supervisor.start();
        }

        @Override
        public boolean end() {
          boolean ran = supervisor.process() != null;
          supervisor.rest();
          return ran;
        }
      };
    }
  }

  private final Run run;
  private final StateCopy copy;
  private Phase phase = Phase.EMPTY;
  private boolean wanted;

  ForgetfulTwin(Run run, StateCopy copy) {
    this.run = run;
    this.copy = copy;
  }

  /** A field has the focus that it would compose in. */
  void want() {
    wanted = true;
    if (phase == Phase.EMPTY) {
      phase = Phase.COPYING;
      copy.make(this::copied);
    }
  }

  private void copied(boolean there) {
    if (there && wanted) {
      phase = Phase.UP;
      run.start();
    } else {
      // Not tried again before the next field.
      wanted = false;
      remove();
    }
  }

  /** The stay of focus is over, or the plugin is. */
  void forget() {
    wanted = false;
    if (phase == Phase.UP) {
      phase = Phase.LEAVING;
      if (!run.end()) {
        remove();
      }
    }
  }

  /** A process of it has ended. */
  void gone() {
    if (phase == Phase.LEAVING) {
      remove();
    }
  }

  private void remove() {
    phase = Phase.REMOVING;
    copy.remove(this::removed);
  }

  private void removed() {
    phase = Phase.EMPTY;
    if (wanted) {
      want();
    }
  }
}
