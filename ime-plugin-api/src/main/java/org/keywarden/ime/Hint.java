package org.keywarden.ime;

/** What a field says of itself beyond its purpose. */
public enum Hint {
  /** Private browsing and the like; {@link FieldInfo#learning} is false. */
  PRIVATE,
  MULTILINE,
  LATIN,
  SPELLCHECK,
  COMPLETION
}
