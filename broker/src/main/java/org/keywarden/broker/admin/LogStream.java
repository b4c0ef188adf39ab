package org.keywarden.broker.admin;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.keywarden.proto.audit.v1.Entry;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/**
 * One call that entries are sent to: reads a page elsewhere, sends it in small messages as fast as
 * it is read at the other end, and goes on.
 *
 * <pre>
 *            page asked for   page came        all of it sent         nothing left    not read for 30 s
 * SENDING    -                -                READING after a pause  end or RESTING  ended, FLOODING
 * READING    -                SENDING          -                      -               -
 * RESTING    READING (later)  -                -                      -               -
 * </pre>
 *
 * <p>Thread: the seat's, but for what is given to the executor.
 */
final class LogStream<T> {
  /** Entries in a message, so that no turn of the loop takes long. */
  static final int AT_ONCE = 32;

  /** In ns; at least so long between two pages, since keys come first. */
  static final long PAUSE = Duration.ofMillis(5).toNanos();

  /** In ns; how soon a follower looks again. */
  static final long REST = Duration.ofSeconds(1).toNanos();

  /** In ns; how long what was sent may stay unread. */
  static final long PATIENCE = Duration.ofSeconds(30).toNanos();

  /** Where and when things are done. */
  record Threads(Executor disk, Executor seat, BiConsumer<Long, Runnable> later) {}

  /** What is sent of a page, and whether the call ends when that is read. */
  record Choice(List<Entry> entries, boolean complete) {}

  private final LogPages pages;
  private final Threads threads;
  private final ServerCallStreamObserver<T> call;
  private final Function<LogPages.Page, Choice> choose;
  private final Function<List<Entry>, T> message;
  private final Runnable over;
  private final ArrayDeque<List<Entry>> unsent = new ArrayDeque<>();
  private long next;
  private boolean reading;
  private boolean complete;
  private boolean ended;
  private long sent;

  /**
   * @param from index of the first entry
   * @param choose what of a page is sent; runs on the disk's thread
   * @param message makes a message of entries
   * @param over told once that the call is over
   */
  LogStream(
      LogPages pages,
      Threads threads,
      ServerCallStreamObserver<T> call,
      long from,
      Function<LogPages.Page, Choice> choose,
      Function<List<Entry>, T> message,
      Runnable over) {
    this.pages = pages;
    this.threads = threads;
    this.call = call;
    this.next = from;
    this.choose = choose;
    this.message = message;
    this.over = over;
  }

  void begin() {
    call.setOnCancelHandler(this::end);
    // gRPC may tell it in the middle of a message of ours that it writes.
    call.setOnReadyHandler(() -> threads.seat().execute(this::send));
    read();
  }

  private void end() {
    if (!ended) {
      ended = true;
      unsent.clear();
      over.run();
    }
  }

  private void read() {
    if (ended || reading) {
      return;
    }
    reading = true;
    long from = next;
    threads
        .disk()
        .execute(
            () -> {
              try {
                LogPages.Page page = pages.page(from);
                Choice choice = choose.apply(page);
                threads.seat().execute(() -> came(page, choice));
              } catch (RuntimeException failed) {
                StatusRuntimeException refused = LogPages.refusal(failed);
                threads.seat().execute(() -> refuse(refused));
              }
            });
  }

  private void refuse(StatusRuntimeException reason) {
    if (!ended) {
      end();
      call.onError(reason);
    }
  }

  private void came(LogPages.Page page, Choice choice) {
    reading = false;
    if (ended) {
      return;
    }
    next = page.next();
    complete = choice.complete();
    List<Entry> entries = choice.entries();
    for (int i = 0; i < entries.size(); i += AT_ONCE) {
      unsent.addLast(new ArrayList<>(entries.subList(i, Math.min(entries.size(), i + AT_ONCE))));
    }
    if (unsent.isEmpty()) {
      sentAll(page.last());
    } else {
      send();
    }
  }

  /** Sends one message a turn while the other end reads. */
  private void send() {
    if (ended || unsent.isEmpty()) {
      return;
    }
    if (!call.isReady()) {
      long before = sent;
      threads.later().accept(PATIENCE, () -> checkRead(before));
      return;
    }
    sent++;
    call.onNext(message.apply(unsent.removeFirst()));
    if (unsent.isEmpty()) {
      sentAll(false);
    } else {
      threads.seat().execute(this::send);
    }
  }

  private void checkRead(long before) {
    if (!ended && sent == before && !call.isReady()) {
      refuse(
          Refusals.of(
              Reason.REASON_FLOODING,
              "what was sent was not read for " + Duration.ofNanos(PATIENCE).toSeconds() + " s"));
    }
  }

  private void sentAll(boolean last) {
    if (complete) {
      end();
      call.onCompleted();
    } else {
      threads.later().accept(last ? REST : PAUSE, this::read);
    }
  }
}
