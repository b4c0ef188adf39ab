package org.keywarden.broker.auditing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keywarden.audit.record.ApplicationNames;
import org.keywarden.broker.seat.Refusal;
import org.keywarden.proto.audit.v1.Application;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.RecordsWithheld;
import org.keywarden.proto.audit.v1.Withheld;

/** What limits keep out of the log is in it as a number. */
final class WithheldCountsTest {
  private static final String EDITOR = "org.example.Editor";

  private final WithheldCounts counts = new WithheldCounts();
  private final GrantRecords names = new GrantRecords();
  private long now = 1_000;

  @BeforeEach
  void hide() {
    names.hideWith(new ApplicationNames(new byte[32]));
  }

  private List<RecordsWithheld> take(boolean ending) {
    List<RecordsWithheld> taken = new ArrayList<>();
    counts.take(
        now,
        ending,
        names,
        event -> {
          Record.Builder record = Record.newBuilder();
          event.accept(record);
          taken.add(record.getRecordsWithheld());
        });
    return taken;
  }

  private List<RecordsWithheld> afterAMinute() {
    assertEquals(List.of(), take(false));
    now += WithheldCounts.EVERY - 1;
    assertEquals(List.of(), take(false));
    now++;
    return take(false);
  }

  @Test
  void aFloodIsOneRecordAMinute() {
    for (int i = 0; i < 5_000; i++) {
      counts.grant(EDITOR);
    }
    RecordsWithheld taken = afterAMinute().getFirst();
    assertEquals(Withheld.WITHHELD_GRANTS, taken.getKind());
    assertEquals(5_000, taken.getCount());
    assertEquals(WithheldCounts.EVERY + 1, taken.getSeconds());
    assertEquals(names.hide(EDITOR), taken.getApplication());
    assertEquals(List.of(), take(true), "it is said once");
  }

  @Test
  void theNextMinuteBeginsWithWhatComesNext() {
    counts.grant(EDITOR);
    assertEquals(1, afterAMinute().size());
    now += 1_000;
    counts.grant(EDITOR);
    assertEquals(1, afterAMinute().getFirst().getCount());
  }

  @Test
  void theEndSaysWhatIsLeft() {
    counts.add(Withheld.WITHHELD_FROZEN, 7, 3);
    RecordsWithheld taken = take(true).getFirst();
    assertEquals(Withheld.WITHHELD_FROZEN, taken.getKind());
    assertEquals(7, taken.getInstance());
    assertEquals(3, taken.getCount());
    assertEquals(1, taken.getSeconds());
  }

  @Test
  void refusalsOfMoreKindsThanAreToldApartAreCounted() {
    RefusalCounts refusals = new RefusalCounts(counts);
    for (int grant = 0; grant < RefusalCounts.MOST_KINDS + 10; grant++) {
      refusals.action(7, grant, Refusal.NO_CAUSE);
      refusals.action(7, 0, Refusal.NO_CAUSE);
    }
    RecordsWithheld taken = take(true).getFirst();
    assertEquals(Withheld.WITHHELD_REFUSALS, taken.getKind());
    assertEquals(7, taken.getInstance());
    assertEquals(10, taken.getCount());
  }

  @Test
  void nothingLeavesNoRecord() {
    counts.add(Withheld.WITHHELD_GUARDED, 0, 0);
    assertEquals(List.of(), take(true));
  }

  @Test
  void ofManyApplicationsTheRestIsSummedUp() {
    for (int i = 0; i < 1_000; i++) {
      counts.grant("application " + i);
      counts.grant("application " + i);
    }
    List<RecordsWithheld> taken = take(true);
    assertEquals(WithheldCounts.MOST_SUBJECTS + 1, taken.size());
    assertEquals(2_000, taken.stream().mapToLong(RecordsWithheld::getCount).sum());
    assertEquals(
        List.of(2L * (1_000 - WithheldCounts.MOST_SUBJECTS)),
        taken.stream()
            .filter(each -> each.getApplication().equals(Application.getDefaultInstance()))
            .map(RecordsWithheld::getCount)
            .toList());
  }
}
