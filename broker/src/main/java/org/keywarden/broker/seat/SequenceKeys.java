package org.keywarden.broker.seat;

/**
 * Keys that begin a sequence which ends as another character: dead keys and Compose. Programs that
 * speak with an input method leave these sequences to it.
 */
final class SequenceKeys {
  private static final int FIRST_DEAD = 0xFE50;
  private static final int LAST_DEAD = 0xFE93;
  private static final int COMPOSE = 0xFF20;

  private SequenceKeys() {}

  static boolean begins(Key key) {
    return mayGoOn(key)
        && (key.keysym() == COMPOSE || (key.keysym() >= FIRST_DEAD && key.keysym() <= LAST_DEAD));
  }

  /** Whether it can be a part of one: no release, no modifier, no chord. */
  static boolean mayGoOn(Key key) {
    return key.action() != KeyAction.RELEASE
        && !FocusKeys.isModifier(key.keysym())
        && !FocusKeys.isChord(key);
  }
}
