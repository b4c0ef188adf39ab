package org.keywarden.broker.auditing;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.log.Damaged;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.proto.audit.v1.BrokerStarted;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.Withheld;

/**
 * The log as one start of the broker writes it: given up when it fails, opened again at most every
 * {@link #RETRY_SECONDS}, what is owed by then written first. A damaged one is not opened again.
 *
 * <p>Thread: the log's.
 */
final class RetriedLog {
  /** Seconds between attempts to open a log that failed. */
  static final long RETRY_SECONDS = 1;

  private static final String CONSEQUENCE =
      "typing goes on without input methods, none gets a grant until it can be written";
  private static final String WHAT_TO_DO =
      "see what is wrong with: keywarden audit verify; put back a good copy, or move the log away"
          + " to begin a new one; then start the broker again";
  static final int MOST_OWED = 4_096;

  private final TrailKeeper.Opening opening;
  private final TrailKeeper.Start start;
  private final Runnable lost;
  private final WithheldCounts withheld;
  private final Deque<Record> owed = new ArrayDeque<>();
  private @Nullable LogWriter writer;
  private long keep = Long.MAX_VALUE;
  private long retryAt = Long.MIN_VALUE;
  private boolean startRecorded;

  /** Damaged or stopped: never opened again. */
  private boolean over;

  private volatile String problem = "";

  /**
   * @param withheld counts what cannot be owed any more
   * @param lost told when the log failed: records that were not confirmed are not in it
   */
  RetriedLog(
      TrailKeeper.Opening opening,
      TrailKeeper.Start start,
      Runnable lost,
      WithheldCounts withheld) {
    this.withheld = withheld;
    this.opening = opening;
    this.start = start;
    this.lost = lost;
  }

  /** Why no grant can be recorded, and what to do; empty if they can. Any thread. */
  String problem() {
    return problem;
  }

  /** Whether records can be appended; opens the log if it is time to. */
  boolean ready() {
    if (writer != null) {
      return true;
    }
    if (over || start.clock().getAsLong() < retryAt) {
      return false;
    }
    try {
      LogWriter opened = opening.open(keep);
      writer = opened;
      opened(opened);
    } catch (Damaged e) {
      over = true;
      fails(e.getMessage() + "; " + WHAT_TO_DO);
    } catch (IOException e) {
      retryAt = start.clock().getAsLong() + RETRY_SECONDS;
      fails(explain(e));
    }
    return writer != null;
  }

  private void opened(LogWriter opened) {
    if (!problem.isEmpty()) {
      problem = "";
      start.report().accept("grant log: written again");
    }
    if (!startRecorded) {
      startRecorded = true;
      owed.addFirst(
          start
              .record()
              .setBrokerStarted(
                  BrokerStarted.newBuilder()
                      .setVersion(start.version())
                      .setDroppedBytes(opened.dropped()))
              .build());
    }
    List<Record> due = List.copyOf(owed);
    owed.clear();
    due.forEach(record -> append(record, () -> {}, () -> oweForCertain(record)));
  }

  /** Appends now; exactly one of the two follows. */
  void append(Record record, Runnable durable, Runnable failed) {
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

  /** Appends now, or when the log can be written again. */
  void add(Record record) {
    if (ready()) {
      append(record, () -> {}, () -> owe(record));
    } else {
      owe(record);
    }
  }

  /** What is owed beyond this is counted. */
  private void owe(Record record) {
    if (owed.size() < MOST_OWED) {
      owed.add(record);
    } else {
      withheld.add(Withheld.WITHHELD_UNWRITTEN, 0, 1);
    }
  }

  /** For records of which there are few, and none may be lost. */
  void oweForCertain(Record record) {
    owed.add(record);
  }

  void checkpoint() {
    LogWriter current = writer;
    if (current != null) {
      var _ = current.checkpoint().whenComplete((done, failure) -> check(current, failure));
    }
  }

  /** As {@link LogWriter#prune}. */
  void prune(long below) {
    LogWriter current = writer;
    if (current != null) {
      var _ = current.prune(below).whenComplete((done, failure) -> check(current, failure));
    }
  }

  void stop(CompletableFuture<Void> stopped) {
    LogWriter current = writer;
    writer = null;
    over = true;
    if (current == null) {
      stopped.complete(null);
    } else {
      var _ = current.stop().whenComplete((done, failure) -> stopped.complete(null));
    }
  }

  /** Gives up a writer that failed. */
  private void check(LogWriter failed, @Nullable Throwable failure) {
    if (failure == null || writer != failed) {
      return;
    }
    keep = failed.confirmed();
    lost.run();
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

  /** The file system says only which file, for some errors. */
  static String explain(Throwable failure) {
    return switch (failure) {
      case AccessDeniedException denied -> denied.getMessage() + " may not be opened or written";
      case FileAlreadyExistsException no -> no.getMessage() + " is in the way: no directory";
      case NoSuchFileException gone -> gone.getMessage() + " is missing";
      default -> String.valueOf(failure.getMessage());
    };
  }
}
