package org.keywarden.broker.auditing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.seat.Refusal;
import org.keywarden.proto.audit.v1.ActionsRefused;
import org.keywarden.proto.audit.v1.PresentationsRefused;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.Withheld;

/**
 * Refused actions and tokens since they were recorded last, counted so that a flood of them is one
 * record.
 *
 * <p>Thread: the log's.
 */
final class RefusalCounts {
  static final int MOST_KINDS = 4_096;

  private record Refused(long instance, long grant, String reason, @Nullable Refusal refusal) {}

  private final Map<Refused, Long> counts = new LinkedHashMap<>();
  private final WithheldCounts withheld;

  /**
   * @param withheld counts those of more kinds than are told apart
   */
  RefusalCounts(WithheldCounts withheld) {
    this.withheld = withheld;
  }

  void action(long instance, long grant, Refusal refusal) {
    count(new Refused(instance, grant, refusal.name(), refusal));
  }

  /**
   * @param reason of the error contract
   */
  void presentation(long instance, String reason) {
    count(new Refused(instance, 0, reason, null));
  }

  private void count(Refused refused) {
    if (counts.size() < MOST_KINDS || counts.containsKey(refused)) {
      counts.merge(refused, 1L, Long::sum);
    } else {
      withheld.add(Withheld.WITHHELD_REFUSALS, refused.instance(), 1);
    }
  }

  /**
   * Hands over what was counted and begins anew.
   *
   * @param record takes what sets a record's event
   */
  void take(Consumer<Consumer<Record.Builder>> record) {
    counts.forEach((refused, count) -> record.accept(event(refused, count)));
    counts.clear();
  }

  private static Consumer<Record.Builder> event(Refused refused, long count) {
    Refusal refusal = refused.refusal();
    if (refusal == null) {
      return record ->
          record.setPresentationsRefused(
              PresentationsRefused.newBuilder()
                  .setInstance(refused.instance())
                  .setReason(refused.reason())
                  .setCount(count));
    }
    return record ->
        record.setActionsRefused(
            ActionsRefused.newBuilder()
                .setInstance(refused.instance())
                .setGrant(refused.grant())
                .setRefusal(GrantRecords.wire(refusal))
                .setCount(count));
  }
}
