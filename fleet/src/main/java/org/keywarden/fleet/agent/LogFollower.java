package org.keywarden.fleet.agent;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.log.Damaged;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.log.Pruning;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.TreeProofs;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.verify.LogReader;
import org.keywarden.proto.fleet.v1.Shipment;

/**
 * Makes shipments of a log's files. Ships what is under the checkpoint and nothing else: what is
 * not may still be cut off by a power cut and replaced by something else, which would look like a
 * fork.
 *
 * <p>Thread: one. A writer may go on meanwhile.
 */
final class LogFollower {
  /** Bytes of entries in a shipment, not counting the last. */
  static final int MOST_BYTES = 400_000;

  /** Entries in a shipment. */
  static final int MOST_ENTRIES = 4_096;

  /** What is to be shipped, and where to go on after it. */
  record Next(Shipment shipment, Place after) {}

  private final LogSource files;
  private final LogReader reader;
  private String shipped = "";

  LogFollower(LogSource files) {
    this.files = files;
    this.reader = new LogReader(files);
  }

  /** The log's name. */
  String origin() throws IOException {
    return KeyHistory.read(files).getFirst().name();
  }

  /** A checkpoint to ship up to. */
  private record Target(SignedNote note, long size, boolean handover) {}

  /**
   * Returns what comes next, empty if nothing new is there. At the first call the checkpoint is
   * shipped even if it was before: so a log that was replaced while nobody looked is found.
   *
   * @throws IOException if the log cannot be read; the next call may find it whole
   */
  Optional<Next> next(Place place) throws IOException {
    SignedNote published = reader.checkpointNote();
    long size = checkpoint(published).size();
    long minimum = Pruning.minimum(files);
    List<NoteKey> keys = KeyHistory.read(files);
    if (place.next() > size) {
      return rolledBack(place, published, size, keys);
    }
    boolean pruned = place.next() < minimum;
    long first = Math.max(place.next(), minimum);
    int handovers = pruned ? handedOver(keys, minimum) : place.handovers();
    Target target = target(published, size, keys, handovers);
    String text = target.note().encoded();
    if (first == target.size() && text.equals(shipped)) {
      return Optional.empty();
    }
    Shipment.Builder shipment =
        Shipment.newBuilder().setFirst(first).setKey(key(keys, handovers).text());
    TreeProofs proofs = reader.proofs(size);
    if (pruned) {
      shipment.addAllFrontier(bytes(proofs.frontier(first)));
    }
    addEntries(shipment, first, target.size());
    long next = first + shipment.getEntriesCount();
    if (next < target.size()) {
      return Optional.of(new Next(shipment.build(), new Place(next, place.signed(), handovers)));
    }
    shipment.setCheckpoint(ByteString.copyFromUtf8(text)).setHandover(target.handover());
    if (place.signed() > 0 && place.signed() <= next) {
      shipment
          .setProofFrom(place.signed())
          .addAllProof(bytes(proofs.consistency(place.signed(), next)));
    }
    Place after = new Place(next, next, handovers + (target.handover() ? 1 : 0));
    return Optional.of(new Next(shipment.build(), after));
  }

  /** Remembers that this was shipped. */
  void shipped(Next next) {
    if (!next.shipment().getCheckpoint().isEmpty()) {
      shipped = next.shipment().getCheckpoint().toStringUtf8();
    }
  }

  /** The verifier must see that; the place stays, so that nothing is shipped twice. */
  private Optional<Next> rolledBack(
      Place place, SignedNote published, long size, List<NoteKey> keys) {
    if (published.encoded().equals(shipped)) {
      return Optional.empty();
    }
    return Optional.of(
        new Next(
            Shipment.newBuilder()
                .setFirst(size)
                .setKey(key(keys, place.handovers()).text())
                .setCheckpoint(ByteString.copyFromUtf8(published.encoded()))
                .build(),
            place));
  }

  private Target target(SignedNote published, long size, List<NoteKey> keys, int handovers)
      throws IOException {
    if (handovers + 1 < keys.size()) {
      SignedNote note = handover(handovers + 1);
      return new Target(note, checkpoint(note).size(), true);
    }
    return new Target(published, size, false);
  }

  /** How many keys handed over before this entry. */
  private int handedOver(List<NoteKey> keys, long index) throws IOException {
    int count = 0;
    while (count + 1 < keys.size() && checkpoint(handover(count + 1)).size() <= index) {
      count++;
    }
    return count;
  }

  private SignedNote handover(int number) throws IOException {
    String path = KeyHistory.handover(number);
    try {
      return SignedNote.parse(files.read(path));
    } catch (Malformed e) {
      throw new Damaged(path + ": " + e.reason(), e);
    }
  }

  private static NoteKey key(List<NoteKey> keys, int handovers) {
    return keys.get(Math.min(handovers, keys.size() - 1));
  }

  private void addEntries(Shipment.Builder shipment, long first, long end) throws IOException {
    if (first == end) {
      return;
    }
    long[] bytes = {0};
    reader.visit(
        first,
        (index, entry) -> {
          shipment.addEntries(ByteString.copyFrom(entry));
          bytes[0] += entry.length;
          return index + 1 < end
              && bytes[0] < MOST_BYTES
              && shipment.getEntriesCount() < MOST_ENTRIES;
        });
  }

  private static Checkpoint checkpoint(SignedNote note) throws IOException {
    try {
      return Checkpoint.parse(note.text());
    } catch (Malformed e) {
      throw new Damaged("a checkpoint of the log: " + e.reason(), e);
    }
  }

  private static List<ByteString> bytes(List<Hash> hashes) {
    return hashes.stream().map(hash -> ByteString.copyFrom(hash.bytes())).toList();
  }
}
