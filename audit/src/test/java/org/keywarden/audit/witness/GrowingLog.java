package org.keywarden.audit.witness;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.merkle.TreeProofs;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.signer.Ed25519Signer;

/** A log that is only its leaves, and can become anything. */
final class GrowingLog {
  static final String ORIGIN = "log.test/grants";
  static final Ed25519Signer SIGNER = new Ed25519Signer(ORIGIN, NoteKey.ED25519, new byte[32]);

  private final List<Hash> leaves = new ArrayList<>();

  /** One whose entries all have this in them. */
  static GrowingLog of(String content, int size) {
    GrowingLog log = new GrowingLog();
    return log.grow(content, size);
  }

  GrowingLog grow(String content, int by) {
    for (int i = 0; i < by; i++) {
      leaves.add(Rfc6962.leaf((content + leaves.size()).getBytes(StandardCharsets.UTF_8)));
    }
    return this;
  }

  SignedNote checkpoint() {
    return checkpoint(leaves.size());
  }

  SignedNote checkpoint(int size) {
    return SignedNote.sign(
        new Checkpoint(ORIGIN, size, Rfc6962.root(leaves.subList(0, size))).text(), SIGNER);
  }

  List<Hash> proof(int older, int newer) throws java.io.IOException {
    return older == 0 ? List.of() : new TreeProofs(this::perfect).consistency(older, newer);
  }

  private Hash perfect(int height, long index) {
    return Rfc6962.root(leaves.subList((int) (index << height), (int) ((index + 1) << height)));
  }

  byte[] request(int older) throws java.io.IOException {
    return new AddCheckpoint(older, proof(older, leaves.size()), checkpoint()).encode();
  }
}
