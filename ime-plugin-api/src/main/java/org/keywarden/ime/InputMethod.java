package org.keywarden.ime;

/** An input method. */
public interface InputMethod {
  /**
   * A field may be composed in from now on: called once for each capability, and again when a
   * composition was dropped.
   */
  Composition begin(FieldInfo field);
}
