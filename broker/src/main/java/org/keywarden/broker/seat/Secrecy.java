package org.keywarden.broker.seat;

import static org.keywarden.broker.seat.SeatState.NEVER;

import java.util.EnumSet;
import java.util.Set;

/**
 * Whether the focused field is secret: all markers together, over its stay of focus. What follows
 * something that ends is believed to have ended a while after its mark was taken back: a program
 * that asks twice shows what is typed in between.
 */
final class Secrecy {
  private final long relaxation;

  /** What this stay's markers said that nothing takes back. */
  private final Set<SecretBy> held = EnumSet.noneOf(SecretBy.class);

  private boolean secret;

  /** While all marks are taken back: from when the field may count as plain, in ns. */
  private long relaxAt = NEVER;

  /**
   * @param relaxation in ns
   */
  Secrecy(long relaxation) {
    this.relaxation = relaxation;
  }

  /** A stay of focus begins, or the focus goes nowhere. */
  void stayBegins() {
    held.clear();
    secret = false;
    relaxAt = NEVER;
  }

  /** Looks at what the focused field's markers say now. */
  void look(Field field, long now) {
    Set<SecretBy> says = field.secretBy();
    says.stream().filter(SecretBy::holdsForTheStay).forEach(held::add);
    if (!says.isEmpty() || !held.isEmpty()) {
      secret = true;
      relaxAt = NEVER;
    } else if (secret) {
      secret = false;
      relaxAt = now + relaxation;
    }
  }

  /** Whether a marker says so, or said so in this stay. */
  boolean secret() {
    return secret;
  }

  /** Whether nobody but the trusted keyboard may have the keys. */
  boolean guards() {
    return secret || relaxAt != NEVER;
  }

  /** Lets the field count as plain if it is time; says whether it was. */
  boolean relax(long now) {
    boolean due = relaxAt != NEVER && now >= relaxAt;
    relaxAt = due ? NEVER : relaxAt;
    return due;
  }

  /** From when {@link #relax} may change something, in ns; {@link SeatState#NEVER} for never. */
  long relaxAt() {
    return relaxAt;
  }
}
