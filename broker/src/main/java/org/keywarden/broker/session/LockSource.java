package org.keywarden.broker.session;

/**
 * One source of the lock: what it says now, and what it said last. Once it has told of a lock, only
 * "unlocked" lifts that, or the word of a better source if it is gone. Thread: the session's.
 */
final class LockSource {
  private final String name;
  private final Runnable changed;
  private SourceState state = SourceState.NOT_KNOWN;
  private boolean lockTold;

  /**
   * @param changed run after each change
   */
  LockSource(String name, Runnable changed) {
    this.name = name;
    this.changed = changed;
  }

  String name() {
    return name;
  }

  SourceState state() {
    return state;
  }

  /** It is there, and asked. */
  void found() {
    become(SourceState.NOT_KNOWN);
  }

  /** It answered or told. */
  void says(SourceState said) {
    lockTold = said.locks();
    become(said);
  }

  /** It is there, and serves nothing of the kind. */
  void saysNothing() {
    become(lockTold ? SourceState.GONE_WHILE_LOCKED : SourceState.SAYS_NOTHING);
  }

  /** It is not there, or no more. */
  void gone() {
    become(lockTold ? SourceState.GONE_WHILE_LOCKED : SourceState.NOT_THERE);
  }

  /** A better source says that the lock is over: so is that of a source that cannot say so. */
  void lockIsOver() {
    if (state == SourceState.GONE_WHILE_LOCKED) {
      lockTold = false;
      become(SourceState.NOT_THERE);
    }
  }

  void leaveOut() {
    become(SourceState.LEFT_OUT);
  }

  private void become(SourceState next) {
    if (next != state) {
      state = next;
      changed.run();
    }
  }
}
