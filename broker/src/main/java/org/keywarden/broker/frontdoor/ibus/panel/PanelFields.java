package org.keywarden.broker.frontdoor.ibus.panel;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.seat.FieldId;

/** What applications say of their fields, as far as a panel may have to know it. */
public interface PanelFields {
  /** The field as it is now; null if its application shows everything itself. */
  @Nullable Shown of(FieldId field);

  /** What an input method may show. */
  enum Part {
    PREEDIT,
    AUXILIARY,
    CANDIDATES,
    PROPERTIES
  }

  /**
   * One field.
   *
   * @param path of its input context
   * @param own what its application shows itself
   * @param cursor null if not told
   */
  record Shown(String path, Set<Part> own, @Nullable Place cursor) {
    public Shown {
      own = Set.copyOf(own);
    }
  }
}
