package org.keywarden.sample.romaji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ComposerTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "konnichiha, こんいちは",
        "konnnichiha, こんにちは",
        "arigatou, ありがとう",
        "nihongo, にほんご",
        "kyou, きょう",
        "gakkou, がっこう",
        "matcha, まっちゃ",
        "zasshi, ざっし",
        "shinbun, しんぶん",
        "shin'ya, しんや",
        "sinya, しにゃ",
        "hon, ほん",
        "honn, ほん",
        "sennsei, せんせい",
        "sensei, せんせい",
        "toukyou, とうきょう",
        "ra-men, らーめん",
        "fairu, ふぁいる",
        "vaiorin, ゔぁいおりん",
        "pa-thi-, ぱーてぃー",
        "dhisuku, でぃすく",
        "twu, とぅ",
        "xtu, っ",
        "ltu, っ",
        "xa, ぁ",
        "lya, ゃ",
        "wyi, ゐ",
        "wye, ゑ",
        "wo, を",
        "wi, うぃ",
        "je, じぇ",
        "che, ちぇ",
        "tsu, つ",
        "tu, つ",
        "si, し",
        "ti, ち",
        "hu, ふ",
        "zi, じ",
        "jya, じゃ",
        "nya, にゃ",
        "ryuu, りゅう",
        "myaku, みゃく",
        "hyaku, ひゃく",
        "byou, びょう",
        "pyu, ぴゅ",
        "kka, っか",
        "n, ん",
        "nn, ん",
        "nna, んあ",
        "n'a, んあ",
        "ka., か。",
        "[ka], 「か」",
        "KA, か",
        "q, q",
        "qa, qあ"
      })
  void lettersMakeKana(String letters, String kana) {
    Composer composer = new Composer();
    letters.chars().forEach(letter -> composer.type((char) letter));
    assertEquals(kana, composer.finish());
    assertTrue(composer.isEmpty());
  }

  @Test
  void commaMakesAComma() {
    Composer composer = new Composer();
    composer.type(',');
    assertEquals("、", composer.finish());
  }

  @Test
  void backspaceTakesALetterThenAKana() {
    Composer composer = new Composer();
    "kak".chars().forEach(letter -> composer.type((char) letter));
    assertEquals("かk", composer.shown());
    composer.backspace();
    assertEquals("か", composer.shown());
    composer.backspace();
    assertTrue(composer.isEmpty());
  }

  @Test
  void katakanaIsTheSameInTheOtherScript() {
    assertEquals("コンニチハー", Composer.katakana("こんにちはー"));
  }

  @Test
  void anyKeysCanBeTakenBack() {
    Random random = new Random(1);
    String accepted = "abcdefghijklmnopqrstuvwxyz'-,.[]/~!?";
    for (int run = 0; run < 2_000; run++) {
      Composer composer = new Composer();
      for (int i = 0; i < 40; i++) {
        composer.type(accepted.charAt(random.nextInt(accepted.length())));
      }
      for (int i = 0; i < 200 && !composer.isEmpty(); i++) {
        composer.backspace();
      }
      assertTrue(composer.isEmpty());
    }
  }
}
