package org.keywarden.broker.frontdoor.ibus.context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.KeyAction;
import org.keywarden.ibus.wire.Message;

/** A context's keys: translated, and those without an answer yet. */
final class ContextKeys {
  static final int RELEASE = 1 << 30;
  private static final int FORWARDED = 1 << 25;
  private static final int SUPER = 1 << 26;
  private static final int MOD4 = 1 << 6;
  private static final int MODIFIERS = 0xFF;

  /** X11 key codes are evdev's plus this. */
  private static final int X11_OFFSET = 8;

  private static final int MOST_KEYCODE = 0x300;
  private static final int MOST_KEYSYM = 0x1FFFFFFF;

  private final Map<Long, Message> unanswered = new LinkedHashMap<>();
  private final Repeats repeats;
  private long last;

  ContextKeys(Repeats repeats) {
    this.repeats = repeats;
  }

  /**
   * A key as the seat has it.
   *
   * @return null for one no input method may see: sent again by the application, or no keysym
   */
  @Nullable Key translate(int keysym, int keycode, int state) {
    if ((state & FORWARDED) != 0 || keysym <= 0 || keysym > MOST_KEYSYM) {
      return null;
    }
    int code = keycode > 0 && keycode < MOST_KEYCODE ? keycode + X11_OFFSET : 0;
    int modifiers = (state & MODIFIERS) | ((state & SUPER) == 0 ? 0 : MOD4);
    return new Key(keysym, code, modifiers, repeats.action(code, (state & RELEASE) != 0));
  }

  /** IBus's three numbers for a key. */
  static int[] untranslate(Key key) {
    return new int[] {
      key.keysym(),
      Math.max(0, key.keycode() - X11_OFFSET),
      key.modifiers() | (key.action() == KeyAction.RELEASE ? RELEASE : 0)
    };
  }

  /** Remembers a call; gives the key's number. */
  long await(Message call) {
    unanswered.put(++last, call);
    return last;
  }

  @Nullable Message answered(long key) {
    return unanswered.remove(key);
  }

  boolean anyUnanswered() {
    return !unanswered.isEmpty();
  }

  /** Takes every call without an answer. */
  List<Message> takeAll() {
    List<Message> all = List.copyOf(unanswered.values());
    unanswered.clear();
    return all;
  }
}
