package org.keywarden.hardening;

import java.util.List;
import java.util.stream.Stream;

/**
 * A trial start: seals itself as a process that sees secrets does. The exit status has a bit for
 * each measure that is not in force, by its place in the list.
 */
public final class SealCheck {
  private SealCheck() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    ProcessSeal seal = ProcessSeal.ofThisProcess();
    seal.close();
    System.exit(seal.missing().stream().mapToInt(SealCheck::bit).sum());
  }

  /** Returns the measures that an exit status names. */
  public static List<Measure> missing(int status) {
    return Stream.of(Measure.values()).filter(each -> (status & bit(each)) != 0).toList();
  }

  private static int bit(Measure measure) {
    return 1 << measure.ordinal();
  }
}
