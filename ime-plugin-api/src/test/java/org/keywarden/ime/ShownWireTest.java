package org.keywarden.ime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.Candidates;
import org.keywarden.proto.input.v1.Orientation;

/** What an input method shows, as the broker gets it, and what it cannot show. */
final class ShownWireTest {
  private static Action only(Edits edits) {
    return Wire.action(edits.list().getFirst());
  }

  @ParameterizedTest
  @EnumSource
  void eachStyleHasItsOwnOnTheWire(Segment.Style style) {
    Action action =
        only(Edits.none().preedit("かな", 1, Edit.OnLoss.DISCARD, List.of(new Segment(1, 2, style))));
    var segment = action.getPreedit().getSegments(0);
    assertEquals("SEGMENT_STYLE_" + style, segment.getStyle().name());
    assertEquals(1, segment.getStart());
    assertEquals(2, segment.getEnd());
  }

  @ParameterizedTest
  @EnumSource
  void eachKindHasItsOwnOnTheWire(Property.Kind kind) {
    Property property = new Property("k", kind, "l", "s", "t", false, false, true, "m");
    var item = only(Edits.none().properties(List.of(property))).getProperties().getItems(0);
    assertEquals("PROPERTY_KIND_" + kind, item.getKind().name());
    assertEquals(
        List.of("k", "l", "s", "t", "m"),
        List.of(
            item.getKey(), item.getLabel(), item.getSymbol(), item.getTooltip(), item.getMenu()));
    assertTrue(item.getInsensitive() && item.getHidden() && item.getChecked());
  }

  @Test
  void candidatesAreLaidOut() {
    Candidates plain = only(Edits.none().candidates(List.of("a", "b"), 1)).getCandidates();
    assertEquals(10, plain.getPageSize());
    assertEquals(Orientation.ORIENTATION_UNSPECIFIED, plain.getOrientation());
    Edit.Candidates laidOut =
        new Edit.Candidates(
            List.of("a", "b"), 1, 5, List.of("q"), Edit.Orientation.VERTICAL, false);
    Candidates sent = only(Edits.none().candidates(laidOut)).getCandidates();
    assertEquals(5, sent.getPageSize());
    assertEquals(List.of("q"), sent.getLabelsList());
    assertEquals(Orientation.ORIENTATION_VERTICAL, sent.getOrientation());
    assertTrue(sent.getSelectionHidden());
  }

  @Test
  void whatIsOutOfBoundsIsNotMade() {
    assertThrows(IllegalArgumentException.class, () -> new Segment(1, 1, Segment.Style.UNDERLINE));
    Segment beyond = new Segment(0, 2, Segment.Style.UNDERLINE);
    assertThrows(
        IllegalArgumentException.class,
        () -> Edits.none().preedit("か", 0, Edit.OnLoss.COMMIT, List.of(beyond)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Edit.Candidates(
                List.of("a"), 0, 1, List.of("1", "2"), Edit.Orientation.VERTICAL, true));
    assertThrows(
        IllegalArgumentException.class,
        () -> Edits.none().properties(Collections.nCopies(65, Property.action("k", "l"))));
    assertThrows(IllegalArgumentException.class, () -> Property.action("", "l"));
    assertThrows(IllegalArgumentException.class, () -> Edits.none().auxiliary("x".repeat(257)));
  }
}
