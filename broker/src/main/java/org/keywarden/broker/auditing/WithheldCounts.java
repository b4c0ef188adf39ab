package org.keywarden.broker.auditing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.RecordsWithheld;
import org.keywarden.proto.audit.v1.Withheld;

/**
 * What limits keep out of the log, counted until a record says how much that was: once a minute at
 * most, and of so many subjects one by one.
 *
 * <p>Thread: counted on any; taken on the log's.
 */
final class WithheldCounts {
  /** In s. */
  static final long EVERY = 60;

  /** Applications and instances that are told apart; what others have is summed up. */
  static final int MOST_SUBJECTS = 16;

  private final Map<Subject, Long> counts = new LinkedHashMap<>();

  /** Of the first one counted since they were taken, in s since 1970. */
  private long since = Long.MAX_VALUE;

  /**
   * @param application empty for none
   * @param instance 0 for none
   */
  private record Subject(Withheld kind, String application, long instance) {}

  /** A grant for an application's field. */
  void grant(String application) {
    add(new Subject(Withheld.WITHHELD_GRANTS, application, 0), 1);
  }

  /**
   * Records of another kind.
   *
   * @param instance 0 if they are of none
   */
  void add(Withheld kind, long instance, long count) {
    if (count > 0) {
      add(new Subject(kind, "", instance), count);
    }
  }

  private synchronized void add(Subject subject, long count) {
    boolean known = counts.containsKey(subject) || counts.size() < MOST_SUBJECTS;
    counts.merge(known ? subject : new Subject(subject.kind, "", 0), count, Long::sum);
  }

  /**
   * Hands over what was counted, and begins anew; nothing before its time.
   *
   * @param now in s since 1970
   * @param ending whether there is no later time
   */
  void take(
      long now, boolean ending, GrantRecords names, Consumer<Consumer<Record.Builder>> record) {
    Map<Subject, Long> taken;
    long seconds;
    synchronized (this) {
      if (counts.isEmpty()) {
        return;
      }
      since = Math.min(since, now);
      seconds = now - since + 1;
      if (!ending && seconds <= EVERY) {
        return;
      }
      taken = Map.copyOf(counts);
      counts.clear();
      since = Long.MAX_VALUE;
    }
    taken.forEach((subject, count) -> record.accept(event(subject, count, seconds, names)));
  }

  private static Consumer<Record.Builder> event(
      Subject subject, long count, long seconds, GrantRecords names) {
    RecordsWithheld.Builder withheld =
        RecordsWithheld.newBuilder()
            .setKind(subject.kind)
            .setCount(count)
            .setSeconds((int) seconds)
            .setInstance(subject.instance);
    if (!subject.application.isEmpty()) {
      withheld.setApplication(names.hide(subject.application));
    }
    return record -> record.setRecordsWithheld(withheld);
  }
}
