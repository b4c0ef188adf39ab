package org.keywarden.broker.auditing;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.broker.seat.Refusal;
import org.keywarden.broker.seat.RevocationReason;
import org.keywarden.broker.seat.TokenRequest;
import org.keywarden.proto.audit.v1.Application;
import org.keywarden.proto.audit.v1.BrokerStopped;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.GrantClosed;
import org.keywarden.proto.audit.v1.GrantRenewed;
import org.keywarden.proto.audit.v1.Heartbeat;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.UserOverride;

/**
 * Turns what happens into records and keeps the promises of the log: a grant is confirmed only when
 * its record is durable; serials of grants are consecutive; each grant has one close.
 *
 * <p>While the log cannot be written (a full disk), grants and renewals fail; everything else is
 * owed.
 *
 * <p>Thread: the log's.
 */
public final class TrailKeeper {
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
  public record Start(byte[] id, String version, LongSupplier clock, Consumer<String> report) {
    /** A record of this start, without what happened. */
    Record.Builder record() {
      return Record.newBuilder().setTime(clock.getAsLong()).setStart(ByteString.copyFrom(id));
    }
  }

  private final Start start;
  private final GrantRecords grantRecords;
  private final RetriedLog log;
  private final ExpiredEntries expired;
  private final WithheldCounts withheld = new WithheldCounts();
  private final RefusalCounts refusals = new RefusalCounts(withheld);
  private long nextHeartbeat;
  private long serial;
  private long durableSerial;

  /** Grants in the log, or on their way there, without a durable close; with their renewals. */
  private final Map<Long, Integer> open = new LinkedHashMap<>();

  /** Grants that ended before their record was asked for. */
  private final Set<Long> endedEarly = new LinkedHashSet<>();

  public TrailKeeper(Opening opening, Expiry expiry, Start start, GrantRecords grantRecords) {
    this.start = start;
    this.grantRecords = grantRecords;
    this.log = new RetriedLog(opening, start, () -> serial = durableSerial, withheld);
    this.expired = new ExpiredEntries(expiry, start, log);
    this.nextHeartbeat = start.clock().getAsLong() + HEARTBEAT_SECONDS;
  }

  void issued(TokenRequest request, Runnable durable, Runnable failed) {
    long grant = request.grant();
    boolean renewal = open.containsKey(grant);
    if (endedEarly.remove(grant) || (request.renewal() && !renewal) || !log.ready()) {
      failed.run();
      return;
    }
    if (renewal) {
      log.append(
          start.record().setGrantRenewed(GrantRenewed.newBuilder().setGrant(grant)).build(),
          () -> {
            open.computeIfPresent(grant, (number, renewals) -> renewals + 1);
            durable.run();
          },
          failed);
      return;
    }
    long number = ++serial;
    open.put(grant, 0);
    log.append(
        start.record().setGrantIssued(grantRecords.issued(number, request)).build(),
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
      close(grant, GrantRecords.wire(reason));
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
        start
            .record()
            .setGrantClosed(
                GrantClosed.newBuilder().setGrant(grant).setReason(reason).setRenewals(renewals))
            .build();
    if (!log.ready()) {
      log.oweForCertain(record);
      open.remove(grant);
      return;
    }
    log.append(
        record,
        () -> open.remove(grant),
        () -> {
          if (open.remove(grant) != null) {
            log.oweForCertain(record);
          }
        });
  }

  /** What limits keep out of the log; any thread. */
  WithheldCounts withheld() {
    return withheld;
  }

  void refused(long instance, long grant, Refusal refusal) {
    refusals.action(instance, grant, refusal);
  }

  void presentationRefused(long instance, String reason) {
    refusals.presentation(instance, reason);
  }

  /**
   * Records something.
   *
   * @param event sets the record's event
   */
  void happened(Consumer<Record.Builder> event) {
    Record.Builder record = start.record();
    event.accept(record);
    log.add(record.build());
  }

  /** Records that the user allowed an application to compose, or takes that back. */
  void allowed(String application, boolean allowed) {
    if (!log.ready()) {
      // Its name cannot be hidden without the owner's key.
      happened(record -> record.setUserOverride(UserOverride.getDefaultInstance()));
      return;
    }
    Application hidden = grantRecords.hide(application);
    UserOverride.Builder override = UserOverride.newBuilder();
    happened(
        record ->
            record.setUserOverride(
                allowed ? override.setApplication(hidden) : override.setWithdrawn(hidden)));
  }

  /** Why no grant can be recorded, and what to do; empty if they can. Any thread. */
  String problem() {
    return log.problem();
  }

  void tick() {
    refusals.take(this::happened);
    if (!log.ready()) {
      return;
    }
    long now = start.clock().getAsLong();
    if (now >= nextHeartbeat) {
      nextHeartbeat = now + HEARTBEAT_SECONDS;
      happened(record -> record.setHeartbeat(Heartbeat.newBuilder().setLastSerial(serial)));
    }
    withheld.take(now, false, grantRecords, this::happened);
    expired.tick(now);
    log.checkpoint();
  }

  void stop(CompletableFuture<Void> stopped) {
    refusals.take(this::happened);
    if (log.ready()) {
      withheld.take(start.clock().getAsLong(), true, grantRecords, this::happened);
    }
    for (long grant : new ArrayList<>(open.keySet())) {
      close(grant, CloseReason.CLOSE_REASON_BROKER_STOPPED);
    }
    happened(record -> record.setBrokerStopped(BrokerStopped.newBuilder().setLastSerial(serial)));
    log.stop(stopped);
  }
}
