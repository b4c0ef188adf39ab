package org.keywarden.audit.witness;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.NoteSigner;
import org.keywarden.audit.note.SignatureCheck;
import org.keywarden.audit.note.SignedNote;

/** Timestamped Ed25519 signatures of witnesses (C2SP tlog-cosignature, Ed25519). */
public final class Cosignatures {
  private static final int SIGNATURE_BYTES = 64;

  private Cosignatures() {}

  /**
   * Cosigns a checkpoint.
   *
   * @param text of the checkpoint
   * @param signer with a key of type {@link NoteKey#COSIGNATURE}
   * @param time in s since 1970, not 0
   */
  public static SignedNote.Signature sign(String text, NoteSigner signer, long time) {
    byte[] signature = signer.sign(message(text, time));
    NoteKey key = signer.key();
    return new SignedNote.Signature(
        key.name(),
        key.id(),
        ByteBuffer.allocate(Long.BYTES + signature.length).putLong(time).put(signature).array());
  }

  /**
   * When this witness cosigned the note, in s since 1970; the newest, if it did so more than once.
   * Empty if it did not, or any line that claims to be its is wrong.
   */
  public static Optional<Long> time(SignedNote note, NoteKey witness, SignatureCheck check) {
    Optional<Long> newest = Optional.empty();
    for (SignedNote.Signature each : note.signatures()) {
      if (witness.type() != NoteKey.COSIGNATURE || !each.claims(witness)) {
        continue;
      }
      ByteBuffer bytes = ByteBuffer.wrap(each.bytes());
      if (bytes.remaining() != Long.BYTES + SIGNATURE_BYTES) {
        return Optional.empty();
      }
      long time = bytes.getLong();
      byte[] signature = new byte[SIGNATURE_BYTES];
      bytes.get(signature);
      if (time <= 0 || !check.verify(witness.publicKey(), message(note.text(), time), signature)) {
        return Optional.empty();
      }
      newest = Optional.of(Math.max(time, newest.orElse(0L)));
    }
    return newest;
  }

  private static byte[] message(String text, long time) {
    return ("cosignature/v1\ntime " + time + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }
}
