package org.keywarden.sample.romaji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

final class ComposerTest {
  private static Composer typed(String letters) {
    Composer composer = new Composer();
    letters.chars().forEach(letter -> composer.type((char) letter));
    return composer;
  }

  @ParameterizedTest
  @CsvFileSource(resources = "romaji.tsv", delimiter = '\t', quoteCharacter = '`')
  void lettersMakeKana(String letters, String kana) {
    Composer composer = typed(letters);
    composer.settle();
    assertEquals(kana, composer.kana());
    assertEquals(letters, composer.spelling());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {"k, k", "ky, ky", "kan, かn", "kann, かん", "kakk, かっk", "sh, sh", "tc, tc", "z, z"})
  void lettersNotYetDecidedAreShownAsTyped(String letters, String shown) {
    assertEquals(shown, typed(letters).kana());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "kak, か, ka",
        "ka, \"\", \"\"",
        "kya, き, ki",
        "sha, し, si",
        "kakk, かっ, kak",
        "kitte, きっ, kit",
        "n, \"\", \"\"",
        "kan, か, ka",
        "kann, か, ka",
        "shin'ya, しん, shin'",
        "twu, と, to",
        "va, ゔ, vu",
        "fa, ふ, hu",
        "dhi, で, de",
        "ra-, ら, ra",
        "Ka, K, K",
        "kaJ, か, ka",
        "tc, t, t"
      })
  void backspaceTakesBackALetterOrAKana(String letters, String kana, String spelling) {
    Composer composer = typed(letters);
    composer.backspace();
    assertEquals(kana, composer.kana());
    assertEquals(spelling, composer.spelling());
  }

  @Test
  void kanaReturnsOnceTheCapitalIsTakenBack() {
    Composer composer = typed("kaJ");
    composer.backspace();
    composer.type('k');
    composer.type('i');
    assertEquals("かき", composer.kana());
  }

  @Test
  void whatIsNotPrintableAsciiIsRefusedWithoutSayingWhatItWas() {
    for (char bad : new char[] {' ', '\n', '\u007f', 'é', 'あ'}) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> new Composer().type(bad));
      assertEquals("not a printable ASCII character", refused.getMessage());
    }
  }

  @Test
  void whateverIsTypedCanBeTakenBack() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      Composer composer = new Composer();
      int letters = random.nextInt(40);
      for (int i = 0; i < letters; i++) {
        composer.type((char) ('!' + random.nextInt('~' - '!' + 1)));
      }
      int left = 2 * letters;
      while (!composer.isEmpty() && left-- > 0) {
        String before = composer.kana();
        composer.backspace();
        assertEquals(before.substring(0, before.length() - 1), composer.kana(), "seed " + seed);
      }
      assertTrue(composer.isEmpty(), "seed " + seed);
    }
  }

  @Test
  void katakanaIsTheSameInTheOtherScript() {
    assertEquals("コンニチハー、ヴァイオリンk1", Script.KATAKANA.write("こんにちはー、ゔぁいおりんk1"));
    assertEquals("こんにちは", Script.HIRAGANA.write("こんにちは"));
  }
}
