package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is composed while keys are held behind a focus key. */
final class FenceWhileComposingTest extends SeatScene {
  /** A focus key was given back while something is composed. */
  private void fencedWhileComposing(FieldTraits traits) {
    composing(traits, Purpose.FREE_FORM);
    press('k');
    answer(1, true, preedit("k"));
    press(TAB);
    answer(2, true, new Action.ForwardKey());
  }

  private List<Edit> edits() {
    return all(HostEffect.EditField.class).map(HostEffect.EditField::edit).toList();
  }

  private static final List<Edit> KEPT =
      List.of(new Edit.SetPreedit(Preedit.NONE), new Edit.Insert("k"));

  @Test
  void whatIsComposedGoesBeforeTheKeysLeftToTheApplicationAtTheEndOfTheFence() {
    fencedWhileComposing(new FieldTraits(true, false, false));
    press('p');
    pass(LIMITS.hold());
    assertEquals(KEPT, edits());
    assertEquals(List.of(false), answers());
  }

  @Test
  void withoutSuchKeysItGoesOnBeingComposed() {
    fencedWhileComposing(new FieldTraits(true, false, false));
    pass(LIMITS.hold());
    assertEquals(List.of(), edits());
    press(RETURN);
    assertTrue(shown());
  }

  @Test
  void whatIsComposedGoesBeforeTheKeysThatAResetLetsGo() {
    fencedWhileComposing(new FieldTraits(true, true, false));
    press('p');
    post(new SeatEvent.FieldReset(NEXT));
    assertEquals(KEPT, edits());
    assertEquals(List.of(false), answers());
  }

  @Test
  void aResetLetsNothingGoThatIsNotBehindAFocusKey() {
    composing(new FieldTraits(true, true, false), Purpose.FREE_FORM);
    post(new SeatEvent.Resumed());
    press('p');
    post(new SeatEvent.FieldReset(FIELD));
    assertEquals(List.of(), answers());
    present();
    assertTrue(shown());
  }
}
