package org.keywarden.fleet.fold;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.NoteKey;

/** Which key a log may begin with. */
public final class Trust {
  private final boolean anybody;
  private final Map<String, Set<NoteKey>> enrolled = new HashMap<>();

  private Trust(boolean anybody, Collection<NoteKey> keys) {
    this.anybody = anybody;
    keys.forEach(key -> enrolled.computeIfAbsent(key.name(), name -> new HashSet<>()).add(key));
  }

  /** Only these keys; the name of a key is the log's origin. */
  public static Trust in(Collection<NoteKey> keys) {
    return new Trust(false, keys);
  }

  /** The first key that is heard of an origin. */
  public static Trust onFirstUse() {
    return new Trust(true, Set.of());
  }

  /** Whether nothing at all is expected of this origin. */
  boolean isStranger(String origin) {
    return !anybody && !enrolled.containsKey(origin);
  }

  /**
   * Returns the key as one to begin with.
   *
   * @throws Malformed if it is no key, of another log, or not a trusted one
   */
  NoteKey accept(String origin, String text) throws Malformed {
    NoteKey key = NoteKey.parse(text);
    if (key.type() != NoteKey.ED25519 || !key.name().equals(origin)) {
      throw new Malformed("the key is not one of this log");
    }
    if (!anybody && !enrolled.getOrDefault(origin, Set.of()).contains(key)) {
      throw new Malformed("the log begins with another key than the enrolled one");
    }
    return key;
  }
}
