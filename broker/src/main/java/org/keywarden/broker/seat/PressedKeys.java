package org.keywarden.broker.seat;

import java.util.HashMap;
import java.util.Map;

/**
 * Who saw the press of each key still down. Releases and repeats go to that one or to nobody, so
 * that a key held across a switch tells the new owner nothing.
 */
final class PressedKeys {
  /** More than any keyboard has; what goes beyond is shown to nobody. */
  private static final int MOST = 256;

  private final Map<Integer, Long> owners = new HashMap<>();

  void shown(Key key, long owner) {
    if (owners.size() < MOST || owners.containsKey(key.keycode())) {
      owners.put(key.keycode(), owner);
    }
  }

  void unseen(Key key) {
    owners.remove(key.keycode());
  }

  boolean mayShow(Key key, long owner) {
    return switch (key.action()) {
      case PRESS -> true;
      case RELEASE, REPEAT -> owners.getOrDefault(key.keycode(), 0L) == owner;
    };
  }
}
