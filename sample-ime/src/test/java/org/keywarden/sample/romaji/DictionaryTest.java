package org.keywarden.sample.romaji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DictionaryTest {
  @Test
  void everyWordCanBeReachedByADigit() {
    Dictionary dictionary = Dictionary.builtIn();
    assertTrue(dictionary.all().size() > 200);
    dictionary
        .all()
        .forEach(
            (reading, words) -> {
              assertTrue(reading.matches("[ぁ-ゖー]+"), reading);
              Conversion conversion =
                  new Conversion(dictionary, reading, "letters", Script.HIRAGANA);
              assertTrue(conversion.candidates().containsAll(words), reading);
              assertTrue(conversion.candidates().size() <= Conversion.MOST, reading);
              assertFalse(words.contains(reading), reading);
            });
  }

  @Test
  void ofManyWordsTheLikeliestAreOfferedAndTheThreeThatAlwaysAre() {
    Dictionary many = Dictionary.parse(List.of("か\t一 二 三 四 五 六 七 八 九"));
    assertEquals(
        List.of("一", "二", "三", "四", "五", "六", "か", "カ", "ka"),
        new Conversion(many, "か", "ka", Script.HIRAGANA).candidates());
  }

  @Test
  void aParticleMayFollowAWord() {
    Dictionary dictionary = Dictionary.parse(List.of("# words", "", "ねこ\t猫", "ねこは\t根子葉"));
    assertEquals(List.of("根子葉", "猫は"), dictionary.lookUp("ねこは"));
    assertEquals(List.of("猫から"), dictionary.lookUp("ねこから"));
    assertEquals(List.of(), dictionary.lookUp("は"));
    assertEquals(List.of(), dictionary.lookUp(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ねこ", "ねこ 猫", "\t猫", "ねこ\t", "いぬ\t戌"})
  void aBadLineIsNamed(String line) {
    IllegalArgumentException bad =
        assertThrows(
            IllegalArgumentException.class, () -> Dictionary.parse(List.of("いぬ\t犬", line)));
    assertTrue(String.valueOf(bad.getMessage()).startsWith("line 2 "));
  }
}
