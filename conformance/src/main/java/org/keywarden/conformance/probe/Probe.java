package org.keywarden.conformance.probe;

/**
 * One attempt to get out.
 *
 * @param name unique, lower case
 * @param expected how it is to be refused
 * @param needsRoot whether the machine refuses it to ordinary users without any sandbox
 */
record Probe(String name, String expected, boolean needsRoot, Attempt attempt) {
  /** Makes the attempt. */
  interface Attempt {
    Seen make(ProbeTargets around) throws Exception;
  }

  /**
   * @param possible whether the attempt succeeded
   * @param detail for people
   */
  record Seen(boolean possible, String detail) {
    static Seen of(boolean possible, String detail) {
      return new Seen(possible, detail);
    }

    /** Judges a system call's result. */
    static Seen of(long result) {
      return new Seen(result >= 0, result >= 0 ? "succeeds" : "error " + -result);
    }

    /** Judges a system call that opens a descriptor, and closes it. */
    static Seen opened(long descriptor) {
      SystemCalls.close(descriptor);
      return of(descriptor);
    }
  }

  static Probe of(String name, String expected, Attempt attempt) {
    return new Probe(name, expected, false, attempt);
  }

  static Probe asRoot(String name, String expected, Attempt attempt) {
    return new Probe(name, expected, true, attempt);
  }
}
