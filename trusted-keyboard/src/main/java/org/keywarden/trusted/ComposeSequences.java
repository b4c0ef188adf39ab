package org.keywarden.trusted;

/**
 * Sequences of keys that make one character, such as a dead accent and a letter. Not thread-safe.
 */
public interface ComposeSequences {
  /** What a key did to the sequence. */
  sealed interface Step {
    /** It is in no sequence. */
    record Ordinary() implements Step {}

    /** It started or continued a sequence. */
    record Pending() implements Step {}

    /** It finished a sequence that makes this text. */
    record Finished(String text) implements Step {
      @Override
      public String toString() {
        return "Finished[]";
      }
    }

    /** It does not continue the sequence, which is dropped. */
    record Cancelled() implements Step {}
  }

  Step feed(int keysym);

  /** Forgets a started sequence. */
  void forget();

  /** No sequences: every key is ordinary. */
  static ComposeSequences none() {
    return new ComposeSequences() {
      @Override
      public Step feed(int keysym) {
        return new Step.Ordinary();
      }

      @Override
      public void forget() {}
    };
  }
}
