package org.keywarden.broker.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.KeyAction;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.TrustedEffect;

/** Every pair of state and route, and what becomes of keys meanwhile. */
final class FrostTest {
  private static final TrustedEffect KEY =
      new TrustedEffect.DeliverTrusted(1, 1, new Key(0x61, 38, 0, KeyAction.PRESS));
  private static final TrustedEffect FORGET = new TrustedEffect.ForgetTrusted(1);

  private final List<Object> log = new ArrayList<>();
  private final List<Consumer<Integer>> freezing = new ArrayList<>();
  private final List<Runnable> bounds = new ArrayList<>();
  private final Frost frost =
      new Frost(
          new Frost.Plugins() {
            @Override
            public void freeze(Consumer<Integer> done) {
              log.add("freeze");
              freezing.add(done);
            }

            @Override
            public void thaw() {
              log.add("thaw");
            }

            @Override
            public void inspect() {
              log.add("inspect");
            }
          },
          log::add,
          (delay, later) -> bounds.add(later));

  private void follow(Route route) {
    frost.follow(route, route == Route.GUARDED);
  }

  @Test
  void pluginsAreLookedAtOnceForEachGrant() {
    for (Route route :
        List.of(Route.DECIDING, Route.GRANTING, Route.GRANTING, Route.COMPOSING, Route.GRANTING)) {
      follow(route);
    }
    assertEquals(List.of("inspect", "inspect"), log);
  }

  @Test
  void aSecretKeyWaitsUntilThePluginsStandStill() {
    follow(Route.GUARDED);
    frost.apply(KEY);
    assertEquals(List.of("freeze"), log);
    freezing.getFirst().accept(0);
    assertEquals(List.of("freeze", KEY), log);
    frost.apply(FORGET);
    assertEquals(List.of("freeze", KEY, FORGET), log);
  }

  @Test
  void itWaitsNoLongerThanTheBound() {
    follow(Route.GUARDED);
    frost.apply(KEY);
    frost.apply(FORGET);
    bounds.getFirst().run();
    freezing.getFirst().accept(1);
    assertEquals(List.of("freeze", KEY, FORGET), log);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNFOCUSED", "GRANTING", "COMPOSING", "DIRECT"})
  void everyOtherRouteThawsAndDropsStaleKeys(Route route) {
    follow(Route.GUARDED);
    frost.apply(KEY);
    frost.apply(FORGET);
    follow(route);
    log.remove("inspect");
    assertEquals(List.of("freeze", "thaw", FORGET), log);
    follow(route);
    frost.apply(KEY);
    assertEquals(List.of("freeze", "thaw", FORGET, KEY), log);
  }

  @ParameterizedTest
  @EnumSource
  void whileSecretKeysMayBeOnTheirWayNoRouteThaws(Route route) {
    follow(Route.GUARDED);
    frost.follow(route, true);
    log.remove("inspect");
    assertEquals(List.of("freeze"), log);
    assertTrue(frost.holds());
  }

  @ParameterizedTest
  @EnumSource
  void secretKeysFreezeWhateverTheRoute(Route route) {
    frost.follow(route, true);
    log.remove("inspect");
    assertEquals(List.of("freeze"), log);
  }

  @Test
  void decidingNeitherFreezesNorThaws() {
    follow(Route.DECIDING);
    assertEquals(List.of(), log);
    follow(Route.GUARDED);
    follow(Route.DECIDING);
    follow(Route.GUARDED);
    freezing.getFirst().accept(0);
    follow(Route.DECIDING);
    follow(Route.GUARDED);
    assertEquals(List.of("freeze"), log);
  }

  @Test
  void aLateConfirmationOfAnEarlierStopOpensNothing() {
    follow(Route.GUARDED);
    follow(Route.UNFOCUSED);
    follow(Route.GUARDED);
    frost.apply(KEY);
    freezing.getFirst().accept(0);
    bounds.getFirst().run();
    assertEquals(List.of("freeze", "thaw", "freeze"), log);
    freezing.get(1).accept(0);
    assertEquals(List.of("freeze", "thaw", "freeze", KEY), log);
  }

  @Test
  void anApplicationThatSwitchesFasterThanProcessesStopFindsThemStanding() {
    for (int i = 0; i < 1_000; i++) {
      follow(Route.GUARDED);
      follow(Route.GRANTING);
    }
    assertEquals(Frost.THAWS, log.stream().filter("thaw"::equals).count());
    assertEquals(Frost.THAWS + 1, log.stream().filter("freeze"::equals).count());
    assertTrue(frost.holds());
    // Bounds of freezing come between the thaws that are earned.
    List.copyOf(bounds).forEach(Runnable::run);
    assertEquals("thaw", log.getLast(), "the field that stays gets its input method");
    assertFalse(frost.holds());
  }

  @Test
  void aThawThatIsOwedIsForgottenOnceTheFieldIsSecretAgain() {
    for (int i = 0; i < 1_000; i++) {
      follow(Route.GUARDED);
      follow(Route.GRANTING);
    }
    follow(Route.GUARDED);
    List.copyOf(bounds).forEach(Runnable::run);
    log.removeIf("inspect"::equals);
    assertEquals("freeze", log.getLast());
    assertTrue(frost.holds());
  }
}
