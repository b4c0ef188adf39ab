package org.keywarden.broker.frontdoor.ibus.panel;

/**
 * Which processes may be the panel: the one that the broker has started, by its pid and start time;
 * and GNOME Shell, which must be the owner of its name on the session bus and run the system's
 * program. A name alone, on whichever bus, is no proof.
 */
public final class PanelTrust {
  private static final String SHELL = "/usr/bin/gnome-shell";

  /** How many bits of {@code Holder.Kin.number} are the pid. */
  private static final long PID = (1L << 22) - 1;

  private static final long UNKNOWN = -1;

  private Runnable changed = () -> {};
  private long started;
  private long shell = UNKNOWN;

  /** What is known of a process. */
  enum Verdict {
    YES,
    NO,
    /** It runs GNOME Shell's program, and the session bus has not said yet who owns its name. */
    NOT_YET
  }

  void whenChanged(Runnable action) {
    changed = action;
  }

  /**
   * The broker has started a panel; the one before, if any, is one no more.
   *
   * @param process its {@code Holder.Kin.number}; 0 for none
   */
  public void started(long process) {
    started = process;
    changed.run();
  }

  /**
   * The session bus says who owns GNOME Shell's name.
   *
   * @param pid 0 if nobody does, or there is no session bus
   */
  public void shellIs(long pid) {
    shell = pid;
    changed.run();
  }

  /**
   * Judges a process.
   *
   * @param process its {@code Holder.Kin.number} when it connected
   * @param executable its program then, as the kernel says
   */
  Verdict of(long process, String executable) {
    if (started != 0 && process == started) {
      return Verdict.YES;
    }
    if (!executable.equals(SHELL)) {
      return Verdict.NO;
    }
    if (shell == UNKNOWN) {
      return Verdict.NOT_YET;
    }
    return shell != 0 && (process & PID) == shell ? Verdict.YES : Verdict.NO;
  }
}
