package org.keywarden.audit.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.NoteSigner;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.LogFiles;

/** A log written on the test's own thread, and what it confirmed. */
final class TestLog {
  static final NoteSigner SIGNER =
      new Ed25519Signer("log.test/grants", NoteKey.ED25519, new byte[32]);

  /** Small files of the write-ahead log, so that rotation happens often. */
  static final LogWriter.Settings SMALL = new LogWriter.Settings(2_000, 100_000);

  final List<byte[]> confirmed = new ArrayList<>();
  int failed;

  LogWriter open(LogFiles files) throws IOException {
    return open(files, Long.MAX_VALUE);
  }

  LogWriter open(LogFiles files, long keep) throws IOException {
    return LogWriter.open(files, SIGNER, Runnable::run, SMALL, keep);
  }

  void append(LogWriter writer, byte[] entry) {
    writer.append(
        entry,
        new LogWriter.Receipt() {
          @Override
          public void durable(long index) {
            confirmed.add(entry);
          }

          @Override
          public void failed(IOException reason) {
            failed++;
          }
        });
  }

  /** Appends entries numbered from the number of confirmed ones on. */
  void append(LogWriter writer, int count) {
    for (int i = 0; i < count; i++) {
      append(writer, LogReading.entry(confirmed.size()));
    }
  }
}
