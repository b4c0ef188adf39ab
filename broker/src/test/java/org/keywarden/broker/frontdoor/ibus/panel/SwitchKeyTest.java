package org.keywarden.broker.frontdoor.ibus.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.KeyAction;

final class SwitchKeyTest {
  private static final int SPACE = 57;
  private static final int SUPER = 64;

  private final List<String> chosen = new ArrayList<>(List.of("a"));
  private final Queue<Runnable> pauses = new ArrayDeque<>();
  private final SwitchKey key =
      new SwitchKey(SwitchKey.Chord.parse("Super+space"), new Choice(), pauses::add);

  @Test
  void eachPressIsAStepHoweverSoonItComes() {
    press(3);
    assertEquals(List.of("a", "b", "", "a"), chosen);
    press(1);
    assertEquals("b", chosen.getLast());
  }

  @Test
  void aBurstIsDoneAfterAPauseWithOneChoice() {
    press(4);
    assertEquals("b", chosen.getLast());
    press(5);
    assertEquals(5, chosen.size(), "none before the pause is over");
    pauses.remove().run();
    assertEquals(6, chosen.size());
    assertEquals("a", chosen.getLast());
  }

  @Test
  void aFloodMakesOneChoiceAPause() {
    press(4);
    for (int pause = 0; pause < 10; pause++) {
      press(100);
      pauses.remove().run();
      assertTrue(pauses.size() <= 1);
    }
    assertEquals(15, chosen.size());
  }

  @Test
  void restBringsBackTheBurst() {
    press(4);
    while (!pauses.isEmpty()) {
      pauses.remove().run();
    }
    press(4);
    assertEquals(9, chosen.size());
  }

  @Test
  void repeatsAndTheReleaseOfThePressAreTakenToo() {
    assertTrue(key.take(of(KeyAction.PRESS, SUPER)));
    assertTrue(key.take(of(KeyAction.REPEAT, SUPER)));
    assertTrue(key.take(of(KeyAction.RELEASE, 0)));
    assertFalse(key.take(of(KeyAction.RELEASE, 0)));
    assertFalse(key.take(of(KeyAction.PRESS, 0)));
    assertEquals(2, chosen.size());
  }

  private void press(int times) {
    for (int i = 0; i < times; i++) {
      assertTrue(key.take(of(KeyAction.PRESS, SUPER)));
      assertTrue(key.take(of(KeyAction.RELEASE, SUPER)));
    }
  }

  private static Key of(KeyAction action, int modifiers) {
    return new Key(' ', SPACE, modifiers, action);
  }

  private final class Choice implements MethodChoice {
    @Override
    public List<InputMethod> enabled() {
      return Stream.of("a", "b").map(id -> new InputMethod(id, id, "", "", "")).toList();
    }

    @Override
    public String selected() {
      return chosen.getLast();
    }

    @Override
    public void select(String id) {
      chosen.add(id);
    }
  }
}
