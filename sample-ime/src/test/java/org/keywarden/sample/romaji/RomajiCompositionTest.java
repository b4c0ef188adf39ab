package org.keywarden.sample.romaji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.ime.CandidateClick;
import org.keywarden.ime.FieldInfo;
import org.keywarden.ime.Key;
import org.keywarden.ime.Keysym;
import org.keywarden.ime.Purpose;
import org.keywarden.ime.Right;

final class RomajiCompositionTest {
  private static final int[] SPECIAL = {
    Keysym.SPACE,
    Keysym.RETURN,
    Keysym.ESCAPE,
    Keysym.TAB,
    Keysym.UP,
    Keysym.DOWN,
    Keysym.LEFT,
    Keysym.F6,
    Keysym.F7,
    Keysym.HENKAN,
    Keysym.HOME,
    Keysym.KEYPAD_ENTER,
    Keysym.DELETE,
    0xFFE1,
    0xE9,
    0x1003042,
    0,
    -1
  };

  private static Typist typist() {
    return new Typist(
        new Romaji(Diary.none())
            .begin(new FieldInfo(Purpose.FREE_FORM, Set.of(), Set.of(Right.RECEIVE_KEYS), true)));
  }

  /**
   * Columns: keys; text committed; preedit; candidates shown, the selected one in brackets; keys
   * the application got.
   */
  @ParameterizedTest
  @CsvFileSource(
      resources = "keys.tsv",
      delimiter = '\t',
      quoteCharacter = '`',
      emptyValue = "",
      nullValues = "-")
  void keysDo(String keys, String text, String preedit, String candidates, String passed) {
    Typist typist = typist().type(keys);
    assertEquals(text == null ? "" : text, typist.text());
    assertEquals(preedit == null ? "" : preedit, typist.preedit());
    assertEquals(candidates == null ? "" : candidates, shown(typist));
    assertEquals(passed == null ? "" : passed, typist.passed());
  }

  private static String shown(Typist typist) {
    StringBuilder shown = new StringBuilder();
    List<String> all = typist.candidates();
    for (int i = 0; i < all.size(); i++) {
      String each = i == typist.selected() ? "[" + all.get(i) + "]" : all.get(i);
      shown.append(i == 0 ? "" : " ").append(each);
    }
    return shown.toString();
  }

  @Test
  void everyChoiceEndsWithBothScriptsAndTheLetters() {
    for (String reading : List.of("kyou", "nihongo", "kuxa", "10ji", "q", "Java", "hon")) {
      List<String> shown = typist().type(reading + "<Space>").candidates();
      Composer composer = new Composer();
      reading.chars().forEach(letter -> composer.type((char) letter));
      composer.settle();
      assertTrue(shown.contains(composer.kana()), reading);
      assertTrue(shown.contains(Script.KATAKANA.write(composer.kana())), reading);
      assertTrue(shown.contains(reading), reading);
      assertEquals(Set.copyOf(shown).size(), shown.size(), reading);
    }
  }

  @Test
  void textBeyondTheBoundIsCommittedAndNothingIsLost() {
    Typist typist = typist().type("a".repeat(1_000));
    assertEquals("あ".repeat(1_000), typist.text() + typist.preedit());
    assertTrue(typist.preedit().length() <= 256);
    assertTrue(typist.type("<Space>").candidates().contains(typist.preedit()));
  }

  private static Key any(Random random) {
    int keysym =
        switch (random.nextInt(8)) {
          case 0, 1 -> SPECIAL[random.nextInt(SPECIAL.length)];
          case 2 -> Keysym.BACKSPACE;
          default -> '!' + random.nextInt('~' - '!' + 1);
        };
    int modifiers = random.nextInt(12) == 0 ? 1 << random.nextInt(7) : 0;
    return new Key(keysym, 0, modifiers, Key.Kind.values()[random.nextInt(2)]);
  }

  @Test
  void noKeysFailAndWhatIsComposedCanAlwaysBeTakenBack() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      Romaji romaji = new Romaji(Diary.none());
      var composition =
          romaji.begin(new FieldInfo(Purpose.OTHER, Set.of(), Set.of(Right.RECEIVE_KEYS), true));
      Typist typist = new Typist(composition);
      for (int i = random.nextInt(60); i > 0; i--) {
        if (random.nextInt(15) == 0) {
          typist.apply(composition.candidateClicked(CandidateClick.on(random.nextInt(12) - 1)));
        } else {
          typist.press(any(random), "?");
        }
      }
      String before = typist.text();
      int presses = 2 * typist.preedit().length() + 600;
      while (typist.press(Key.press(Keysym.BACKSPACE), "<Back>")) {
        assertTrue(presses-- > 0, "seed " + seed);
      }
      assertEquals("", typist.preedit(), "seed " + seed);
      assertEquals(List.of(), typist.candidates(), "seed " + seed);
      assertEquals(before, typist.text(), "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Purpose.class,
      names = {"OTHER", "FREE_FORM", "NAME", "TERMINAL"},
      mode = EnumSource.Mode.EXCLUDE)
  void fieldsForNumbersAndAddressesGetKeysAsTyped(Purpose purpose) {
    Typist typist =
        new Typist(
            new Romaji(Diary.none()).begin(new FieldInfo(purpose, Set.of(), Set.of(), true)));
    assertEquals("ka1@<Back>", typist.type("ka1@<Back>").passed());
    assertEquals("", typist.text() + typist.preedit());
  }

  @Test
  void theDiaryHoldsEachPressAfterWhatItHeld(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("diary"), "62\n");
    Romaji romaji = new Romaji(Diary.named(file.toString()));
    for (Purpose purpose : List.of(Purpose.FREE_FORM, Purpose.EMAIL)) {
      new Typist(romaji.begin(new FieldInfo(purpose, Set.of(), Set.of(), true)))
          .type("k<Return><Control+s>");
      // Looked at in between: each line is there before the next key.
      assertFalse(Files.readAllLines(file).isEmpty());
    }
    assertEquals(List.of("62", "6b", "ff0d", "73", "6b", "ff0d", "73"), Files.readAllLines(file));
  }
}
