package org.keywarden.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
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
  static Checkpoint last(LogSource files, NoteSigner signer) throws IOException {
    String origin = signer.key().name();
    if (!files.exists(FileNames.SIGNED)) {
      throw new Damaged("the file signed is missing: the log's directory was changed");
    }
    try {
      Checkpoint signed =
          Checkpoint.parse(new String(files.read(FileNames.SIGNED), StandardCharsets.UTF_8));
      if (!signed.origin().equals(origin)) {
        throw new Damaged(
            "the file signed is of log " + signed.origin() + ", the key is of " + origin);
      }
      Optional<Checkpoint> published = published(files, signer);
      if (published.filter(checkpoint -> contradicts(checkpoint, signed)).isPresent()) {
        throw new Damaged(
            "the published checkpoint (size "
                + published.get().size()
                + ") is not what was signed last (size "
                + signed.size()
                + ")");
      }
      return signed;
    } catch (Malformed e) {
      throw new Damaged("the file signed is damaged: " + e.reason(), e);
    }
  }

  /** The published checkpoint; none if a power cut spoilt it, which is if it is not signed. */
  private static Optional<Checkpoint> published(LogSource files, NoteSigner signer)
      throws IOException {
    if (!files.exists(FileNames.CHECKPOINT)) {
      return Optional.empty();
    }
    try {
      SignedNote note = SignedNote.parse(files.read(FileNames.CHECKPOINT));
      return isOurs(note, signer) ? Optional.of(Checkpoint.parse(note.text())) : Optional.empty();
    } catch (Malformed torn) {
      return Optional.empty();
    }
  }

  /** Ed25519 has one signature of a key for a text, so signing again tells. */
  private static boolean isOurs(SignedNote note, NoteSigner signer) {
    byte[] signature = signer.sign(note.text().getBytes(StandardCharsets.UTF_8));
    return note.signatures().stream()
        .anyMatch(each -> each.claims(signer.key()) && Arrays.equals(each.bytes(), signature));
  }

  private static boolean contradicts(Checkpoint published, Checkpoint signed) {
    return published.size() > signed.size()
        || (published.size() == signed.size() && !published.equals(signed));
  }

  Checkpoint last() {
    return signed;
  }

  /**
   * Persists, signs and publishes. What is published needs no sync: recovery signs it again, which
   * gives the same.
   */
  void sign(long size, Hash root) throws IOException {
    if (size < signed.size() || (size == signed.size() && !root.equals(signed.root()))) {
      throw new IllegalStateException(
          "a checkpoint of size " + size + " contradicts the one of size " + signed.size());
    }
    Checkpoint next = new Checkpoint(signed.origin(), size, root);
    if (!next.equals(signed) || !files.exists(FileNames.SIGNED)) {
      persist(files, next);
    }
    signed = next;
    SignedNote note = SignedNote.sign(next.text(), signer);
    String temporary = FileNames.CHECKPOINT + ".tmp";
    files.write(temporary, note.encoded().getBytes(StandardCharsets.UTF_8));
    files.rename(temporary, FileNames.CHECKPOINT);
  }

  static void persist(LogFiles files, Checkpoint checkpoint) throws IOException {
    LogFiles.replace(files, FileNames.SIGNED, checkpoint.text().getBytes(StandardCharsets.UTF_8));
  }
}
