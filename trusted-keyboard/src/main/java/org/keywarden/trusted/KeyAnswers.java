package org.keywarden.trusted;

import java.util.HashSet;
import java.util.Set;
import org.keywarden.proto.input.v1.Key;
import org.keywarden.proto.input.v1.KeyAction;

/**
 * Decides what becomes of each key. Holds the sequence under way and which keys are down, nothing
 * else.
 */
final class KeyAnswers {
  /** Control, Mod1 (Alt), Mod4 (Super). */
  private static final int CHORD = 4 | 8 | 64;

  private static final int MOST_DOWN = 256;

  private final ComposeSequences sequences;
  private final Set<Integer> handledDown = new HashSet<>();

  /**
   * @param text what the key finished, empty if nothing
   */
  record Answered(boolean handled, String text) {
    static final Answered NOT_HANDLED = new Answered(false, "");

    @Override
    public String toString() {
      return "Answered[]";
    }
  }

  KeyAnswers(ComposeSequences sequences) {
    this.sequences = sequences;
  }

  Answered answer(Key key) {
    if (key.getAction() == KeyAction.KEY_ACTION_RELEASE) {
      return new Answered(handledDown.remove(key.getKeycode()), "");
    }
    if (isModifier(key.getKeysym()) || (key.getModifiers() & CHORD) != 0) {
      return Answered.NOT_HANDLED;
    }
    Answered answered =
        switch (sequences.feed(key.getKeysym())) {
          case ComposeSequences.Step.Ordinary ordinary -> Answered.NOT_HANDLED;
          case ComposeSequences.Step.Pending pending -> new Answered(true, "");
          case ComposeSequences.Step.Finished finished -> new Answered(true, finished.text());
          case ComposeSequences.Step.Cancelled cancelled -> Answered.NOT_HANDLED;
        };
    if (answered.handled() && handledDown.size() < MOST_DOWN) {
      handledDown.add(key.getKeycode());
    }
    return answered;
  }

  void forget() {
    sequences.forget();
    handledDown.clear();
  }

  /** XK_Shift_L to XK_Hyper_R, and the ISO level shifts. */
  private static boolean isModifier(int keysym) {
    return (keysym >= 0xFFE1 && keysym <= 0xFFEE) || (keysym >= 0xFE01 && keysym <= 0xFE13);
  }
}
