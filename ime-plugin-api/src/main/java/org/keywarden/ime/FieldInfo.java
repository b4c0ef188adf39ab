package org.keywarden.ime;

import java.util.Set;

/**
 * The field to compose in. It is never a secret one.
 *
 * @param purpose what it is for
 * @param hints what else it says of itself
 * @param rights what the input method may do in it; edits beyond are refused
 * @param learning whether what is typed here may be remembered
 */
public record FieldInfo(Purpose purpose, Set<Hint> hints, Set<Right> rights, boolean learning) {
  public FieldInfo {
    hints = Set.copyOf(hints);
    rights = Set.copyOf(rights);
  }
}
