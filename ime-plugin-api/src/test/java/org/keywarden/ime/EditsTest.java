package org.keywarden.ime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class EditsTest {
  @Test
  void eachMethodAddsToACopy() {
    Edits one = Edits.none().commit("a");
    Edits two = one.preedit("b").candidates(List.of("c", "d"), 1).deleteSurrounding(-1, 1);
    assertEquals(List.of(new Edit.Commit("a")), one.list());
    assertEquals(
        List.of(
            new Edit.Commit("a"),
            new Edit.Preedit("b", 1, Edit.OnLoss.COMMIT),
            new Edit.Candidates(List.of("c", "d"), 1),
            new Edit.DeleteSurrounding(-1, 1)),
        two.list());
    assertEquals(List.of(), Edits.none().list());
  }

  @Test
  void committingNothingDoesNothing() {
    assertSame(Edits.none(), Edits.none().commit(""));
    assertSame(Response.handled(), Response.handled().commit(""));
  }

  @Test
  void responsesAreEqualByWhatTheySay() {
    assertEquals(Response.handled().commit("a"), Response.handled(Edits.none().commit("a")));
    assertNotEquals(Response.handled().commit("a"), Response.notHandled().commit("a"));
    assertNotEquals(Response.handled().commit("a"), Response.handled().commit("b"));
    assertEquals(
        List.of(new Edit.Commit("a"), new Edit.ForwardKey()),
        Response.handled().commit("a").forwardKey().edits().list());
  }

  @Test
  void lengthsAreInCodePoints() {
    assertEquals(2, new Edit.Preedit("𠮷野").cursor());
    assertEquals(1024, new Edit.Commit("𠮷".repeat(1024)).text().codePoints().count());
  }

  @Test
  void textIsInNoDescription() {
    Response response =
        Response.handled().preedit("secret").commit("secret").candidates(List.of("secret"), 0);
    assertFalse(response.toString().contains("secret"));
    assertFalse(Key.press('s').toString().contains("115"));
    assertFalse(new SurroundingText("secret", 0, 0).toString().contains("secret"));
  }

  @Test
  void longTextIsCommittedInPieces() {
    String text = "𠮷a".repeat(2_500);
    List<String> pieces =
        Edits.none().commit(text).list().stream().map(e -> ((Edit.Commit) e).text()).toList();
    assertEquals(5, pieces.size());
    assertEquals(text, String.join("", pieces));
    assertEquals(1024, pieces.getFirst().codePointCount(0, pieces.getFirst().length()));
    String whole = "𠮷".repeat(1024);
    assertEquals(List.of(new Edit.Commit(whole)), Edits.none().commit(whole).list());
  }

  private static void commitAtOnce(int length) {
    var unused = new Edit.Commit("a".repeat(length));
  }

  static Stream<Arguments> outOfBounds() {
    return Stream.of(
        bad("length of committed text in code points is 1025", () -> commitAtOnce(1025)),
        bad("committed text has a surrogate without its pair at char 1", () -> commit("a\uD842")),
        bad("length of preedit in code points is 1025", () -> preedit("a".repeat(1025))),
        bad("cursor is 2, expected 0 to 1", () -> preedit("𠮷", 2)),
        bad("cursor is -1", () -> preedit("a", -1)),
        bad("number of candidates is 65", () -> candidates(65, "a", 0)),
        bad("length of candidate in code points is 257", () -> candidates(1, "a".repeat(257), 0)),
        bad("selected candidate is 1, expected 0 to 0", () -> candidates(1, "a", 1)),
        bad("selected candidate is 1, expected 0 to 0", () -> candidates(0, "a", 1)),
        bad("offset is -4097", () -> Edits.none().deleteSurrounding(-4097, 1)),
        bad("count is 0, expected 1 to 4096", () -> Edits.none().deleteSurrounding(0, 0)),
        bad("number of edits is 17", EditsTest::seventeen));
  }

  private static Arguments bad(String message, Executable made) {
    return Arguments.of(message, made);
  }

  private static void commit(String text) {
    var unused = Edits.none().commit(text);
  }

  private static void preedit(String text) {
    var unused = Edits.none().preedit(text);
  }

  private static void preedit(String text, int cursor) {
    var unused = Edits.none().preedit(text, cursor, Edit.OnLoss.DISCARD);
  }

  private static void candidates(int count, String text, int selected) {
    var unused = Edits.none().candidates(Collections.nCopies(count, text), selected);
  }

  private static void seventeen() {
    Edits edits = Edits.none();
    for (int i = 0; i <= Edits.MOST; i++) {
      edits = edits.commit("a");
    }
  }

  @ParameterizedTest
  @MethodSource("outOfBounds")
  void whatTheBrokerWouldRefuseCannotBeMade(String message, Executable made) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, made);
    String said = String.valueOf(refused.getMessage());
    assertTrue(said.contains(message), said);
  }

  @ParameterizedTest
  @CsvSource({
    "0x61, 0x61",
    "0x20, 0x20",
    "0xe9, 0xe9",
    "0x7f, 0",
    "0xff08, 0",
    "0xff0d, 0",
    "0xffb5, 0x35",
    "0xffae, 0x2e",
    "0xffbd, 0x3d",
    "0x1003042, 0x3042",
    "0x1020bb7, 0x20bb7",
    "0x1000041, 0",
    "0x1110000, 0"
  })
  void aKeyTypesTheCharacterOfItsKeysym(String keysym, String character) {
    assertEquals(Integer.decode(character), Key.press(Integer.decode(keysym)).codePoint());
  }

  @ParameterizedTest
  @CsvSource({
    "0xffe1, true",
    "0xffee, true",
    "0xfe03, true",
    "0xff7f, true",
    "0xff0d, false",
    "0x61, false"
  })
  void modifiersAreKnown(String keysym, boolean modifier) {
    assertEquals(modifier, Key.press(Integer.decode(keysym)).isModifier());
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "2, false", "4, true", "8, true", "64, true", "128, false"})
  void chordsAreKeysWithControlAltOrSuper(int modifiers, boolean chord) {
    assertEquals(chord, new Key('a', 38, modifiers, Key.Kind.PRESS).isChord());
  }
}
