package org.keywarden.broker.session;

/** What a source of the lock says now, and whether the screen counts as locked therefore. */
public enum SourceState {
  /** It is not on this machine, or not in this session. */
  NOT_THERE(false),
  /** It is there, and does not serve what we ask for; it never said that the screen is locked. */
  SAYS_NOTHING(false),
  UNLOCKED(false),
  LOCKED(true),
  /** Another session has the screen and the keyboard. */
  INACTIVE(true),
  /** The machine is about to sleep, or does. */
  ASLEEP(true),
  /** It is there, and has not answered. */
  NOT_KNOWN(true),
  /** It is gone, and the last it said was no "unlocked". */
  GONE_WHILE_LOCKED(true),
  /** The user wants it left alone. */
  LEFT_OUT(false);

  private final boolean locks;

  SourceState(boolean locks) {
    this.locks = locks;
  }

  /** Whether this is enough for the screen to count as locked. */
  public boolean locks() {
    return locks;
  }
}
