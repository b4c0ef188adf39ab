package org.keywarden.fleet.fold;

import com.google.protobuf.ByteString;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Frontier;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.verify.Completeness;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.fleet.v1.FaultKind;
import org.keywarden.proto.fleet.v1.LogState;
import org.keywarden.proto.fleet.v1.Shipment;

/** Takes the entries of a shipment: into the tree, the story and the rules. */
final class EntryFold {
  private final LogState.Builder state;
  private final Faults faults;
  private final Findings findings;

  EntryFold(LogState.Builder state, Faults faults, Findings findings) {
    this.state = state;
    this.faults = faults;
    this.findings = findings;
  }

  /** Entries that were taken before are passed over. */
  void take(Shipment shipment) {
    long skipped = state.getSize() - shipment.getFirst();
    if (skipped >= shipment.getEntriesCount()) {
      return;
    }
    Frontier tree = new Frontier(state.getSize(), Hashes.read(state.getFrontierList()));
    Completeness story =
        new Completeness(
            Stories.read(state.getStory()),
            (index, what) ->
                faults.add(FaultKind.FAULT_KIND_INCOMPLETE, "entry " + index + " " + what));
    for (int i = (int) skipped; i < shipment.getEntriesCount(); i++) {
      ByteString entry = shipment.getEntries(i);
      tree.append(Rfc6962.leaf(entry.toByteArray()));
      record(tree.size() - 1, entry.toByteArray(), story);
    }
    state
        .setSize(tree.size())
        .clearFrontier()
        .addAllFrontier(Hashes.write(tree.roots()))
        .setStory(
            Stories.write(story.story(), state.getStory().getCrashes() + story.crashes().size()));
    story.rotations().forEach((index, key) -> state.setNextKey(key).setHandoverSize(index + 1));
  }

  private void record(long index, byte[] entry, Completeness story) {
    Record record;
    try {
      record = RecordCodec.decode(entry);
    } catch (Malformed e) {
      faults.add(FaultKind.FAULT_KIND_INCOMPLETE, "entry " + index + " " + e.reason());
      return;
    }
    state.setRecords(state.getRecords() + 1);
    story.record(index, record);
    findings.look(
        record,
        (rule, says) ->
            faults.add(FaultKind.FAULT_KIND_FINDING, rule, "entry " + index + ": " + says));
  }
}
