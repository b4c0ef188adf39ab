package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keywarden.policy.PluginFacts;

/** Which instance of a plugin is given a field, by what it may remember. */
final class MemoryRulesTest extends SeatScene {
  private static final PluginInstance KEEPS = new PluginInstance(5);
  private static final PluginInstance FORGETS = new PluginInstance(6);
  private static final ContentType PLAIN = type(Purpose.FREE_FORM);
  private static final ContentType PRIVATE =
      new ContentType(Purpose.FREE_FORM, Set.of(Hint.PRIVATE), false);

  @BeforeEach
  void fields() {
    open(FIELD, new FieldTraits(true, false, false));
    open(NEXT, new FieldTraits(true, false, false));
    post(new SeatEvent.TrustedReady(1));
  }

  private void ready(PluginInstance instance, Memory memory) {
    post(
        new SeatEvent.PluginReady(
            instance, new PluginFacts("ime", List.of(), rights), memory, HOLDER));
  }

  private void focus(FieldId field, ContentType type) {
    post(new SeatEvent.FocusGained(field, type));
  }

  private PluginInstance holder() {
    return issued.getLast().instance();
  }

  @Test
  void eachKindOfFieldHasItsInstance() {
    ready(KEEPS, Memory.KEEPS);
    ready(FORGETS, Memory.FORGETS);
    focus(FIELD, PLAIN);
    assertEquals(KEEPS, holder());
    assertEquals(0, seat.forgetfulStay());
    focus(NEXT, PRIVATE);
    assertEquals(FORGETS, holder());
    assertNotEquals(0, seat.forgetfulStay());
    focus(FIELD, PLAIN);
    assertEquals(KEEPS, holder());
    assertEquals(0, seat.forgetfulStay());
  }

  @Test
  void anInstanceThatKeepsIsNeverGivenAFieldWhereNothingMayBeLearnt() {
    ready(KEEPS, Memory.KEEPS);
    focus(FIELD, PRIVATE);
    assertEquals(Route.DIRECT, seat.route());
    assertEquals(List.of(), issued);
    assertEquals(Lack.FORGETFUL_PLUGIN, seat.lack());
    long stay = seat.forgetfulStay();
    ready(FORGETS, Memory.FORGETS);
    assertEquals(Route.GRANTING, seat.route());
    assertEquals(FORGETS, holder());
    assertEquals(stay, seat.forgetfulStay());
    present();
    assertEquals(Route.COMPOSING, seat.route());
    assertEquals(Lack.NOTHING, seat.lack());
    post(new SeatEvent.PluginLost(FORGETS));
    assertEquals(Route.DIRECT, seat.route());
    assertEquals(stay, seat.forgetfulStay());
  }

  @Test
  void aFieldThatBecomesPrivateIsTakenFromTheInstanceThatKeeps() {
    ready(KEEPS, Memory.KEEPS);
    focus(FIELD, PLAIN);
    present();
    post(new SeatEvent.ContentTypeChanged(FIELD, PRIVATE));
    assertEquals(Route.DIRECT, seat.route());
    assertEquals(1, all(PluginEffect.Revoke.class).count());
  }

  @Test
  void anInstanceThatForgetsIsNotGivenOtherFields() {
    ready(FORGETS, Memory.FORGETS);
    focus(FIELD, PLAIN);
    assertEquals(Lack.PLUGIN, seat.lack());
    assertEquals(0, seat.forgetfulStay());
    assertEquals(List.of(), issued);
  }

  @Test
  void eachStayIsAnother() {
    ready(FORGETS, Memory.FORGETS);
    focus(FIELD, PRIVATE);
    long first = seat.forgetfulStay();
    focus(NEXT, PRIVATE);
    assertNotEquals(first, seat.forgetfulStay());
    post(new SeatEvent.FocusLost(NEXT));
    assertEquals(0, seat.forgetfulStay());
  }

  @Test
  void aPluginThatIsToldHasOneInstanceForAll() {
    ready(INSTANCE, Memory.TOLD);
    focus(FIELD, PRIVATE);
    assertEquals(INSTANCE, holder());
    focus(NEXT, PLAIN);
    assertEquals(INSTANCE, holder());
    assertEquals(0, seat.forgetfulStay());
  }

  @Test
  void whereNothingIsReadyItIsKnownWhatIsLacking() {
    focus(FIELD, PRIVATE);
    assertEquals(Route.DIRECT, seat.route());
    assertEquals(Lack.FORGETFUL_PLUGIN, seat.lack());
    focus(NEXT, type(Purpose.PASSWORD));
    assertEquals(Lack.NOTHING, seat.lack());
    assertEquals(0, seat.forgetfulStay());
  }
}
