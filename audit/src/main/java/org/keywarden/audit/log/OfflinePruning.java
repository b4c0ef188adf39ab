package org.keywarden.audit.log;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.proto.audit.v1.EntriesPruned;
import org.keywarden.proto.audit.v1.Record;

/** Removes old entries while no broker writes. */
public final class OfflinePruning {
  private OfflinePruning() {}

  /**
   * Declares and removes the entries below an index, as far as {@link LogWriter#prune} does.
   *
   * @param below as {@link Retention#firstKept} finds it
   * @param time in s since 1970
   * @return the first entry that is kept
   * @throws IOException if a broker writes the log, or a file operation fails
   */
  public static long prune(Path state, long below, long time) throws IOException {
    OwnerKeys owner = new OwnerKeys(state, new SecureRandom());
    DiskFiles files = new DiskFiles(owner.logDirectory());
    try (Ed25519Signer signer = owner.signer()) {
      LogWriter writer =
          LogWriter.open(files, signer, Runnable::run, LogWriter.Settings.DEFAULT, Long.MAX_VALUE);
      try {
        declare(writer, below, time);
        writer.prune(below).join();
      } catch (CompletionException e) {
        throw new IOException("nothing is removed: " + e.getCause(), e);
      } finally {
        writer.stop().join();
      }
    }
    return Pruning.minimum(files);
  }

  private static void declare(LogWriter writer, long below, long time) {
    Record record =
        Record.newBuilder()
            .setTime(time)
            .setEntriesPruned(EntriesPruned.newBuilder().setBelow(below))
            .build();
    CompletableFuture<Void> declared = new CompletableFuture<>();
    writer.append(
        RecordCodec.encode(record),
        new LogWriter.Receipt() {
          @Override
          public void durable(long index) {
            declared.complete(null);
          }

          @Override
          public void failed(IOException reason) {
            declared.completeExceptionally(reason);
          }
        });
    declared.join();
  }
}
