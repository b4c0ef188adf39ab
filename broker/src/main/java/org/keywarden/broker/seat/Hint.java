package org.keywarden.broker.seat;

/** What else an application says of a field. */
public enum Hint {
  /** The characters are not shown as typed; secret. */
  HIDDEN_TEXT,
  /** The data is sensitive; secret. */
  SENSITIVE,
  /** Compose, but learn nothing. */
  PRIVATE,
  MULTILINE,
  LATIN,
  SPELLCHECK,
  COMPLETION
}
