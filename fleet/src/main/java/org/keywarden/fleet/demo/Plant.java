package org.keywarden.fleet.demo;

import java.util.EnumSet;
import java.util.Set;
import org.keywarden.proto.fleet.v1.FaultKind;

/** What goes wrong with a machine of the demonstration, and how it must be found. */
enum Plant {
  ROLLBACK(
      "rolls its log back",
      FaultKind.FAULT_KIND_ROLLBACK,
      // Once it has grown again, it is another history too.
      EnumSet.of(FaultKind.FAULT_KIND_ROLLBACK, FaultKind.FAULT_KIND_FORK)),
  FORK(
      "has a copy that goes on by itself",
      FaultKind.FAULT_KIND_FORK,
      EnumSet.of(FaultKind.FAULT_KIND_FORK)),
  SILENCE("goes silent", FaultKind.FAULT_KIND_SILENT, EnumSet.of(FaultKind.FAULT_KIND_SILENT)),
  HOSTILE_IME(
      "has a hostile input method",
      FaultKind.FAULT_KIND_FINDING,
      EnumSet.of(FaultKind.FAULT_KIND_FINDING));

  private final String words;
  private final FaultKind found;
  private final Set<FaultKind> allowed;

  Plant(String words, FaultKind found, Set<FaultKind> allowed) {
    this.words = words;
    this.found = found;
    this.allowed = allowed;
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
    return allowed.contains(kind);
  }
}
