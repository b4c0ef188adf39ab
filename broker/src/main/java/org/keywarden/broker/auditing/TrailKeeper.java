package org.keywarden.broker.auditing;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.log.Damaged;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.broker.seat.Refusal;
import org.keywarden.broker.seat.RevocationReason;
import org.keywarden.broker.seat.TokenRequest;
import org.keywarden.proto.audit.v1.ActionsRefused;
import org.keywarden.proto.audit.v1.BrokerStarted;
import org.keywarden.proto.audit.v1.BrokerStopped;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.GrantClosed;
import org.keywarden.proto.audit.v1.GrantRenewed;
import org.keywarden.proto.audit.v1.GuardedEntered;
import org.keywarden.proto.audit.v1.GuardedLeft;
import org.keywarden.proto.audit.v1.Heartbeat;
import org.keywarden.proto.audit.v1.PluginEnded;
import org.keywarden.proto.audit.v1.PluginQuarantined;
import org.keywarden.proto.audit.v1.PluginRegistered;
import org.keywarden.proto.audit.v1.PolicyLoaded;
import org.keywarden.proto.audit.v1.PresentationsRefused;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.SigningKey;

/**
 * Turns what happens into records and keeps the promises of the log: a grant is confirmed only when
 * its record is durable; serials of grants are consecutive; each grant has one close.
 *
 * <p>When the log fails (a full disk), grants and renewals fail until it can be opened again, at
 * most every {@link #RETRY_SECONDS}; everything else is owed and written first then. A damaged log
 * is not opened again.
 *
 * <p>Thread: the log's.
 */
public final class TrailKeeper {
  /** Seconds between attempts to open a log that failed. */
  static final long RETRY_SECONDS = 1;

  private static final long HEARTBEAT_SECONDS = 3_600;
  private static final int MOST_REMEMBERED = 4_096;

  /** Opens the log. */
  @FunctionalInterface
  public interface Opening {
    /**
     * @param keep as in {@link LogWriter#open}
     */
    LogWriter open(long keep) throws IOException;
  }

  /**
   * One start of the broker.
   *
   * @param id 16 random bytes
   * @param clock seconds since 1970
   * @param report takes a line for the operator
   */
  public record Start(byte[] id, String version, LongSupplier clock, Consumer<String> report) {}

  private record Refused(long instance, long grant, String reason, @Nullable Refusal refusal) {}

  private final Opening opening;
  private final Start start;
  private final GrantRecords grantRecords;
  private @Nullable LogWriter writer;
  private long keep = Long.MAX_VALUE;
  private long retryAt = Long.MIN_VALUE;
  private boolean startRecorded;

  /** Damaged or stopped: never opened again. */
  private boolean over;

  private boolean failing;
  private long nextHeartbeat;

  private long serial;
  private long durableSerial;

  /** Grants in the log, or on their way there, without a durable close; with their renewals. */
  private final Map<Long, Integer> open = new LinkedHashMap<>();

  /** Grants that ended before their record was asked for. */
  private final Set<Long> endedEarly = new LinkedHashSet<>();

  private final Deque<Record> owed = new ArrayDeque<>();
  private final Map<Refused, Long> refusals = new LinkedHashMap<>();

  public TrailKeeper(Opening opening, Start start, GrantRecords grantRecords) {
    this.opening = opening;
    this.start = start;
    this.grantRecords = grantRecords;
  }

  void issued(TokenRequest request, Runnable durable, Runnable failed) {
    long grant = request.grant();
    boolean renewal = open.containsKey(grant);
    if (endedEarly.remove(grant) || (request.renewal() && !renewal) || !ready()) {
      failed.run();
      return;
    }
    if (renewal) {
      append(
          record().setGrantRenewed(GrantRenewed.newBuilder().setGrant(grant)).build(),
          () -> {
            open.computeIfPresent(grant, (number, renewals) -> renewals + 1);
            durable.run();
          },
          failed);
      return;
    }
    long number = ++serial;
    open.put(grant, 0);
    append(
        record().setGrantIssued(grantRecords.issued(number, request)).build(),
        () -> {
          durableSerial = number;
          durable.run();
        },
        () -> {
          open.remove(grant);
          failed.run();
        });
  }

  void closed(long grant, RevocationReason reason) {
    if (open.containsKey(grant)) {
      close(grant, CloseReason.valueOf("CLOSE_REASON_" + reason.name()));
    } else {
      remember(grant);
    }
  }

  private void remember(long grant) {
    endedEarly.add(grant);
    if (endedEarly.size() > MOST_REMEMBERED) {
      endedEarly.remove(endedEarly.iterator().next());
    }
  }

  private void close(long grant, CloseReason reason) {
    int renewals = open.getOrDefault(grant, 0);
    Record record =
        record()
            .setGrantClosed(
                GrantClosed.newBuilder().setGrant(grant).setReason(reason).setRenewals(renewals))
            .build();
    if (!ready()) {
      owed.add(record);
      open.remove(grant);
      return;
    }
    append(
        record,
        () -> open.remove(grant),
        () -> {
          if (open.remove(grant) != null) {
            owed.add(record);
          }
        });
  }

  void refused(long instance, long grant, Refusal refusal) {
    count(new Refused(instance, grant, refusal.name(), refusal));
  }

  void presentationRefused(long instance, String reason) {
    count(new Refused(instance, 0, reason, null));
  }

  private void count(Refused refused) {
    if (refusals.size() < MOST_REMEMBERED || refusals.containsKey(refused)) {
      refusals.merge(refused, 1L, Long::sum);
    }
  }

  private void recordRefusals() {
    refusals.forEach((refused, count) -> add(refusalRecord(refused, count)));
    refusals.clear();
  }

  private Record.Builder refusalRecord(Refused refused, long count) {
    Refusal refusal = refused.refusal();
    if (refusal == null) {
      return record()
          .setPresentationsRefused(
              PresentationsRefused.newBuilder()
                  .setInstance(refused.instance())
                  .setReason(refused.reason())
                  .setCount(count));
    }
    return record()
        .setActionsRefused(
            ActionsRefused.newBuilder()
                .setInstance(refused.instance())
                .setGrant(refused.grant())
                .setRefusal(GrantRecords.wire(refusal))
                .setCount(count));
  }

  void signingKey(byte[] publicKey) {
    add(
        record()
            .setSigningKey(SigningKey.newBuilder().setPublicKey(ByteString.copyFrom(publicKey))));
  }

  void policyLoaded(byte[] digest) {
    add(record().setPolicyLoaded(PolicyLoaded.newBuilder().setDigest(ByteString.copyFrom(digest))));
  }

  void pluginRegistered(long instance, String plugin, byte[] holder) {
    add(
        record()
            .setPluginRegistered(
                PluginRegistered.newBuilder()
                    .setInstance(instance)
                    .setPlugin(plugin)
                    .setHolder(ByteString.copyFrom(holder))));
  }

  void pluginEnded(long instance) {
    add(record().setPluginEnded(PluginEnded.newBuilder().setInstance(instance)));
  }

  void pluginQuarantined(String plugin) {
    add(record().setPluginQuarantined(PluginQuarantined.newBuilder().setPlugin(plugin)));
  }

  void guarded(boolean entered) {
    add(
        entered
            ? record().setGuardedEntered(GuardedEntered.getDefaultInstance())
            : record().setGuardedLeft(GuardedLeft.getDefaultInstance()));
  }

  void tick() {
    recordRefusals();
    if (!ready()) {
      return;
    }
    long now = start.clock().getAsLong();
    if (now >= nextHeartbeat) {
      nextHeartbeat = now + HEARTBEAT_SECONDS;
      add(record().setHeartbeat(Heartbeat.newBuilder().setLastSerial(serial)));
    }
    LogWriter current = writer;
    if (current != null) {
      current.checkpoint().whenComplete((done, failure) -> check(current, failure));
    }
  }

  void stop(CompletableFuture<Void> stopped) {
    recordRefusals();
    for (long grant : new ArrayList<>(open.keySet())) {
      close(grant, CloseReason.CLOSE_REASON_BROKER_STOPPED);
    }
    add(record().setBrokerStopped(BrokerStopped.newBuilder().setLastSerial(serial)));
    LogWriter current = writer;
    writer = null;
    over = true;
    if (current == null) {
      stopped.complete(null);
    } else {
      current.stop().whenComplete((done, failure) -> stopped.complete(null));
    }
  }

  private Record.Builder record() {
    return Record.newBuilder()
        .setTime(start.clock().getAsLong())
        .setStart(ByteString.copyFrom(start.id()));
  }

  /** Records now, or when the log can be written again. */
  private void add(Record.Builder builder) {
    Record record = builder.build();
    if (ready()) {
      append(record, () -> {}, () -> owe(record));
    } else {
      owe(record);
    }
  }

  /** What is owed beyond this is lost; closes, of which there are few, never are. */
  private void owe(Record record) {
    if (owed.size() < MOST_REMEMBERED) {
      owed.add(record);
    }
  }

  private void append(Record record, Runnable durable, Runnable failed) {
    LogWriter current = writer;
    if (current == null) {
      failed.run();
      return;
    }
    current.append(
        RecordCodec.encode(record),
        new LogWriter.Receipt() {
          @Override
          public void durable(long index) {
            durable.run();
          }

          @Override
          public void failed(IOException reason) {
            check(current, reason);
            failed.run();
          }
        });
  }

  /** Gives up a writer that failed. */
  private void check(LogWriter failed, @Nullable Throwable failure) {
    if (failure == null || writer != failed) {
      return;
    }
    keep = failed.confirmed();
    serial = durableSerial;
    writer = null;
    retryAt = start.clock().getAsLong() + RETRY_SECONDS;
    failed.stop();
    fails("grant log: " + failure.getMessage());
  }

  private void fails(String reason) {
    if (!failing) {
      failing = true;
      start.report().accept(reason + "; no input method gets a grant until it can be written");
    }
  }

  /** Whether records can be appended; opens the log if it is time to. */
  private boolean ready() {
    if (writer != null) {
      return true;
    }
    if (over || start.clock().getAsLong() < retryAt) {
      return false;
    }
    try {
      LogWriter opened = opening.open(keep);
      writer = opened;
      opened();
    } catch (Damaged e) {
      over = true;
      fails("grant log: " + e.getMessage());
    } catch (IOException e) {
      retryAt = start.clock().getAsLong() + RETRY_SECONDS;
      fails("grant log: " + e.getMessage());
    }
    return writer != null;
  }

  private void opened() {
    if (failing) {
      failing = false;
      start.report().accept("grant log: written again");
    }
    LogWriter current = writer;
    if (!startRecorded && current != null) {
      startRecorded = true;
      owed.addFirst(
          record()
              .setBrokerStarted(
                  BrokerStarted.newBuilder()
                      .setVersion(start.version())
                      .setDroppedBytes(current.dropped()))
              .build());
      nextHeartbeat = start.clock().getAsLong() + HEARTBEAT_SECONDS;
    }
    List<Record> due = List.copyOf(owed);
    owed.clear();
    due.forEach(record -> append(record, () -> {}, () -> owed.add(record)));
  }
}
