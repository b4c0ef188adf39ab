package org.keywarden.fleet.fold;

import com.google.protobuf.ByteString;
import java.util.List;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Frontier;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.ProofCheck;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignatureCheck;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.proto.fleet.v1.FaultKind;
import org.keywarden.proto.fleet.v1.LogState;
import org.keywarden.proto.fleet.v1.Shipment;

/**
 * Takes the checkpoint of a shipment: by whom it is signed, and whether it is of the entries and
 * extends the one before.
 */
final class CheckpointFold {
  private final String origin;
  private final LogState.Builder state;
  private final Faults faults;
  private final SignatureCheck check;

  CheckpointFold(String origin, LogState.Builder state, Faults faults, SignatureCheck check) {
    this.origin = origin;
    this.state = state;
    this.faults = faults;
    this.check = check;
  }

  void take(Shipment shipment) {
    try {
      SignedNote note = SignedNote.parse(shipment.getCheckpoint().toByteArray());
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      if (!checkpoint.origin().equals(origin)) {
        faults.add(FaultKind.FAULT_KIND_MALFORMED, "the checkpoint is of another log");
      } else if (isSigned(note, checkpoint)) {
        compare(checkpoint, shipment);
      }
    } catch (Malformed e) {
      faults.add(FaultKind.FAULT_KIND_MALFORMED, "the checkpoint cannot be read: " + e.reason());
    }
  }

  private boolean isSigned(SignedNote note, Checkpoint checkpoint) throws Malformed {
    NoteKey key = NoteKey.parse(state.getKey());
    if (note.signedBy(List.of(key), check).isPresent()) {
      return true;
    }
    boolean claimed = note.signatures().stream().anyMatch(each -> each.claims(key));
    if (claimed) {
      faults.add(
          FaultKind.FAULT_KIND_BAD_SIGNATURE,
          "the signature of the checkpoint of size " + checkpoint.size() + " does not hold");
    } else {
      faults.add(
          FaultKind.FAULT_KIND_UNKNOWN_KEY,
          "the checkpoint of size "
              + checkpoint.size()
              + " is signed by none of the log's keys"
              + (state.getNextKey().isEmpty() ? "" : ", and no key was handed over"));
    }
    return false;
  }

  private void compare(Checkpoint offered, Shipment shipment) throws Malformed {
    if (offered.size() < state.getSize() || offered.size() < state.getSignedSize()) {
      // One that handed a key over comes again when a log is shipped again from its beginning.
      if (!shipment.getHandover()) {
        faults.add(
            FaultKind.FAULT_KIND_ROLLBACK,
            "the log had " + state.getSize() + " entries and now has " + offered.size());
      }
      return;
    }
    if (offered.size() > state.getSize()) {
      faults.add(
          FaultKind.FAULT_KIND_GAP,
          "entries " + state.getSize() + " to " + (offered.size() - 1) + " were not shipped");
      return;
    }
    Hash made = new Frontier(state.getSize(), Hashes.read(state.getFrontierList())).root();
    if (!made.equals(offered.root())) {
      contradicted(offered, shipment);
    } else if (state.getUnlinked() && !extendsLast(offered, shipment)) {
      state.setBroken(true);
      faults.add(
          FaultKind.FAULT_KIND_FORK,
          "the log does not go on from what it was at " + state.getSignedSize() + " entries");
    } else {
      state
          .setSignedSize(offered.size())
          .setSignedRoot(ByteString.copyFrom(offered.root().bytes()))
          .setUnlinked(false);
      handOver(shipment, offered);
    }
  }

  private void contradicted(Checkpoint offered, Shipment shipment) {
    state.setBroken(true);
    if (extendsLast(offered, shipment)) {
      faults.add(
          FaultKind.FAULT_KIND_ALTERED,
          "entries "
              + state.getSignedSize()
              + " to "
              + (offered.size() - 1)
              + " are not those that were signed");
    } else {
      faults.add(
          FaultKind.FAULT_KIND_FORK,
          "the checkpoint of size "
              + offered.size()
              + " does not go on from that of size "
              + state.getSignedSize());
    }
  }

  /** Whether it is proved, without the entries, to extend the last one that held. */
  private boolean extendsLast(Checkpoint offered, Shipment shipment) {
    if (state.getSignedSize() == 0) {
      return true;
    }
    return shipment.getProofFrom() == state.getSignedSize()
        && ProofCheck.consistency(
            state.getSignedSize(),
            offered.size(),
            Hash.of(state.getSignedRoot().toByteArray()),
            Hashes.read(shipment.getProofList()),
            offered.root());
  }

  private void handOver(Shipment shipment, Checkpoint offered) throws Malformed {
    if (state.getNextKey().isEmpty() || offered.size() != state.getHandoverSize()) {
      return;
    }
    NoteKey next = NoteKey.parse(state.getNextKey());
    SignedNote note = SignedNote.parse(shipment.getCheckpoint().toByteArray());
    if (next.name().equals(origin) && note.signedBy(List.of(next), check).isPresent()) {
      state.setKey(next.text()).clearNextKey().clearHandoverSize();
    }
  }
}
