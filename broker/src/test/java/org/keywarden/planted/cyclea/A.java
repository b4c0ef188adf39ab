package org.keywarden.planted.cyclea;

import org.keywarden.planted.cycleb.B;

/** Half of a cycle. */
public final class A {
  /** The other half. */
  public int meet(B other) {
    return other.hashCode();
  }
}
