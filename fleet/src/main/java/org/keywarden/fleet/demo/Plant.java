package org.keywarden.fleet.demo;

import org.keywarden.proto.fleet.v1.FaultKind;

/** What goes wrong with a machine of the demonstration, and how it must be found. */
enum Plant {
  ROLLBACK("rolls its log back", FaultKind.FAULT_KIND_ROLLBACK),
  FORK("has a copy that goes on by itself", FaultKind.FAULT_KIND_FORK),
  SILENCE("goes silent", FaultKind.FAULT_KIND_SILENT),
  HOSTILE_IME("has a hostile input method", FaultKind.FAULT_KIND_FINDING);

  private final String words;
  private final FaultKind found;

  Plant(String words, FaultKind found) {
    this.words = words;
    this.found = found;
  }

  String words() {
    return words;
  }

  /** The alert that must come. */
  FaultKind found() {
    return found;
  }

  /** Whether an alert of this kind is no false one. */
  boolean allows(FaultKind kind) {
    // A log that was rolled back and has grown again is another history too.
    return kind == found || (this == ROLLBACK && kind == FaultKind.FAULT_KIND_FORK);
  }
}
