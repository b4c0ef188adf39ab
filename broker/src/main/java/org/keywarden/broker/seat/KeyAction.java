package org.keywarden.broker.seat;

/** What happened to a key. */
public enum KeyAction {
  PRESS,
  RELEASE,
  /** A press the keyboard made by itself while the key is held down. */
  REPEAT
}
