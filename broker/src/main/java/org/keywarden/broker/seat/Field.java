package org.keywarden.broker.seat;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the seat knows of one open field; nothing of what stands in it. */
final class Field {
  final FieldId id;
  final Application application;
  final FieldTraits traits;

  /** What the field last said of itself; kept for its life, as clients do. */
  @Nullable ContentType type;

  private final Set<SecretBy> marks = EnumSet.noneOf(SecretBy.class);

  Field(FieldId id, Application application, FieldTraits traits) {
    this.id = id;
    this.application = application;
    this.traits = traits;
  }

  /** Takes a mark or its end. */
  void mark(SecretBy by, boolean secret) {
    if (secret) {
      marks.add(by);
    } else {
      marks.remove(by);
    }
  }

  /** The markers that say now that it is secret. */
  Set<SecretBy> secretBy() {
    Set<SecretBy> all = EnumSet.noneOf(SecretBy.class);
    all.addAll(marks);
    if (type != null && type.secret()) {
      all.add(SecretBy.APPLICATION);
    }
    return all;
  }

  boolean secret() {
    return !marks.isEmpty() || (type != null && type.secret());
  }

  /** Whether what stands in it may be kept and shown to an input method at all. */
  boolean readable() {
    return type != null && !secret() && !terminal() && !type.hints().contains(Hint.PRIVATE);
  }

  boolean terminal() {
    return type != null && type.purpose() == Purpose.TERMINAL;
  }
}
