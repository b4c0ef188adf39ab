package org.keywarden.audit.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.NoteSigner;
import org.keywarden.audit.store.LogFiles;
import org.keywarden.audit.tile.EntryBundle;
import org.keywarden.audit.tile.Tile;

/**
 * Appends to a log. An entry is confirmed when it is durable in the write-ahead log; entries that
 * come while one write is under way go into the next together, so none waits for more than two
 * writes and one tile. Nothing waits for company.
 *
 * <p>Any file operation that fails ends the writer: what was not confirmed is reported as failed,
 * nothing more is written or signed, and {@link #open} with {@link #confirmed} goes on from there.
 *
 * <p>Thread: methods from any; the executor runs the work, one task at a time, and the receipts.
 */
public final class LogWriter {
  /**
   * Told once what became of an entry, on the executor, in the order of the entries; must not
   * throw.
   */
  public interface Receipt {
    /**
     * @param index of the entry in the log
     */
    void durable(long index);

    void failed(IOException reason);
  }

  /**
   * Sizes that matter to tests.
   *
   * @param walBytes of a file of the write-ahead log before the next is started
   * @param mostWaiting entries that may wait; more fail at once
   */
  public record Settings(long walBytes, int mostWaiting) {
    public static final Settings DEFAULT = new Settings(1 << 20, 1 << 16);
  }

  private static final int BATCH = 1_024;

  /** Full tiles that may wait to be written while entries come. */
  private static final int MOST_BEHIND = 2;

  private sealed interface Work {}

  private record Append(byte[] entry, Receipt receipt) implements Work {}

  private record Sign(CompletableFuture<Checkpoint> signed) implements Work {}

  private record Prune(long below, CompletableFuture<Void> done) implements Work {}

  private record Stop(CompletableFuture<Void> stopped) implements Work {}

  private final LogFiles files;
  private final Settings settings;
  private final Executor executor;
  private final Closeable lock;
  private final TileFiles tiles;
  private final WalWriter wal;
  private final Signing signing;
  private final long dropped;

  private final Object guard = new Object();
  private final Deque<Work> queue = new ArrayDeque<>();
  private boolean running;
  private boolean stopped;
  private @Nullable IOException failure;
  private volatile long confirmed;

  private LogWriter(
      LogFiles files,
      Settings settings,
      Executor executor,
      Closeable lock,
      Recovery.Recovered recovered,
      WalWriter wal,
      Signing signing) {
    this.files = files;
    this.settings = settings;
    this.executor = executor;
    this.lock = lock;
    this.tiles = recovered.tiles();
    this.dropped = recovered.dropped();
    this.wal = wal;
    this.signing = signing;
    this.confirmed = tiles.size();
  }

  /**
   * Opens a log, recovers it, and signs a checkpoint of what is in it. Makes one where there is
   * none.
   *
   * @param keep entries from this index on are dropped: what an earlier writer of this process left
   *     unconfirmed; {@link Long#MAX_VALUE} if there was none
   * @throws Damaged if the log is not what was signed
   * @throws IOException if a file operation fails, or another process writes the log
   */
  public static LogWriter open(
      LogFiles files, NoteSigner signer, Executor executor, Settings settings, long keep)
      throws IOException {
    Closeable lock = files.lock(FileNames.LOCK);
    try {
      String origin = signer.key().name();
      if (isNew(files)) {
        Signing.persist(files, new Checkpoint(origin, 0, Rfc6962.EMPTY_ROOT));
      }
      Checkpoint signed = Signing.last(files, signer);
      Recovery.Recovered recovered = new Recovery(files, signed, keep).run();
      TileFiles tiles = recovered.tiles();
      WalWriter wal = WalWriter.start(files, recovered.firsts(), tiles.size());
      Signing signing = new Signing(files, signer, signed);
      LogWriter writer = new LogWriter(files, settings, executor, lock, recovered, wal, signing);
      tiles.deletePartials();
      tiles.writeAll();
      signing.sign(tiles.size(), tiles.root());
      return writer;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static boolean isNew(LogFiles files) throws IOException {
    return !files.exists(FileNames.SIGNED)
        && !files.exists(FileNames.CHECKPOINT)
        && files.list(FileNames.WAL).isEmpty()
        && files.list("tile").isEmpty();
  }

  /** Number of confirmed entries. */
  public long confirmed() {
    return confirmed;
  }

  /** Bytes that recovery cut off the write-ahead log. */
  public long dropped() {
    return dropped;
  }

  /**
   * Appends an entry.
   *
   * @param entry at most 65,535 bytes, not copied: the caller must not change it
   */
  public void append(byte[] entry, Receipt receipt) {
    if (entry.length > EntryBundle.LONGEST) {
      throw new IllegalArgumentException("an entry has at most 65535 bytes, not " + entry.length);
    }
    synchronized (guard) {
      if (queue.size() < settings.mostWaiting()) {
        enqueue(new Append(entry, receipt));
        return;
      }
    }
    IOException full = new IOException(settings.mostWaiting() + " entries wait to be written");
    executor.execute(() -> receipt.failed(full));
  }

  /** Signs and publishes a checkpoint of what is confirmed, unless nothing is new. */
  public CompletableFuture<Checkpoint> checkpoint() {
    CompletableFuture<Checkpoint> signed = new CompletableFuture<>();
    enqueue(new Sign(signed));
    return signed;
  }

  /**
   * Removes whole bundles below an index, as far as they are in a signed checkpoint and no longer
   * in the write-ahead log. The caller has declared it in the log before. What stays because of the
   * write-ahead log goes when this is called again after the bundle now begun is full.
   */
  public CompletableFuture<Void> prune(long below) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    enqueue(new Prune(below, done));
    return done;
  }

  /** Signs a last checkpoint and lets go of the log. Completes normally after a failure too. */
  public CompletableFuture<Void> stop() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    enqueue(new Stop(done));
    return done;
  }

  private void enqueue(Work work) {
    synchronized (guard) {
      queue.addLast(work);
      if (running) {
        return;
      }
      running = true;
    }
    executor.execute(this::run);
  }

  private void run() {
    while (true) {
      List<Append> batch = new ArrayList<>();
      Work other = take(batch);
      if (other == null && batch.isEmpty()) {
        if (!writeTile()) {
          return;
        }
      } else if (other == null) {
        commit(batch);
        catchUp();
      } else {
        handle(other);
      }
    }
  }

  /** Takes the next appends, or one other piece of work. */
  private @Nullable Work take(List<Append> batch) {
    synchronized (guard) {
      while (batch.size() < BATCH && queue.peekFirst() instanceof Append append) {
        queue.removeFirst();
        batch.add(append);
      }
      return batch.isEmpty() ? queue.pollFirst() : null;
    }
  }

  /** Writes one tile; false, and the run ends, if there is nothing left to do. */
  private boolean writeTile() {
    if (failure == null && !stopped && tiles.pending() > 0) {
      try {
        tiles.writeOne();
      } catch (IOException e) {
        fail(e);
      }
      return true;
    }
    synchronized (guard) {
      running = !queue.isEmpty();
      return running;
    }
  }

  /**
   * Writes what is too far behind without waiting for an idle moment: the next checkpoint would
   * write it all at once, and what is appended then would wait for it.
   */
  private void catchUp() {
    try {
      while (failure == null && tiles.pending() > MOST_BEHIND) {
        tiles.writeOne();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void commit(List<Append> batch) {
    IOException reason = refusal();
    if (reason == null) {
      try {
        wal.append(tiles.size(), batch.stream().map(Append::entry).toList());
        batch.forEach(append -> tiles.append(append.entry()));
        confirmed = tiles.size();
      } catch (IOException e) {
        fail(e);
        reason = e;
      }
    }
    for (int i = 0; i < batch.size(); i++) {
      Receipt receipt = batch.get(i).receipt();
      if (reason == null) {
        receipt.durable(confirmed - batch.size() + i);
      } else {
        receipt.failed(reason);
      }
    }
  }

  private void handle(Work work) {
    switch (work) {
      case Append append -> commit(List.of(append));
      case Sign sign -> attempt(sign.signed(), this::sign);
      case Prune prune -> attempt(prune.done(), () -> prune(prune));
      case Stop stop -> stop(stop);
    }
  }

  /** A file operation with a result. */
  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> void attempt(CompletableFuture<T> future, Step<T> step) {
    IOException reason = refusal();
    if (reason == null) {
      try {
        future.complete(step.run());
        return;
      } catch (IOException e) {
        fail(e);
        reason = e;
      }
    }
    future.completeExceptionally(reason);
  }

  private Checkpoint sign() throws IOException {
    if (tiles.size() > signing.last().size()) {
      tiles.writeAll();
      signing.sign(tiles.size(), tiles.root());
      if (wal.bytes() >= settings.walBytes()) {
        rotateWal();
      }
    }
    return signing.last();
  }

  private void rotateWal() throws IOException {
    long durable = tiles.sync();
    wal.rotate(tiles.size());
    wal.deleteBelow(durable);
  }

  /** Null, of the only type that has no other value. */
  @SuppressWarnings("NullAway")
  private Void prune(Prune work) throws IOException {
    sign();
    if (wal.oldest() < work.below() && wal.bytes() > 0) {
      // Or entries of a log that grows slowly would stay in it for long.
      rotateWal();
    }
    long signed = Math.min(signing.last().size(), wal.oldest());
    long below = Math.min(work.below(), signed) / Tile.FULL * Tile.FULL;
    new Pruning(files).prune(below, tiles.size());
    return null;
  }

  private void stop(Stop work) {
    if (refusal() == null) {
      try {
        sign();
      } catch (IOException e) {
        fail(e);
      }
    }
    stopped = true;
    try {
      wal.close();
    } catch (IOException e) {
      fail(e);
    }
    try {
      lock.close();
      work.stopped().complete(null);
    } catch (IOException e) {
      work.stopped().completeExceptionally(e);
    }
  }

  private @Nullable IOException refusal() {
    return stopped ? new IOException("the log is closed") : failure;
  }

  private void fail(IOException e) {
    if (failure == null) {
      failure = e;
    }
  }
}
