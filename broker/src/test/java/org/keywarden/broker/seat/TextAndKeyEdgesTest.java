package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys may move the focus and which text is allowed, at the edge of each range. */
final class TextAndKeyEdgesTest {
  private static final int CONTROL = 4;

  private static boolean mayMoveFocus(int keysym, int modifiers) {
    return FocusKeys.mayMoveFocus(new Key(keysym, 1, modifiers, KeyAction.PRESS));
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFF51, 0xFF56, 0xFF91, 0xFF9B, 0xFFBE, 0xFFE0})
  void arrowsPagesAndFunctionKeysMay(int keysym) {
    assertTrue(mayMoveFocus(keysym, 0));
    assertFalse(
        FocusKeys.mayMoveFocus(new Key(keysym, 1, 0, KeyAction.RELEASE)), "releases may not");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFF50, 0xFF57, 0xFF90, 0xFF9C, 0xFFBD, 0xFFE1, 'a'})
  void theirNeighboursMayOnlyInAChord(int keysym) {
    assertFalse(mayMoveFocus(keysym, 0));
    assertEquals(keysym != 0xFFE1, mayMoveFocus(keysym, CONTROL));
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFFE1, 0xFFEE, 0xFE01, 0xFE13})
  void aModifierByItselfIsNoChord(int keysym) {
    assertFalse(mayMoveFocus(keysym, CONTROL));
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFFEF, 0xFE00, 0xFE14})
  void whatIsNoModifierIs(int keysym) {
    assertTrue(mayMoveFocus(keysym, CONTROL));
  }

  @ParameterizedTest
  @CsvSource({"4, true", "8, true", "64, true", "1, false", "2, false", "16, false", "32, false"})
  void controlAltAndSuperMakeAChord(int modifiers, boolean chord) {
    assertEquals(chord, mayMoveFocus('a', modifiers));
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFDCF, 0xFDF0, 0xFFFD, 0x200D, 0x00AD, 0x0600, 0x070F, 0x10000})
  void isAllowed(int point) {
    assertTrue(OutputRules.allowed(Character.toString(point), false));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF, 0x2028, 0x2029, 0xFEFF, 0xE0041})
  void isNotAllowed(int point) {
    assertFalse(OutputRules.allowed("a" + Character.toString(point), true));
  }

  @Test
  void flagsAreText() {
    String scotland = Character.toString(0x1F3F4) + tags("gbsct") + Character.toString(0xE007F);
    assertTrue(OutputRules.allowed("a" + scotland + "b", false));
    assertTrue(OutputRules.allowed(scotland + scotland, false));
    assertFalse(OutputRules.allowed(Character.toString(0x1F3F4) + tags("gbsct"), false));
    assertFalse(OutputRules.allowed(tags("gbsct") + Character.toString(0xE007F), false));
    assertFalse(
        OutputRules.allowed(
            Character.toString(0x1F3F4) + tags("hidden!") + Character.toString(0xE007F), false));
    assertFalse(OutputRules.allowed(scotland + tags("x"), false));
  }

  private static String tags(String text) {
    StringBuilder tags = new StringBuilder();
    text.chars().forEach(each -> tags.appendCodePoint(0xE0000 + each));
    return tags.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 2, true",
    "0, 1, true",
    "-1, 1, true",
    "-2, 1, false",
    "0, 2, false",
    "1, 1, false",
    "0, 0, false",
    "0, -1, false",
    "-1, 3, false",
    "2147483647, 2147483647, false",
  })
  void aDeletionIsWithinTheTextReported(int offset, int count, boolean within) {
    SurroundingText reported = new SurroundingText("a\uD83D\uDE00", 1, 1);
    assertEquals(within, OutputRules.within(reported, offset, count));
    assertFalse(OutputRules.within(null, offset, count));
  }

  @Test
  void aLineBreakIsAllowedOnlyWhereItIsAskedFor() {
    assertTrue(OutputRules.allowed("a\nb", true));
    assertFalse(OutputRules.allowed("a\nb", false));
    assertFalse(OutputRules.allowed("a\rb", true));
  }
}
