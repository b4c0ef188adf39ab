package org.keywarden.broker.frontdoor.wayland;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Purpose;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SecretBy;

final class InputMethodTest {
  private static final int HIDDEN_AND_SENSITIVE = 0xC0;
  private static final int PASSWORD = 8;

  // Text inputs.

  @Test
  void nothingHoldsBeforeItIsDone() {
    WaylandScene scene = new WaylandScene();
    scene.method.activate();
    scene.method.contentType(HIDDEN_AND_SENSITIVE, PASSWORD);
    assertEquals(List.of(), scene.told());
    scene.method.done();
    assertEquals(List.of("FieldOpened", "FocusGained"), scene.told());
  }

  @Test
  void theTypeComesWithTheFocus() {
    WaylandScene scene = new WaylandScene();
    scene.activate(HIDDEN_AND_SENSITIVE, PASSWORD);
    SeatEvent.FocusGained gained = (SeatEvent.FocusGained) scene.last(SeatEvent.FocusGained.class);
    assertEquals(Purpose.PASSWORD, gained.type() == null ? null : gained.type().purpose());
  }

  @Test
  void anotherActivationIsAnotherFieldInOneStep() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    FieldId first = scene.field();
    scene.told();
    scene.method.deactivate();
    scene.activate(0, 0);
    assertEquals(
        List.of("FieldOpened", "FocusGained", "FieldClosed"),
        scene.events.stream().map(each -> each.getClass().getSimpleName()).toList());
    assertEquals(first, ((SeatEvent.FieldClosed) scene.last(SeatEvent.FieldClosed.class)).field());
    scene.told();
    scene.method.activate();
    scene.method.deactivate();
    scene.method.done();
    assertEquals(List.of("FieldClosed"), scene.told());
  }

  @Test
  void whatWasSaidOfTheFieldBeforeDoesNotCount() {
    WaylandScene scene = new WaylandScene();
    scene.activate(HIDDEN_AND_SENSITIVE, PASSWORD);
    scene.method.deactivate();
    scene.method.activate();
    scene.method.done();
    SeatEvent.FocusGained gained = (SeatEvent.FocusGained) scene.last(SeatEvent.FocusGained.class);
    assertFalse(gained.type() != null && gained.type().secret());
  }

  @Test
  void anEchoIsNoNews() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.told();
    scene.method.contentType(0, 0);
    scene.method.done();
    assertEquals(List.of(), scene.told());
    scene.method.contentType(HIDDEN_AND_SENSITIVE, 0);
    scene.method.done();
    assertEquals(List.of("ContentTypeChanged"), scene.told());
  }

  @Test
  void aTypeThatFlipsBetweenKeysIsToldEachTime() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    for (int i = 0; i < 3; i++) {
      scene.told();
      scene.method.contentType(0, PASSWORD);
      scene.method.done();
      scene.press(WaylandScene.A);
      scene.method.contentType(0, 0);
      scene.method.done();
      assertEquals(List.of("ContentTypeChanged", "KeyTyped", "ContentTypeChanged"), scene.told());
    }
  }

  @Test
  void maskedTextMakesAFieldSecretBeforeItsFocus() {
    WaylandScene scene = new WaylandScene();
    scene.method.activate();
    scene.method.surroundingText("\u25CF\u25CF", 3, 3);
    scene.method.done();
    assertEquals(
        List.of("FieldOpened", "SecrecyMarked", "FocusGained"), scene.told().subList(0, 3));
    scene.method.surroundingText("plain", 0, 0);
    scene.method.done();
    assertEquals(List.of(), scene.told(), "its text goes nowhere");
  }

  @Test
  void onlyTextOfOrdinaryFieldsIsTold() {
    WaylandScene scene = new WaylandScene();
    scene.activate(HIDDEN_AND_SENSITIVE, PASSWORD);
    scene.told();
    scene.method.surroundingText("secret", 6, 6);
    scene.method.done();
    assertEquals(List.of(), scene.told());
    scene.method.deactivate();
    scene.method.activate();
    scene.method.surroundingText("かな", 3, 6);
    scene.method.done();
    SeatEvent.SurroundingChanged told =
        (SeatEvent.SurroundingChanged) scene.last(SeatEvent.SurroundingChanged.class);
    assertEquals(1, told.surrounding().cursor());
    assertEquals(2, told.surrounding().anchor());
    scene.told();
    scene.method.surroundingText("かな", 4, 99);
    scene.method.done();
    assertEquals(List.of(), scene.told(), "places that are none");
  }

  @Test
  void aTerminalThatHidesMakesItSecret() {
    WaylandScene scene = new WaylandScene();
    // Nobody has looked at its terminals.
    scene.activate(0, 13);
    SeatEvent.FocusGained gained = (SeatEvent.FocusGained) scene.last(SeatEvent.FocusGained.class);
    assertEquals(Purpose.TERMINAL, gained.type() == null ? null : gained.type().purpose());
    assertTrue(
        scene.events.stream()
            .noneMatch(
                each ->
                    each instanceof SeatEvent.SecrecyMarked mark
                        && mark.by() == SecretBy.TERMINAL
                        && !mark.secret()));
  }

  @Test
  void unavailableIsSaid() {
    WaylandScene scene = new WaylandScene();
    scene.method.unavailable();
    assertTrue(scene.unavailableTold());
  }

  // Text.

  @Test
  void whatOneTurnChangesIsOneCommitAndComesBeforeItsKey() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.press(WaylandScene.TAB);
    scene.insert(scene.field(), "かな");
    scene.preedit(scene.field(), "");
    scene.answer(false);
    assertEquals(List.of("text かな", "preedit |0", "commit", "down 15"), scene.compositor.asked());
  }

  @Test
  void aPreeditStaysWhereTextIsInsertedBeforeIt() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.preedit(scene.field(), "かn");
    scene.settle();
    scene.insert(scene.field(), "な");
    scene.settle();
    assertEquals(
        List.of("preedit かn|4", "commit", "text な", "preedit かn|4", "commit"),
        scene.compositor.asked());
  }

  @Test
  void noTextGoesToTheFieldThatHasTheFocusNow() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.press(WaylandScene.A);
    scene.insert(scene.field(), "か");
    // Came in meanwhile: the text is not sent, the key is.
    scene.compositor.late =
        () -> {
          scene.deactivate();
          scene.activate(HIDDEN_AND_SENSITIVE, PASSWORD);
        };
    scene.answer(false);
    assertEquals(List.of("down 30"), scene.compositor.asked());
  }

  @Test
  void longTextIsSentInParts() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.insert(scene.field(), "か".repeat(3_000));
    scene.settle();
    List<String> asked = scene.compositor.asked();
    String whole =
        String.join(
            "",
            asked.stream()
                .filter(each -> each.startsWith("text "))
                .map(each -> each.substring(5))
                .toList());
    assertEquals("か".repeat(3_000), whole);
    assertTrue(
        asked.stream().allMatch(each -> Utf8.length(each) <= Utf8.LONGEST + "text ".length()));
  }

  @Test
  void deletionIsInBytesAroundTheCursor() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.method.surroundingText("かなa", 6, 6);
    scene.method.done();
    delete(scene, -1, 2);
    assertEquals(List.of("delete 3 1", "preedit |0", "commit"), scene.compositor.asked());
    delete(scene, 1, 1);
    delete(scene, -9, 1);
    assertEquals(List.of(), scene.compositor.asked(), "what does not touch the cursor");
  }

  private static void delete(WaylandScene scene, int offset, int count) {
    scene.method.apply(new HostEffect.EditField(scene.field(), new Edit.Delete(offset, count)));
    scene.settle();
  }

  // The end.

  @Test
  void whatIsHeldGoesOnWhenTheBrokerLeaves() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.press(WaylandScene.A);
    SeatEvent.KeyTyped typed = (SeatEvent.KeyTyped) scene.last(SeatEvent.KeyTyped.class);
    // The seat answers the keys of a field that is closed.
    scene.method.leave();
    scene.method.apply(new HostEffect.AnswerKey(typed.field(), typed.keyId(), false));
    scene.press(WaylandScene.K);
    assertEquals(
        List.of("release", "down 30", "up 30", "down 37", "up 37"), scene.compositor.asked());
    scene.activate(0, 0);
    assertNull(
        scene.told().stream().filter("FieldOpened"::equals).skip(1).findFirst().orElse(null));
  }

  @Test
  void nothingIsAskedOfACompositorThatIsGone() throws Exception {
    WaylandScene scene = WaylandScene.typing();
    scene.press(WaylandScene.A);
    scene.method.end();
    scene.answer(false);
    assertEquals(List.of(), scene.compositor.asked());
    assertEquals(List.of(), scene.alarms);
  }
}
