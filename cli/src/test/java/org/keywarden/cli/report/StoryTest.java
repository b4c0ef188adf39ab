package org.keywarden.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.keywarden.audit.verify.Verdict;
import org.keywarden.proto.audit.v1.BrokerStarted;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.EntriesPruned;
import org.keywarden.proto.audit.v1.Record;

/** What records add up to. */
final class StoryTest {
  private final Story story = new Story(application -> Optional.empty());
  private long entry;
  private long now = 1_000;
  private byte start;

  private void tell(Record.Builder record) {
    story.record(
        entry++, record.setTime(now).setStart(ByteString.copyFrom(new byte[] {start})).build());
  }

  private void begin() {
    start++;
    tell(Record.newBuilder().setBrokerStarted(BrokerStarted.getDefaultInstance()));
  }

  private void grant(long number, String plugin, long parent) {
    Record.Builder record = Record.newBuilder();
    record
        .getGrantIssuedBuilder()
        .setGrant(number)
        .setPlugin(plugin)
        .setParent(parent)
        .getApplicationBuilder()
        .setCommitment(ByteString.copyFromUtf8(plugin));
    tell(record);
  }

  private void close(long number) {
    Record.Builder record = Record.newBuilder();
    record.getGrantClosedBuilder().setGrant(number).setReason(CloseReason.CLOSE_REASON_EXPIRED);
    tell(record);
  }

  @Test
  void timeIsCountedOnceThoughGrantsAreDerived() {
    begin();
    grant(1, "kana", 0);
    now += 4;
    grant(2, "kana", 1);
    now += 6;
    close(2);
    close(1);
    assertEquals(10, story.plugins.of("kana").heldSeconds);
    assertEquals(2, story.plugins.of("kana").grants);
    assertEquals(1, story.plugins.of("kana").derived);
  }

  @Test
  void aCrashEndsWhatWasGivenAtTheLastThatWasHeard() {
    begin();
    grant(1, "kana", 0);
    now += 5;
    grant(2, "other", 0);
    now += 1_000;
    Record.Builder pruned = Record.newBuilder();
    pruned.setEntriesPruned(EntriesPruned.newBuilder().setBelow(0));
    byte crashed = start;
    start = 99;
    tell(pruned);
    start = crashed;
    now += 1_000;
    begin();
    assertEquals(1, story.crashes);
    assertEquals(5, story.plugins.of("kana").heldSeconds);
    assertEquals(0, story.plugins.of("other").heldSeconds);
    story.end();
    assertEquals(
        List.of(BrokerStart.End.CRASHED, BrokerStart.End.OPEN),
        story.starts.kept().stream().map(BrokerStart::end).toList());
  }

  @Test
  void columnsAreJoinedUntilThereAreFewEnough() {
    Timeline timeline = new Timeline();
    Timeline.Lane lane = timeline.lane();
    long seconds = 0;
    long events = 0;
    Random random = new Random(3);
    long time = 5_000;
    for (int i = 0; i < 20_000; i++) {
      long used = random.nextInt(50);
      lane.used(time, time + used);
      lane.happened(time, 1);
      seconds += used;
      events++;
      time += used + random.nextInt(100);
    }
    assertTrue(timeline.columnCount() <= Timeline.MOST_COLUMNS);
    assertEquals(
        seconds, lane.columns().values().stream().mapToLong(Timeline.Column::seconds).sum());
    assertEquals(events, lane.columns().values().stream().mapToLong(Timeline.Column::count).sum());
    assertTrue(
        lane.columns().values().stream().allMatch(c -> c.seconds() <= timeline.columnSeconds()));
    assertTrue(timeline.begin(0) <= 5_000 && timeline.begin(timeline.columnCount()) >= time - 150);
  }

  @Test
  void aLogMaySayAnyTime() {
    Timeline timeline = new Timeline();
    Timeline.Lane lane = timeline.lane();
    lane.used(0, -1);
    lane.used(-1, 5);
    lane.happened(Long.MIN_VALUE, -1);
    lane.happened(3, Long.MAX_VALUE);
    assertTrue(timeline.columnCount() <= Timeline.MOST_COLUMNS);
    assertEquals("9999-12-31 23:59:59", Words.time(timeline.latest()));
  }

  @Test
  void aLongLogMakesNoLongPage() {
    for (int i = 0; i < 60_000; i++) {
      now += 600;
      if (i % 100 == 0) {
        begin();
      }
      String plugin = "plugin " + i;
      Record.Builder registered = Record.newBuilder();
      registered.getPluginRegisteredBuilder().setInstance(i).setPlugin(plugin);
      tell(registered);
      grant(i + 1, plugin, 0);
      Record.Builder refused = Record.newBuilder();
      refused.getActionsRefusedBuilder().setInstance(i).setCount(3);
      tell(refused);
      Record.Builder violated = Record.newBuilder();
      violated.getWatchViolationBuilder().setInstance(i).setChannel("a".repeat(500));
      tell(violated);
    }
    story.end();
    ReportPage.Facts facts =
        new ReportPage.Facts(
            "log.test/long",
            0,
            new Verdict(entry, 0, 0, List.of(), List.of(), List.of()),
            "",
            List.of(),
            false,
            "");
    String page = new ReportPage(facts, story).write();
    assertTrue(page.length() < 1_500_000, "length " + page.length());
    assertTrue(page.contains("(others together)"));
    assertTrue(page.contains("60,000 records, the newest 200 shown"));
    assertTrue(page.contains("value=\"180000\">180,000</data>"), "nothing is lost in the totals");
  }
}
