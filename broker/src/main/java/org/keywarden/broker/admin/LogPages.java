package org.keywarden.broker.admin;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.log.Pruning;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.tile.Tile;
import org.keywarden.audit.verify.LogReader;
import org.keywarden.audit.verify.LogVerifier;
import org.keywarden.proto.audit.v1.Entry;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/**
 * Reads what is under the published checkpoint from the log's files, a little at a time, as any
 * other reader would: it has nothing in common with the log's writer.
 *
 * <p>Thread: one that may wait for the disk. Throws {@code StatusRuntimeException} as {@code
 * proto/README.md} says.
 */
final class LogPages {
  /** So that a page is soon read, whatever the entries are. */
  private static final int PAGE_BYTES = 128 * 1024;

  private final LogSource files;
  private final LogReader reader;

  LogPages(LogSource files) {
    this.files = files;
    this.reader = new LogReader(files);
  }

  /**
   * Some entries.
   *
   * @param next index of the first that comes after
   * @param last whether there is none after, for now
   */
  record Page(List<Entry> entries, long next, boolean last) {}

  /** What is published. */
  record Published(SignedNote note, Checkpoint checkpoint, long minimum) {}

  /** The leaf hash and the path from it. */
  record Inclusion(Hash leaf, List<Hash> path, long size) {}

  /** The path between two sizes. */
  record Consistency(List<Hash> path, long newer) {}

  Published published() {
    return read(
        () -> new Published(reader.checkpointNote(), reader.checkpoint(), Pruning.minimum(files)));
  }

  /** Reads at most one bundle, from an index on or from the first entry kept. */
  Page page(long from) {
    return read(
        () -> {
          long size = reader.checkpoint().size();
          long minimum = Pruning.minimum(files);
          long first = Math.max(from, minimum);
          if (first >= size || first < 0) {
            return new Page(List.of(), from < 0 ? from : first, true);
          }
          try {
            return bundle(first, size);
          } catch (NoSuchFileException gone) {
            if (Pruning.minimum(files) == minimum) {
              throw gone;
            }
            return new Page(List.of(), Pruning.minimum(files), false);
          }
        });
  }

  private Page bundle(long first, long size) throws IOException {
    List<Entry> entries = new ArrayList<>();
    int[] bytes = new int[1];
    long end = Math.min(size, (first / Tile.FULL + 1) * Tile.FULL);
    reader.visit(
        first,
        (index, entry) -> {
          entries.add(decode(index, entry));
          bytes[0] += entry.length;
          return index + 1 < end && bytes[0] < PAGE_BYTES;
        });
    long next = first + entries.size();
    return new Page(entries, next, next == size);
  }

  private static Entry decode(long index, byte[] entry) {
    try {
      return Entry.newBuilder().setIndex(index).setRecord(RecordCodec.decode(entry)).build();
    } catch (Malformed e) {
      throw Refusals.of(Reason.REASON_LOG_UNREADABLE, "entry " + index + " " + e.reason());
    }
  }

  /**
   * @param asked for, 0 for the published
   */
  Inclusion inclusion(long index, long asked) {
    return read(
        () -> {
          Published published = published();
          long size = sizeOf(asked, published);
          if (index < published.minimum()) {
            throw unknown("entry " + Long.toUnsignedString(index) + " was pruned");
          }
          if (index < 0 || index >= size) {
            throw unknown(
                "no entry "
                    + Long.toUnsignedString(index)
                    + " in a tree of size "
                    + Long.toUnsignedString(size));
          }
          List<Hash> path = reader.proofs(published.checkpoint().size()).inclusion(index, size);
          byte[][] entry = new byte[1][];
          reader.visit(
              index,
              (number, bytes) -> {
                entry[0] = bytes;
                return false;
              });
          return new Inclusion(Rfc6962.leaf(entry[0]), path, size);
        });
  }

  /**
   * @param asked for, 0 for the published
   */
  Consistency consistency(long older, long asked) {
    return read(
        () -> {
          Published published = published();
          long newer = sizeOf(asked, published);
          if (older <= 0 || older > newer) {
            throw unknown(
                "a tree of size "
                    + Long.toUnsignedString(newer)
                    + " does not begin with one of size "
                    + Long.toUnsignedString(older));
          }
          return new Consistency(
              reader.proofs(published.checkpoint().size()).consistency(older, newer), newer);
        });
  }

  /** The size meant by a request: the one asked for, or the published one for 0. */
  private static long sizeOf(long asked, Published published) {
    long size = published.checkpoint().size();
    if (Long.compareUnsigned(asked, size) > 0) {
      throw unknown(
          "size " + Long.toUnsignedString(asked) + " is not published yet, " + size + " is");
    }
    return asked == 0 ? size : asked;
  }

  private static RuntimeException unknown(String detail) {
    return Refusals.of(Reason.REASON_ENTRY_UNKNOWN, detail);
  }

  /** What a call is told; no defect leaves it without an answer. */
  static StatusRuntimeException refusal(RuntimeException failed) {
    return failed instanceof StatusRuntimeException refused
        ? refused
        : Refusals.of(Reason.REASON_INTERNAL, "");
  }

  /** Reads files. */
  private interface Reading<T> {
    T run() throws IOException;
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.run();
    } catch (IOException e) {
      throw Refusals.of(Reason.REASON_LOG_UNREADABLE, LogVerifier.explain(e));
    }
  }
}
