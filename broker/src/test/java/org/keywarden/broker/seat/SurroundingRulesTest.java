package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.keywarden.policy.Right;

/** Text around the cursor: whose it is, who is told of it, and how long. */
final class SurroundingRulesTest extends SeatScene {
  private static SurroundingText around(String text) {
    return new SurroundingText(text, text.length(), text.length());
  }

  private List<String> delivered() {
    return all(PluginEffect.DeliverSurrounding.class)
        .map(effect -> effect.surrounding().text())
        .toList();
  }

  @Test
  void whatAPlainFieldReportedBeforeItsGrantReachesTheInputMethod() {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    post(new SeatEvent.SurroundingChanged(NEXT, around("ab")));
    assertEquals(List.of(), delivered());
    present();
    assertEquals(List.of("ab"), delivered());
    post(new SeatEvent.SurroundingChanged(NEXT, around("abc")));
    assertEquals(List.of("abc"), delivered());
  }

  @ParameterizedTest
  @EnumSource(names = {"READ_SURROUNDING", "DELETE_SURROUNDING", "COMMIT_TEXT"})
  void whetherTextIsUsedIsSaidWithTheRoute(Right only) {
    rights.retainAll(Set.of(Right.RECEIVE_KEYS, only));
    composing();
    assertEquals(
        List.of(only != Right.COMMIT_TEXT),
        all(HostEffect.RouteChanged.class).map(HostEffect.RouteChanged::readsText).toList());
  }

  private static Stream<ContentType> unreadable() {
    return Stream.of(
        type(Purpose.PASSWORD),
        type(Purpose.TERMINAL),
        new ContentType(Purpose.EMAIL, Set.of(Hint.PRIVATE), false),
        new ContentType(Purpose.FREE_FORM, Set.of(Hint.HIDDEN_TEXT), false),
        new ContentType(Purpose.FREE_FORM, Set.of(), true));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whatAFieldThatMayNotBeReadReportsIsKeptForNobody(ContentType type) {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type));
    post(new SeatEvent.SurroundingChanged(NEXT, around("hunter2")));
    if (seat.status().route() == Route.GRANTING) {
      present();
      assertEquals(List.of(), delivered());
      post(new SeatEvent.SurroundingChanged(NEXT, around("hunter2")));
      assertEquals(List.of(), delivered());
    }
    post(new SeatEvent.FocusLost(NEXT));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    present();
    assertEquals(List.of(), delivered(), "the field is plain now; what it said before is not");
    key(NEXT, 'a', KeyAction.PRESS);
    answer(1, true, new Action.DeleteSurrounding(-1, 1));
    assertTrue(refusals().contains(Refusal.OUT_OF_BOUNDS));
  }

  @Test
  void whatIsReportedBeforeTheFieldHasSaidWhatItIsIsKeptForNobody() {
    composing();
    post(new SeatEvent.FocusGained(NEXT, null));
    post(new SeatEvent.SurroundingChanged(NEXT, around("hunter2")));
    post(new SeatEvent.ContentTypeChanged(NEXT, type(Purpose.FREE_FORM)));
    present();
    assertEquals(List.of(), delivered());
  }

  @Test
  void whatAFieldReportsWithoutFocusIsKeptForNobody() {
    composing();
    post(new SeatEvent.SurroundingChanged(NEXT, around("old")));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    present();
    assertEquals(List.of(), delivered());
  }

  @Test
  void whatWasReportedInOneStayOfFocusIsNotOfTheNext() {
    composing();
    post(new SeatEvent.SurroundingChanged(FIELD, around("ab")));
    post(new SeatEvent.FocusLost(FIELD));
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    present();
    assertEquals(List.of(), delivered());
    press('a');
    answer(1, true, new Action.DeleteSurrounding(-1, 1));
    assertEquals(List.of(Refusal.OUT_OF_BOUNDS), refusals());
  }

  @Test
  void whatWasReportedUnderOneGrantIsNotOfTheNext() {
    composing();
    post(new SeatEvent.SurroundingChanged(FIELD, around("ab")));
    post(new SeatEvent.PolicyReplaced(new ComposeAnnounced()));
    present();
    assertEquals(List.of(), delivered());
  }
}
