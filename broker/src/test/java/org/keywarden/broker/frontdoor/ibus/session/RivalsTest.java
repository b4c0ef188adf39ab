package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.ibus.bus.BusObject;

/** Who is told of which rival, and how often. */
final class RivalsTest {
  private static final long OWN = 1;
  private static final String FCITX = Rivals.OTHERS.getFirst();

  private final List<String> told = new ArrayList<>();
  private final Rivals rivals =
      new Rivals(
          OWN,
          pid -> "daemon" + pid,
          new Rivals.Listener() {
            @Override
            public void appeared(Rival rival) {
              told.add("+" + rival.pid() + (rival.takesOurs() ? "!" : ""));
            }

            @Override
            public void left(Rival rival) {
              told.add("-" + rival.pid());
            }
          });

  @Test
  void theBrokerIsNoRivalOfItself() {
    rivals.holds(BusObject.IBUS, OWN);
    rivals.holds(FCITX, 0);
    assertEquals(List.of(), rivals.now());
    assertEquals(List.of(), told);
  }

  @Test
  void oneIsToldOfOnceHoweverManyNamesItHas() {
    rivals.holds(Rivals.ADDRESS_FILE, 7);
    rivals.holds(Rivals.ADDRESS_FILE, 7);
    rivals.holds(BusObject.IBUS, 7);
    rivals.holds(Portal.NAME, 7);
    assertEquals(List.of("+7!"), told);
    assertEquals(
        List.of(new Rival(7, "daemon7", List.of(Rivals.ADDRESS_FILE, BusObject.IBUS, Portal.NAME))),
        rivals.now());
    rivals.holds(Portal.NAME, 0);
    rivals.holds(BusObject.IBUS, OWN);
    rivals.holds(Rivals.ADDRESS_FILE, 0);
    assertEquals(List.of("+7!", "-7"), told);
    assertEquals(List.of(), rivals.now());
  }

  @Test
  void oneThatTakesMoreIsToldOfAgain() {
    rivals.holds(FCITX, 7);
    rivals.holds(BusObject.IBUS, 7);
    rivals.holds(Rivals.ADDRESS_FILE, 7);
    rivals.holds(Rivals.ADDRESS_FILE, 0);
    assertEquals(List.of("+7", "+7!"), told);
  }

  @Test
  void eachIsToldOfByItself() {
    rivals.holds(FCITX, 7);
    rivals.holds(Rivals.ADDRESS_FILE, 8);
    rivals.holds(FCITX, 8);
    assertEquals(List.of("+7", "+8!", "-7"), told);
  }
}
