package org.keywarden.broker.auditing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a field's coming and going is recorded. */
final class GuardedMarksTest {
  private final List<Boolean> recorded = new ArrayList<>();
  private final GuardedMarks marks = new GuardedMarks(recorded::add);

  private void storm(int pairs) {
    for (int i = 0; i < pairs; i++) {
      marks.happened(true);
      marks.happened(false);
    }
  }

  @Test
  void eachIsRecordedOnceInOrder() {
    marks.happened(true);
    marks.happened(true);
    marks.happened(false);
    assertEquals(List.of(true, false), recorded);
  }

  @Test
  void aCrowdedSecondIsCutShortAndItsEndIsKept() {
    storm(1_000);
    assertEquals(GuardedMarks.MOST_PER_SECOND, recorded.size());
    marks.happened(true);
    assertEquals(GuardedMarks.MOST_PER_SECOND, recorded.size());
    marks.tick();
    assertEquals(true, recorded.getLast());
    storm(1);
    assertEquals(GuardedMarks.MOST_PER_SECOND + 2, recorded.size());
  }
}
