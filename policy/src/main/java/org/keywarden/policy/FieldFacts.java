package org.keywarden.policy;

import java.util.Set;

/**
 * The focused field.
 *
 * @param purpose in lower case, such as {@code free_form}
 * @param hints in lower case, such as {@code private}
 * @param announced whether the application says what is typed into the field at all
 */
public record FieldFacts(String purpose, Set<String> hints, boolean announced) {
  public FieldFacts {
    hints = Set.copyOf(hints);
  }
}
