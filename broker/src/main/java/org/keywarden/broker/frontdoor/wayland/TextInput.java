package org.keywarden.broker.frontdoor.wayland;

import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.field.Surrounding;
import org.keywarden.broker.seat.ContentType;
import org.keywarden.broker.seat.SurroundingText;

/**
 * What a compositor says of its text input, gathered until it says that it is done
 * (input-method-unstable-v2.xml, {@code zwp_input_method_v2.done}).
 */
final class TextInput {
  private boolean active;
  private boolean anew;
  private ContentType type = WaylandTypes.NOTHING_SAID;
  private @Nullable Text text;

  /** A text as it was told; places in bytes of UTF-8. */
  record Text(String text, int cursor, int anchor) {
    /** As the seat has it; null if the places are not in the text. */
    @Nullable SurroundingText surrounding() {
      int at = Utf8.codePoints(text, cursor);
      int other = Utf8.codePoints(text, anchor);
      return at < 0 || other < 0 ? null : Surrounding.window(text, at, other);
    }

    /**
     * How far a place is from the cursor, in bytes.
     *
     * @param offset in code points from the cursor
     * @return 0 also if the text does not reach so far
     */
    int bytes(int offset) {
      int at = Utf8.codePoints(text, cursor);
      int place = at + offset;
      return at < 0 || place < 0 || place > text.codePointCount(0, text.length())
          ? 0
          : Utf8.length(text, place) - cursor;
    }

    @Override
    public String toString() {
      return "Text[]";
    }
  }

  /**
   * What holds from one {@code done} on.
   *
   * @param anew another text input is active than before, or the same one again: what was said of
   *     it before does not count
   * @param text null if nothing was said of it this time
   */
  record State(boolean active, boolean anew, ContentType type, @Nullable Text text) {}

  void activate() {
    active = true;
    anew = true;
    type = WaylandTypes.NOTHING_SAID;
    text = null;
  }

  void deactivate() {
    active = false;
    anew = false;
    text = null;
  }

  void around(String around, int cursor, int anchor) {
    text = new Text(around, cursor, anchor);
  }

  void type(ContentType told) {
    type = told;
  }

  State done() {
    State now = new State(active, anew, type, text);
    anew = false;
    text = null;
    return now;
  }
}
