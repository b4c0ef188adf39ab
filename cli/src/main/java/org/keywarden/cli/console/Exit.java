package org.keywarden.cli.console;

/** Exit codes of the commands; those from 64 on are BSD's (sysexits(3)). */
public final class Exit {
  /** The broker, or what was examined, says no. */
  public static final int FAILED = 1;

  /** The command line makes no sense. */
  public static final int USAGE = 64;

  /** A file the user named cannot be read. */
  public static final int NO_INPUT = 66;

  /** What the command needs is not there: a running broker, a part of the installation. */
  public static final int UNAVAILABLE = 69;

  /** A defect in this program. */
  public static final int DEFECT = 70;

  /** The broker may not be the user's own. */
  public static final int REFUSED = 77;

  /** What would keep private keys from other programs is not in force. */
  public static final int UNPROTECTED = 71;

  /** A policy that cannot be used. */
  public static final int CONFIGURATION = 78;

  private Exit() {}
}
