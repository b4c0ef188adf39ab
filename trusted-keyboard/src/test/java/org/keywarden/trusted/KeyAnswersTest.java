package org.keywarden.trusted;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.input.v1.Key;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.trusted.KeyAnswers.Answered;
import org.keywarden.trusted.xkb.XkbCompose;

/** With the real libxkbcommon and the compose table of American English. */
final class KeyAnswersTest {
  private static final int DEAD_ACUTE = 0xFE51;
  private static final int MULTI_KEY = 0xFF20;
  private static final int SHIFT = 0xFFE1;

  private final KeyAnswers answers = new KeyAnswers(XkbCompose.open("en_US.UTF-8").orElseThrow());

  private static Key key(int keysym, KeyAction action, int modifiers) {
    return Key.newBuilder()
        .setKeysym(keysym)
        .setKeycode(keysym & 0xFF)
        .setAction(action)
        .setModifiers(modifiers)
        .build();
  }

  private Answered press(int keysym) {
    return answers.answer(key(keysym, KeyAction.KEY_ACTION_PRESS, 0));
  }

  private static void same(boolean handled, String text, Answered answered) {
    assertEquals(handled, answered.handled());
    assertEquals(text, answered.text());
  }

  @Test
  void ordinaryKeysAreTheApplications() {
    same(false, "", press('a'));
    same(false, "", answers.answer(key('a', KeyAction.KEY_ACTION_RELEASE, 0)));
  }

  @Test
  void aDeadKeyAndALetterMakeOneCharacter() {
    same(true, "", press(DEAD_ACUTE));
    same(true, "é", press('e'));
    same(false, "", press('e'));
  }

  @Test
  void composeSequencesWork() {
    same(true, "", press(MULTI_KEY));
    same(true, "", press('o'));
    same(true, "©", press('c'));
  }

  @Test
  void releaseFollowsThePress() {
    same(true, "", press(DEAD_ACUTE));
    same(true, "", answers.answer(key(DEAD_ACUTE, KeyAction.KEY_ACTION_RELEASE, 0)));
    same(false, "", answers.answer(key(DEAD_ACUTE, KeyAction.KEY_ACTION_RELEASE, 0)));
  }

  @Test
  void aKeyThatDoesNotContinueGoesToTheApplication() {
    same(true, "", press(DEAD_ACUTE));
    same(false, "", press('5'));
    same(false, "", press('e'));
  }

  @Test
  void modifiersAndChordsLeaveTheSequenceAlone() {
    same(true, "", press(DEAD_ACUTE));
    same(false, "", press(SHIFT));
    same(false, "", answers.answer(key('c', KeyAction.KEY_ACTION_PRESS, 4)));
    same(true, "é", press('e'));
  }

  @Test
  void forgetDropsTheSequence() {
    same(true, "", press(DEAD_ACUTE));
    answers.forget();
    same(false, "", press('e'));
  }

  @Test
  void theLocaleIsFoundAsProgramsDo() {
    assertEquals("de_DE.UTF-8", TrustedKeyboard.locale(Map.of("LANG", "de_DE.UTF-8")));
    assertEquals("en_US.UTF-8", TrustedKeyboard.locale(Map.of("LC_ALL", "C.UTF-8", "LANG", "x")));
    assertEquals("en_US.UTF-8", TrustedKeyboard.locale(Map.of()));
  }
}
