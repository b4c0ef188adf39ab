package org.keywarden.cli.ime;

import java.util.Iterator;
import java.util.List;

/** Completes names of settings of the engine that is the word before. */
public final class ImeKeys implements Iterable<String> {
  static final String ASKED = "$(keywarden ime settings ${COMP_WORDS[3]} --keys 2>/dev/null)";

  @Override
  public Iterator<String> iterator() {
    return List.of(ASKED).iterator();
  }
}
