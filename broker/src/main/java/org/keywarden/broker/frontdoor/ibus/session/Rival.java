package org.keywarden.broker.frontdoor.ibus.session;

import java.util.List;

/**
 * Another input method's daemon in this session.
 *
 * @param program what the kernel calls it, empty if unknown; it chose that itself
 * @param holds what is its own by which applications find their input method: {@link
 *     Rivals#ADDRESS_FILE} and names on the session bus
 */
public record Rival(long pid, String program, List<String> holds) {
  public Rival {
    holds = List.copyOf(holds);
  }

  /** Whether applications that are set to IBus find it in Keywarden's place. */
  public boolean takesOurs() {
    return holds.stream().anyMatch(Rivals.OURS::contains);
  }

  /** The program, as a person knows it. */
  public String who() {
    return (program.isEmpty() ? "another program" : program) + " (pid " + pid + ")";
  }
}
