package org.keywarden.broker.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.seat.Lack;
import org.keywarden.broker.seat.Route;

/** Who is started and who rests, with plugins made by hand and a clock that is set. */
final class DemandTest {
  private static final long PATIENCE = 600;

  private final List<String> told = new ArrayList<>();
  private final TreeSet<String> awake = new TreeSet<>();
  private final List<Runnable> later = new ArrayList<>();
  private long now = 1;
  private final Holds holds = new Holds();
  private final Demand demand =
      new Demand(
          new Demand.Plugins() {
            @Override
            public boolean rests(String id) {
              return !id.equals("native") && !awake.contains(id);
            }

            @Override
            public void want(String id) {
              awake.add(id);
              told.add("start " + id);
            }

            @Override
            public List<String> awake() {
              return List.copyOf(awake);
            }

            @Override
            public void rest(String id) {
              awake.remove(id);
              told.add("rest " + id);
            }

            @Override
            public void wantForgetful(String id) {
              told.add("start forgetful " + id);
            }

            @Override
            public void forget(String id) {
              told.add("forget " + id);
            }
          },
          holds,
          PATIENCE,
          () -> now,
          later::add);

  private void follow(Route route, boolean lacking, String selected) {
    demand.follow(route, lacking ? Lack.PLUGIN : Lack.NOTHING, 0, selected);
    runLater();
  }

  private void forgetful(long stay) {
    demand.follow(Route.DIRECT, stay == 0 ? Lack.NOTHING : Lack.FORGETFUL_PLUGIN, stay, "a");
    runLater();
  }

  private void runLater() {
    later.forEach(Runnable::run);
    later.clear();
  }

  @Test
  void itIsStartedOnceItIsSelectedAndWhenAFieldLacksIt() {
    follow(Route.UNFOCUSED, false, "a");
    follow(Route.UNFOCUSED, false, "a");
    assertEquals(List.of("start a"), told);
    awake.remove("a");
    follow(Route.DIRECT, false, "a");
    assertEquals(List.of("start a"), told);
    follow(Route.DIRECT, true, "a");
    follow(Route.DIRECT, true, "a");
    assertEquals(List.of("start a", "start a"), told);
    follow(Route.COMPOSING, false, "b");
    assertEquals("start b", told.getLast());
  }

  @Test
  void oneThatIsSelectedWhileAPasswordHasTheFocusIsStartedAfterwards() {
    follow(Route.GUARDED, false, "a");
    follow(Route.DECIDING, false, "a");
    assertEquals(List.of(), told);
    follow(Route.UNFOCUSED, false, "a");
    assertEquals(List.of("start a"), told);
  }

  @Test
  void thoseThatRunAllTheTimeAreNotItsBusiness() {
    follow(Route.DIRECT, true, "native");
    assertEquals(List.of(), told);
  }

  @Test
  void oneThatIsHeldIsNotStartedBeforeEverybodyLetItGo() {
    holds.hold("korean");
    holds.hold("korean");
    follow(Route.DIRECT, true, "korean");
    holds.letGo("korean");
    follow(Route.DIRECT, true, "korean");
    assertEquals(List.of(), told);
    holds.letGo("korean");
    follow(Route.DIRECT, true, "korean");
    assertEquals(List.of("start korean"), told);
  }

  @Test
  void nothingIsStartedWithinTheTurn() {
    demand.follow(Route.DIRECT, Lack.PLUGIN, 0, "a");
    assertEquals(List.of(), told);
  }

  @Test
  void oneThatIsNotUsedForLongRestsAndOneThatComposesDoesNot() {
    follow(Route.DIRECT, true, "a");
    follow(Route.DIRECT, true, "b");
    demand.passTime();
    follow(Route.COMPOSING, false, "b");
    now += PATIENCE - 1;
    demand.passTime();
    assertEquals(List.of("start a", "start b"), told);
    now++;
    demand.passTime();
    assertEquals("rest a", told.getLast());
    now += 10 * PATIENCE;
    demand.passTime();
    assertEquals(3, told.size());
    follow(Route.GUARDED, false, "b");
    now += PATIENCE - 1;
    demand.passTime();
    assertEquals(3, told.size());
    now++;
    demand.passTime();
    assertEquals("rest b", told.getLast());
    follow(Route.DIRECT, true, "b");
    demand.passTime();
    assertEquals("start b", told.getLast());
  }

  @Test
  void oneThatIsStartedAgainBeginsAnew() {
    follow(Route.DIRECT, true, "a");
    demand.passTime();
    follow(Route.UNFOCUSED, false, "a");
    now += PATIENCE;
    demand.passTime();
    now += PATIENCE;
    follow(Route.DIRECT, true, "a");
    demand.passTime();
    assertEquals(List.of("start a", "rest a", "start a"), told);
  }

  @Test
  void oneThatTakesLongToStartIsNotUnusedMeanwhile() {
    follow(Route.DIRECT, true, "a");
    demand.passTime();
    now += 3 * PATIENCE;
    demand.passTime();
    assertEquals(List.of("start a"), told);
  }

  @Test
  void eachStayWhereNothingMayBeLearntHasAnInstanceOfItsOwn() {
    forgetful(0);
    assertEquals(List.of("start a"), told);
    told.clear();
    forgetful(3);
    forgetful(3);
    demand.follow(Route.COMPOSING, Lack.NOTHING, 3, "a");
    assertEquals(List.of("start forgetful a"), told);
    forgetful(4);
    assertEquals(List.of("start forgetful a", "forget a", "start forgetful a"), told);
    forgetful(0);
    forgetful(0);
    assertEquals("forget a", told.getLast());
    assertEquals(4, told.size());
  }

  @Test
  void whereAForgetfulOneComposesTheOtherIsUnused() {
    follow(Route.DIRECT, true, "a");
    demand.passTime();
    demand.follow(Route.COMPOSING, Lack.NOTHING, 3, "a");
    now += PATIENCE;
    demand.passTime();
    assertEquals("rest a", told.getLast());
  }
}
