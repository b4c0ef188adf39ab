package org.keywarden.broker.auditing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a state's coming and going is recorded. */
final class MarksTest {
  private final List<Boolean> recorded = new ArrayList<>();
  private final Marks<Boolean> marks = new Marks<>(false, recorded::add);

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
  void aCrowdedTimeIsCutShortAndItsEndIsKept() {
    storm(1_000);
    assertEquals(Marks.AT_ONCE, recorded.size());
    marks.happened(true);
    assertEquals(Marks.AT_ONCE, recorded.size());
    marks.tick();
    assertEquals(true, recorded.getLast());
    storm(1_000);
    assertEquals(Marks.AT_ONCE + 1, recorded.size());
    marks.tick();
    assertEquals(false, recorded.getLast());
  }

  @Test
  void anHourOfRestlessnessIsOneRecordASecond() {
    for (int second = 0; second < 3_600; second++) {
      storm(100);
      marks.tick();
    }
    assertEquals(true, recorded.size() <= Marks.AT_ONCE + 3_600);
  }

  @Test
  void eachChangeIsRecordedOrCounted() {
    marks.happened(true);
    marks.happened(true);
    marks.happened(false);
    assertEquals(0, marks.leftOut());
    storm(1_000);
    assertEquals(2_002 - recorded.size(), marks.leftOut());
    marks.happened(true);
    assertEquals(0, marks.leftOut(), "its record is still to come");
    marks.tick();
    marks.happened(false, 31);
    assertEquals(30, marks.leftOut());
    marks.tick();
    assertEquals(0, marks.leftOut());
    assertEquals(false, recorded.getLast());
  }

  @Test
  void whatIsSavedUpInQuietHasABound() {
    for (int second = 0; second < 3_600; second++) {
      marks.tick();
    }
    storm(1_000);
    assertEquals(Marks.AT_ONCE, recorded.size());
  }
}
