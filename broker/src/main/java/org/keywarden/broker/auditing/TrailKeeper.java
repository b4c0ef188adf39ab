package org.keywarden.broker.auditing;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
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
import org.keywarden.proto.audit.v1.Application;
import org.keywarden.proto.audit.v1.BrokerStarted;
import org.keywarden.proto.audit.v1.BrokerStopped;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.EntriesPruned;
import org.keywarden.proto.audit.v1.GrantClosed;
import org.keywarden.proto.audit.v1.GrantRenewed;
import org.keywarden.proto.audit.v1.Heartbeat;
import org.keywarden.proto.audit.v1.PresentationsRefused;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.UserOverride;

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

  private static final String CONSEQUENCE =
      "typing goes on without input methods, none gets a grant until it can be written";
  private static final String WHAT_TO_DO =
      "see what is wrong with: keywarden audit verify; put back a good copy, or move the log away"
          + " to begin a new one; then start the broker again";
  private static final long HEARTBEAT_SECONDS = 3_600;
  private static final long EXPIRY_SECONDS = 86_400;
  private static final int MOST_REMEMBERED = 4_096;

  /** Opens the log. */
  @FunctionalInterface
  public interface Opening {
    /**
     * @param keep as in {@link LogWriter#open}
     */
    LogWriter open(long keep) throws IOException;
  }

  /** Says which entries are too old. */
  @FunctionalInterface
  public interface Expiry {
    /** Keeps all. */
    Expiry NEVER = now -> 0;

    /**
     * Returns the first index that is kept, 0 if nothing is there that is too old.
     *
     * @param now in s since 1970
     */
    long firstKept(long now) throws IOException;
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
  private final Expiry expiry;
  private final Start start;
  private final GrantRecords grantRecords;
  private @Nullable LogWriter writer;
  private long keep = Long.MAX_VALUE;
  private long retryAt = Long.MIN_VALUE;
  private boolean startRecorded;

  /** Damaged or stopped: never opened again. */
  private boolean over;

  private volatile String problem = "";
  private long nextHeartbeat;
  private long nextExpiry = Long.MIN_VALUE;
  private long declared;

  private long serial;
  private long durableSerial;

  /** Grants in the log, or on their way there, without a durable close; with their renewals. */
  private final Map<Long, Integer> open = new LinkedHashMap<>();

  /** Grants that ended before their record was asked for. */
  private final Set<Long> endedEarly = new LinkedHashSet<>();

  private final Deque<Record> owed = new ArrayDeque<>();
  private final Map<Refused, Long> refusals = new LinkedHashMap<>();

  public TrailKeeper(Opening opening, Expiry expiry, Start start, GrantRecords grantRecords) {
    this.opening = opening;
    this.expiry = expiry;
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

  /**
   * Records something.
   *
   * @param event sets the record's event
   */
  void happened(Consumer<Record.Builder> event) {
    Record.Builder record = record();
    event.accept(record);
    add(record);
  }

  /** Records that the user allowed an application to compose, or takes that back. */
  void allowed(String application, boolean allowed) {
    if (!ready()) {
      // Its name cannot be hidden without the owner's key.
      add(record().setUserOverride(UserOverride.getDefaultInstance()));
      return;
    }
    Application hidden = grantRecords.hide(application);
    UserOverride.Builder override = UserOverride.newBuilder();
    add(
        record()
            .setUserOverride(
                allowed ? override.setApplication(hidden) : override.setWithdrawn(hidden)));
  }

  /** Why no grant can be recorded, and what to do; empty if they can. Any thread. */
  String problem() {
    return problem;
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
      expire(current, now);
      var _ = current.checkpoint().whenComplete((done, failure) -> check(current, failure));
    }
  }

  /** Declares what is too old, then removes it. */
  private void expire(LogWriter current, long now) {
    if (now < nextExpiry) {
      return;
    }
    try {
      long first = expiry.firstKept(now);
      Runnable prune =
          () -> {
            var _ = current.prune(first).whenComplete((done, failure) -> check(current, failure));
          };
      if (first > declared) {
        declared = first;
        append(
            record().setEntriesPruned(EntriesPruned.newBuilder().setBelow(first)).build(),
            prune,
            () -> declared = 0);
        return;
      }
      nextExpiry = now + EXPIRY_SECONDS;
      if (first > 0) {
        prune.run();
      }
    } catch (IOException e) {
      nextExpiry = now + EXPIRY_SECONDS;
      start.report().accept("grant log: old entries stay: " + explain(e));
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
      var _ = current.stop().whenComplete((done, failure) -> stopped.complete(null));
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
    var _ = failed.stop();
    fails(explain(failure));
  }

  private void fails(String reason) {
    boolean known = !problem.isEmpty();
    problem = reason;
    if (!known) {
      start.report().accept("grant log: " + reason + "; " + CONSEQUENCE);
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
      fails(e.getMessage() + "; " + WHAT_TO_DO);
    } catch (IOException e) {
      retryAt = start.clock().getAsLong() + RETRY_SECONDS;
      fails(explain(e));
    }
    return writer != null;
  }

  /** The file system says only which file, for some errors. */
  private static String explain(Throwable failure) {
    return switch (failure) {
      case AccessDeniedException denied -> denied.getMessage() + " may not be opened or written";
      case FileAlreadyExistsException no -> no.getMessage() + " is in the way: no directory";
      case NoSuchFileException gone -> gone.getMessage() + " is missing";
      default -> String.valueOf(failure.getMessage());
    };
  }

  private void opened() {
    if (!problem.isEmpty()) {
      problem = "";
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
