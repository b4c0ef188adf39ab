package org.keywarden.fleet.fold;

import java.util.function.BiConsumer;
import org.keywarden.proto.audit.v1.Record;

/** What records say that an operator should know. */
@FunctionalInterface
public interface Findings {
  /** Nothing. */
  Findings NONE = (record, found) -> {};

  /**
   * Looks at a record.
   *
   * @param found takes the name of a rule that holds and a sentence
   */
  void look(Record record, BiConsumer<String, String> found);
}
