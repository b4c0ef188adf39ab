package org.keywarden.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.verify.LogReader;
import org.keywarden.audit.verify.LogVerifier;
import org.keywarden.audit.verify.Verdict;
import org.keywarden.proto.audit.v1.Record;

/** The grant log in a state directory, as an auditor reads it. */
record RecordedState(Path state) {
  private DiskFiles log() {
    return new DiskFiles(state.resolve("log"));
  }

  List<Record> records() throws IOException {
    List<Record> records = new ArrayList<>();
    new LogReader(log())
        .visit(
            0,
            (index, entry) -> {
              try {
                records.add(RecordCodec.decode(entry));
              } catch (Malformed e) {
                throw new IOException("entry " + index + " " + e.reason(), e);
              }
              return true;
            });
    return records;
  }

  Verdict verdict() {
    return new LogVerifier(log(), new Ed25519Check()).verify(LogVerifier.Known.NOTHING, done -> {});
  }
}
