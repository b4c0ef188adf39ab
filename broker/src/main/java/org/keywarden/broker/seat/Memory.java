package org.keywarden.broker.seat;

/** Which fields an instance of a plugin is for, by what it may remember of them. */
public enum Memory {
  /** All; it is told where it may remember nothing. */
  TOLD,
  /** Those where it may remember what is typed. */
  KEEPS,
  /** Those where it may not: it ends with the stay of focus, and what it wrote is removed. */
  FORGETS;

  boolean suits(boolean mayLearn) {
    return switch (this) {
      case TOLD -> true;
      case KEEPS -> mayLearn;
      case FORGETS -> !mayLearn;
    };
  }
}
