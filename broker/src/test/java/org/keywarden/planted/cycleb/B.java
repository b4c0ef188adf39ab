package org.keywarden.planted.cycleb;

import org.keywarden.planted.cyclea.A;

/** Half of a cycle. */
public final class B {
  /** The other half. */
  public int meet(A other) {
    return other.hashCode();
  }
}
