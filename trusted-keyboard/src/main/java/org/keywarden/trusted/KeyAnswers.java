package org.keywarden.trusted;

import java.util.BitSet;
import org.keywarden.proto.input.v1.Key;
import org.keywarden.proto.trusted.v1.Answer;
import org.keywarden.proto.trusted.v1.KeyDelivery;
import org.keywarden.trusted.xkb.ComposeSequences;

/** Decides each key. Keeps the sequence in progress and which held keys it swallowed, no more. */
final class KeyAnswers {
  private static final int CONTROL = 1 << 2;
  private static final int ALT = 1 << 3;
  private static final int SUPER = 1 << 6;
  private static final int CHORD = CONTROL | ALT | SUPER;

  private static final int MAX_KEYCODE = 0xFFFF;
  // trusted.proto, Answer.text.
  private static final int MAX_CODE_POINTS = 32;
  private static final String NO_TEXT = "";

  private final ComposeSequences sequences;
  // Keycodes held down of which the application has seen neither press nor repeat.
  private final BitSet swallowed = new BitSet();

  KeyAnswers(ComposeSequences sequences) {
    this.sequences = sequences;
  }

  Answer answer(KeyDelivery delivery) {
    Key key = delivery.getKey();
    int keycode = key.getKeycode() & MAX_KEYCODE;
    Answer.Builder answer = Answer.newBuilder().setSequence(delivery.getSequence());
    switch (key.getAction()) {
      case KEY_ACTION_PRESS -> {
        press(key, answer);
        swallowed.set(keycode, answer.getHandled());
      }
      case KEY_ACTION_REPEAT -> {
        press(key, answer);
        // A key whose press the application saw must be released there too, whatever its repeats
        // did.
        swallowed.set(keycode, swallowed.get(keycode) && answer.getHandled());
      }
      case KEY_ACTION_RELEASE -> {
        answer.setHandled(swallowed.get(keycode));
        swallowed.clear(keycode);
      }
      case KEY_ACTION_UNSPECIFIED, UNRECOGNIZED -> answer.setHandled(false);
    }
    return answer.build();
  }

  /** Drops a started sequence. Releases of its keys stay swallowed: nobody saw their presses. */
  void forget() {
    sequences.forget();
  }

  private void press(Key key, Answer.Builder answer) {
    if ((key.getModifiers() & CHORD) != 0 || isModifier(key.getKeysym())) {
      return;
    }
    switch (sequences.feed(key.getKeysym())) {
      case NOTHING, CANCELLED -> answer.setHandled(false);
      case COMPOSING -> answer.setHandled(true);
      case COMPOSED -> {
        String text = sequences.takeText();
        boolean sendable =
            !text.isEmpty() && text.codePointCount(0, text.length()) <= MAX_CODE_POINTS;
        answer.setHandled(sendable).setText(sendable ? text : NO_TEXT);
      }
    }
  }

  /**
   * Whether the key only changes the meaning of others (X11/keysymdef.h); so does no keysym at all.
   */
  private static boolean isModifier(int keysym) {
    return keysym == 0
        || (keysym >= 0xFFE1 && keysym <= 0xFFEE) // Shift_L to Hyper_R
        || (keysym >= 0xFE01 && keysym <= 0xFE13) // ISO_Lock to ISO_Level5_Lock
        || keysym == 0xFF7E // Mode_switch
        || keysym == 0xFF7F; // Num_Lock
  }
}
