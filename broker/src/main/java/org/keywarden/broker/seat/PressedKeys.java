package org.keywarden.broker.seat;

import java.util.HashMap;
import java.util.Map;

/**
 * Who saw the press of each key still down, and where. Releases and repeats go to that one or to
 * nobody, so that a key held across a switch tells the new owner nothing. One that was pressed in
 * an earlier stay of focus, where nothing was secret, is pressed anew in this one: its release may
 * have gone elsewhere, and some programs send none.
 */
final class PressedKeys {
  /** More than any keyboard has; what goes beyond is shown to nobody. */
  private static final int MOST = 256;

  private static final long NOBODY = 0;

  /**
   * Where a key was pressed.
   *
   * @param owner who saw it
   * @param session the stay of focus
   */
  private record Press(long owner, long session, boolean secret) {}

  private final Map<Integer, Press> presses = new HashMap<>();

  /**
   * A key comes in. Until somebody sees it, or nobody does where nothing is secret, it counts as
   * secret.
   *
   * @return the key as it is in this stay of focus
   */
  Key typed(Key key, long session) {
    Press press = presses.get(key.keycode());
    boolean anew =
        key.action() == KeyAction.REPEAT
            && press != null
            && press.session() != session
            && !press.secret();
    if (anew || key.action() == KeyAction.PRESS) {
      put(key, new Press(NOBODY, session, true));
    }
    return anew ? new Key(key.keysym(), key.keycode(), key.modifiers(), KeyAction.PRESS) : key;
  }

  /** Somebody sees the key. */
  void shown(Key key, long owner, long session, boolean secret) {
    switch (key.action()) {
      case PRESS -> put(key, new Press(owner, session, secret));
      case RELEASE -> presses.remove(key.keycode());
      case REPEAT -> {}
    }
  }

  /** Nobody sees the key. */
  void unseen(Key key, long session, boolean secret) {
    switch (key.action()) {
      case PRESS, REPEAT -> put(key, new Press(NOBODY, session, secret));
      case RELEASE -> presses.remove(key.keycode());
    }
  }

  private void put(Key key, Press press) {
    if (presses.size() < MOST || presses.containsKey(key.keycode())) {
      presses.put(key.keycode(), press);
    }
  }

  boolean mayShow(Key key, long owner) {
    if (key.action() == KeyAction.PRESS) {
      return true;
    }
    Press press = presses.get(key.keycode());
    return press != null && press.owner() == owner;
  }
}
