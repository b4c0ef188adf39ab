package org.keywarden.audit.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.store.DiskFiles;

/** A log is read while its writer appends, publishes checkpoints and starts new files. */
final class VerifyBesideWriterTest {
  private static final int CHECKPOINTS = 300;
  private static final int GRANTS = 40;

  @TempDir private Path directory;

  private interface Look {
    void at(DiskFiles files) throws Exception;
  }

  /** Looks at a log again and again until its writer is done. */
  private void whileWriting(Look look) throws Exception {
    DiskFiles files = new DiskFiles(directory);
    try (ExecutorService disk = Executors.newSingleThreadExecutor();
        ExecutorService broker = Executors.newSingleThreadExecutor()) {
      RecordedLog log = new RecordedLog(files, 1, disk);
      log.begin();
      log.checkpoint();
      Future<?> writing =
          broker.submit(
              () -> {
                for (int i = 0; i < CHECKPOINTS; i++) {
                  log.grants(GRANTS);
                  log.checkpoint();
                }
              });
      do {
        look.at(files);
      } while (!writing.isDone());
      writing.get();
      look.at(files);
    }
  }

  @Test
  void verificationFindsNoProblem() throws Exception {
    whileWriting(
        files ->
            assertEquals(
                List.of(),
                new LogVerifier(files, new Ed25519Check())
                    .verify(LogVerifier.Known.NOTHING, done -> {})
                    .problems()));
  }

  @Test
  void aReaderGetsEveryEntryInOrder() throws Exception {
    List<Long> seen = new ArrayList<>();
    whileWriting(
        files -> {
          seen.clear();
          new LogReader(files).visit(0, (index, entry) -> seen.add(index));
          for (int i = 0; i < seen.size(); i++) {
            assertEquals(i, seen.get(i));
          }
        });
    assertTrue(seen.size() > CHECKPOINTS * GRANTS);
  }
}
