package org.keywarden.broker.seat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.capability.Digest;
import org.keywarden.policy.Right;

/** One entry of the broker's grant table: the authority itself, whose evidence the tokens are. */
final class Grant {
  /** Where a grant is in its life; a closed one is no longer in the table. */
  enum Stage {
    /** Its record is not durable yet. */
    RECORDING,
    /** The plugin has the token and has not presented it. */
    OFFERED,
    LIVE
  }

  final long number;
  final @Nullable Grant parent;
  final PluginInstance instance;

  /** What the application of its field calls itself. */
  final String application;

  final long focusSession;
  final long epoch;
  final Set<Right> rights;
  final boolean learning;

  /** How long each token of it lives, in ns. */
  final long lifetime;

  final Digest holder;

  /** The request of the holder of the parent, 0 without one. */
  final long derivation;

  Stage stage = Stage.RECORDING;

  /** When the stage must have been left, in ns. */
  long stageEnds;

  /** Sequence of the first key it covers; a derived one covers what its parent does. */
  long firstKey;

  /** The newest token of it. */
  long issue;

  /** In ns; moved by a presented renewal only. */
  long expiresAt;

  /** The end a renewal under way would give, 0 if none is. */
  long renewalExpiresAt;

  int refusals;

  /** Keys unanswered in time, in a row. */
  int misses;

  Grant(
      long number,
      @Nullable Grant parent,
      PluginInstance instance,
      String application,
      long focusSession,
      long epoch,
      Set<Right> rights,
      boolean learning,
      long lifetime,
      Digest holder,
      long derivation) {
    this.number = number;
    this.parent = parent;
    this.instance = instance;
    this.application = application;
    this.focusSession = focusSession;
    this.epoch = epoch;
    this.rights = Set.copyOf(rights);
    this.learning = learning;
    this.lifetime = lifetime;
    this.holder = holder;
    this.derivation = derivation;
  }

  /** When a renewal is asked for: at half of the last token's life. */
  long renewAt() {
    return expiresAt - lifetime / 2;
  }
}
