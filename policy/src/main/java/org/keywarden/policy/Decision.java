package org.keywarden.policy;

import java.time.Duration;
import java.util.Set;

/** What a policy decides for a field. Secret fields are guarded whatever it says. */
public sealed interface Decision {
  /** The rule that decided. */
  String rule();

  /**
   * The plugin composes.
   *
   * @param lifetime of each capability
   * @param learning whether the plugin may remember what is typed
   */
  record Compose(String rule, Set<Right> rights, Duration lifetime, boolean learning)
      implements Decision {
    public Compose {
      rights = Set.copyOf(rights);
    }
  }

  /** The trusted keyboard takes the keys. */
  record Guard(String rule) implements Decision {}

  /** The application handles its own keys. */
  record Direct(String rule) implements Decision {}
}
