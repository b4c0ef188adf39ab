package org.keywarden.policy;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.keywarden.proto.input.v1.Hint;
import org.keywarden.proto.input.v1.Purpose;

/** The words that facts with a closed set of words can have. */
final class Vocabulary {
  private static final Set<String> PURPOSES = words(Purpose.getDescriptor(), "PURPOSE_");
  private static final Set<String> HINTS = words(Hint.getDescriptor(), "HINT_");
  private static final Set<String> RIGHTS = rights();

  private Vocabulary() {}

  /** The words of {@code field.purpose} and its like; nothing for a fact with open words. */
  static Optional<Set<String>> of(String fact) {
    return switch (fact) {
      case "field.purpose" -> Optional.of(PURPOSES);
      case "field.hints" -> Optional.of(HINTS);
      case "plugin.rights" -> Optional.of(RIGHTS);
      default -> Optional.empty();
    };
  }

  static String word(Right right) {
    return right.name().toLowerCase(Locale.ROOT);
  }

  private static Set<String> words(EnumDescriptor type, String prefix) {
    Set<String> words = new LinkedHashSet<>();
    for (EnumValueDescriptor value : type.getValues()) {
      if (value.getNumber() != 0) {
        words.add(value.getName().substring(prefix.length()).toLowerCase(Locale.ROOT));
      }
    }
    return Collections.unmodifiableSet(words);
  }

  private static Set<String> rights() {
    Set<String> words = new LinkedHashSet<>();
    for (Right right : Right.values()) {
      words.add(word(right));
    }
    return Collections.unmodifiableSet(words);
  }
}
