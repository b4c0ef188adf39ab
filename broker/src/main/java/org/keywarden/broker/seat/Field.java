package org.keywarden.broker.seat;

import org.jspecify.annotations.Nullable;

/** What the seat knows of one open field. */
final class Field {
  final FieldId id;
  final Application application;
  final FieldTraits traits;

  /** What the field last said of itself; kept for its life, as clients do. */
  @Nullable ContentType type;

  /** What the field last reported and no deletion made stale. */
  @Nullable SurroundingText surrounding;

  Field(FieldId id, Application application, FieldTraits traits) {
    this.id = id;
    this.application = application;
    this.traits = traits;
  }

  boolean secret() {
    return type != null && type.secret();
  }

  boolean terminal() {
    return type != null && type.purpose() == Purpose.TERMINAL;
  }
}
