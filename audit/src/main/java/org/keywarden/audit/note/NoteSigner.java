package org.keywarden.audit.note;

/** Signs notes with one key. */
public interface NoteSigner {
  /** The public half. */
  NoteKey key();

  /**
   * Returns the raw Ed25519 signature over these bytes, 64 bytes.
   *
   * @param message the note's text, or for {@link NoteKey#COSIGNATURE} what tlog-cosignature says
   */
  byte[] sign(byte[] message);
}
