package org.keywarden.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** Patterns as {@code matches} takes them: RE2's, which never take more than linear time. */
final class Patterns {
  private Patterns() {}

  /** What is wrong with a pattern, if anything. */
  static Optional<String> problem(String pattern) {
    try {
      Pattern compiled = Pattern.compile(pattern);
      return compiled.programSize() > Conditions.MAX_REGEX_PROGRAM
          ? Optional.of("this pattern repeats too much; make its counts smaller")
          : Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of("not a pattern: " + e.getMessage());
    }
  }
}
