package org.keywarden.trusted.xkb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keywarden.trusted.xkb.ComposeSequences.Step;

/** Against the real library and the real en_US.UTF-8 table. */
class XkbSequencesTest {
  private static final int DEAD_ACUTE = 0xFE51;
  private static final int MULTI_KEY = 0xFF20;

  private final ComposeSequences sequences =
      XkbSequences.open(XkbSequences.LIBRARY, "en_US.UTF-8", "").orElseThrow();

  @AfterEach
  void close() {
    sequences.close();
  }

  @Test
  void deadKey() {
    assertEquals(Step.COMPOSING, sequences.feed(DEAD_ACUTE));
    assertEquals(Step.COMPOSED, sequences.feed('e'));
    assertEquals("é", sequences.takeText());
    assertEquals("", sequences.takeText());
    assertEquals(Step.NOTHING, sequences.feed('e'));
  }

  @Test
  void deadDiaeresis() {
    assertEquals(Step.COMPOSING, sequences.feed(0xFE57));
    assertEquals(Step.COMPOSED, sequences.feed('u'));
    assertEquals("ü", sequences.takeText());
  }

  @Test
  void modifierInTheMiddle() {
    assertEquals(Step.COMPOSING, sequences.feed(DEAD_ACUTE));
    assertEquals(Step.NOTHING, sequences.feed(0xFFE1));
    assertEquals(Step.COMPOSED, sequences.feed('E'));
    assertEquals("É", sequences.takeText());
  }

  @Test
  void belongsToItsThread() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread other = Thread.ofPlatform().unstarted(() -> sequences.feed('e'));
    other.setUncaughtExceptionHandler((thread, error) -> thrown.set(error));
    other.start();
    other.join();
    assertInstanceOf(WrongThreadException.class, thrown.get());
  }

  @Test
  void composeKey() {
    assertEquals(Step.COMPOSING, sequences.feed(MULTI_KEY));
    assertEquals(Step.COMPOSING, sequences.feed('o'));
    assertEquals(Step.COMPOSED, sequences.feed('c'));
    assertEquals("©", sequences.takeText());
  }

  @Test
  void cancelled() {
    assertEquals(Step.COMPOSING, sequences.feed(DEAD_ACUTE));
    assertEquals(Step.CANCELLED, sequences.feed(0xFF1B));
    assertEquals(Step.NOTHING, sequences.feed('e'));
  }

  @Test
  void forgotten() {
    assertEquals(Step.COMPOSING, sequences.feed(DEAD_ACUTE));
    sequences.forget();
    assertEquals(Step.NOTHING, sequences.feed('e'));
  }

  @Test
  void unknownLocaleFallsBack() {
    try (ComposeSequences other =
        XkbSequences.open(XkbSequences.LIBRARY, "xx_XX.UTF-8", "").orElseThrow()) {
      assertEquals(Step.COMPOSING, other.feed(DEAD_ACUTE));
    }
  }

  private static String composed(String rules, int... keys) {
    try (ComposeSequences own =
        XkbSequences.open(XkbSequences.LIBRARY, "en_US.UTF-8", rules).orElseThrow()) {
      for (int key : keys) {
        own.feed(key);
      }
      return own.takeText();
    }
  }

  @Test
  void theUsersOwnRules() {
    assertEquals("x", composed("<dead_acute> <e> : \"x\"\n", DEAD_ACUTE, 'e'));
    assertEquals("", composed("<dead_acute> <a> : \"x\"\n", DEAD_ACUTE, 'e'));
    assertEquals("é", composed("include \"%L\"\n<dead_acute> <k> : \"x\"\n", DEAD_ACUTE, 'e'));
  }

  @Test
  void aFileWithErrorsCostsItsOwnRules() {
    String seam = "#keywarden: another file\n";
    String good = "<dead_acute> <e> : \"x\"\n";
    String broken = "<dead_acute> <e> nonsense\n".repeat(50);
    assertEquals("x", composed(seam + good + seam + broken + seam, DEAD_ACUTE, 'e'));
    assertEquals("x", composed(good + seam + "include \"%S/none\"\n" + seam, DEAD_ACUTE, 'e'));
    assertEquals("é", composed(seam + "include \"%L\"\n" + seam + broken + seam, DEAD_ACUTE, 'e'));
  }

  @Test
  void missingLibrary() {
    assertTrue(XkbSequences.open("libkeywarden-missing.so.0", "en_US.UTF-8", "").isEmpty());
  }

  @Test
  void localeOfEnvironment() {
    assertEquals("en_US.UTF-8", ComposeLocale.of(Map.of()));
    assertEquals("en_US.UTF-8", ComposeLocale.of(Map.of("LC_ALL", "C", "LANG", "fi_FI.UTF-8")));
    assertEquals("en_US.UTF-8", ComposeLocale.of(Map.of("LANG", "POSIX")));
    assertEquals("en_US.UTF-8", ComposeLocale.of(Map.of("LANG", "C.UTF-8")));
    assertEquals(
        "fi_FI.UTF-8", ComposeLocale.of(Map.of("LC_CTYPE", "fi_FI.UTF-8", "LANG", "C.UTF-8")));
    assertEquals("pt_BR.UTF-8", ComposeLocale.of(Map.of("LC_ALL", "", "LANG", "pt_BR.UTF-8")));
  }
}
