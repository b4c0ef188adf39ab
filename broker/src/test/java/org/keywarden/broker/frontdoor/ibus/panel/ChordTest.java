package org.keywarden.broker.frontdoor.ibus.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the key that switches is written. */
final class ChordTest {
  @Test
  void modifiersThenAKey() {
    assertEquals(Optional.of(new SwitchKey.Chord(' ', 64)), SwitchKey.Chord.parse("Super+space"));
    assertEquals(
        Optional.of(new SwitchKey.Chord('j', 4 | 1)), SwitchKey.Chord.parse("control+SHIFT+j"));
    assertEquals(Optional.of(new SwitchKey.Chord('+', 8)), SwitchKey.Chord.parse("Alt++"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "+", "space", "a", "Shift+a", "Super", "Super+", "Hyper+a", "Super+Tab", "+a"})
  void nothingElse(String text) {
    assertTrue(SwitchKey.Chord.parse(text).isEmpty());
  }
}
