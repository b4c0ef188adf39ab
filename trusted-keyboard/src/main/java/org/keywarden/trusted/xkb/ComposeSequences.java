package org.keywarden.trusted.xkb;

/**
 * Recognizes dead keys and Compose sequences, one key at a time. One thread at a time; holds no
 * more than the sequence in progress.
 */
public interface ComposeSequences extends AutoCloseable {
  /** What a key did to the sequence; the names are those of libxkbcommon's compose status. */
  enum Step {
    /** The key belongs to no sequence; one in progress, if any, stays. */
    NOTHING,
    /** The key started or continued a sequence. */
    COMPOSING,
    /** The key finished the sequence; {@link ComposeSequences#takeText} has what it means. */
    COMPOSED,
    /** The key does not continue the sequence, which is dropped. */
    CANCELLED
  }

  /**
   * Feeds one pressed key.
   *
   * @param keysym an X11 keysym, 29 bits
   */
  Step feed(int keysym);

  /** The text of the sequence {@link #feed} just finished; empty if there is none. Forgets it. */
  String takeText();

  /** Drops a started sequence. */
  void forget();

  /** Frees what the sequences occupy; no other call may follow. */
  @Override
  void close();

  /** Recognizes nothing: every key is an ordinary key. */
  static ComposeSequences none() {
    return new NoSequences();
  }
}
