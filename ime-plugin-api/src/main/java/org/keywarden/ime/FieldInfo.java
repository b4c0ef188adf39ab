package org.keywarden.ime;

import java.util.Set;

/**
 * The field to compose in. It is never a secret one.
 *
 * @param purpose what it is for
 * @param hints what else it says of itself
 * @param rights what the input method may do in it; edits beyond are refused
 * @param learning whether what is typed here may be remembered
 * @param inputMethod which of the plugin's input methods is meant, an id of its manifest; empty if
 *     the manifest names none
 */
public record FieldInfo(
    Purpose purpose, Set<Hint> hints, Set<Right> rights, boolean learning, String inputMethod) {
  public FieldInfo {
    hints = Set.copyOf(hints);
    rights = Set.copyOf(rights);
  }

  /** A field of a plugin with one input method. */
  public FieldInfo(Purpose purpose, Set<Hint> hints, Set<Right> rights, boolean learning) {
    this(purpose, hints, rights, learning, "");
  }
}
