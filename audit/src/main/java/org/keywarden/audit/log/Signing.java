package org.keywarden.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.NoteSigner;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.store.LogFiles;
import org.keywarden.audit.store.LogSource;

/**
 * Signs checkpoints, never two inconsistent ones: what is to be signed is durable in the file
 * {@code signed} before the signature exists, and recovery never goes below it.
 */
final class Signing {
  private final LogFiles files;
  private final NoteSigner signer;
  private Checkpoint signed;

  /**
   * @param signed what was signed last
   */
  Signing(LogFiles files, NoteSigner signer, Checkpoint signed) {
    this.files = files;
    this.signer = signer;
    this.signed = signed;
  }

  /**
   * Reads what was signed last.
   *
   * @throws Damaged if there is nothing, or the published checkpoint is ahead of it
   */
  static Checkpoint last(LogSource files, String origin) throws IOException {
    if (!files.exists(Names.SIGNED)) {
      throw new Damaged("the file signed is missing: the log's directory was changed");
    }
    try {
      Checkpoint signed =
          Checkpoint.parse(new String(files.read(Names.SIGNED), StandardCharsets.UTF_8));
      if (!signed.origin().equals(origin)) {
        throw new Damaged(
            "the file signed is of log " + signed.origin() + ", the key is of " + origin);
      }
      if (files.exists(Names.CHECKPOINT)) {
        Checkpoint published =
            Checkpoint.parse(SignedNote.parse(files.read(Names.CHECKPOINT)).text());
        if (published.size() > signed.size()
            || (published.size() == signed.size() && !published.equals(signed))) {
          throw new Damaged(
              "the published checkpoint (size "
                  + published.size()
                  + ") is not what was signed last (size "
                  + signed.size()
                  + ")");
        }
      }
      return signed;
    } catch (Malformed e) {
      throw new Damaged("the file signed or checkpoint is damaged: " + e.reason(), e);
    }
  }

  Checkpoint last() {
    return signed;
  }

  /** Persists, signs and publishes. */
  void sign(long size, Hash root) throws IOException {
    if (size < signed.size() || (size == signed.size() && !root.equals(signed.root()))) {
      throw new IllegalStateException(
          "a checkpoint of size " + size + " contradicts the one of size " + signed.size());
    }
    Checkpoint next = new Checkpoint(signed.origin(), size, root);
    if (!next.equals(signed) || !files.exists(Names.SIGNED)) {
      persist(files, next);
    }
    signed = next;
    SignedNote note = SignedNote.sign(next.text(), signer);
    LogFiles.replace(files, Names.CHECKPOINT, note.encoded().getBytes(StandardCharsets.UTF_8));
  }

  static void persist(LogFiles files, Checkpoint checkpoint) throws IOException {
    LogFiles.replace(files, Names.SIGNED, checkpoint.text().getBytes(StandardCharsets.UTF_8));
  }
}
