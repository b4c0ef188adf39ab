package org.keywarden.broker.seat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.capability.Digest;
import org.keywarden.policy.Right;

/** One entry of the broker's grant table: the authority itself, whose evidence the tokens are. */
final class Grant {
  /** Where a grant is in its life; a closed one is no longer in the table. */
  sealed interface Stage {
    /** Its record is not durable yet, and must be {@code by} then, in ns. */
    record Recording(long by) implements Stage {}

    /** The plugin has the token and must present it {@code by} then, in ns. */
    record Offered(long by) implements Stage {}

    record Live() implements Stage {}

    /** Live, and a token that ends at {@code expiresAt}, in ns, was asked for. */
    record Renewing(long expiresAt) implements Stage {}
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

  Stage stage;

  /** Sequence of the first key it covers; a derived one covers what its parent does. */
  long firstKey;

  /** The newest token of it. */
  long issue;

  /** In ns; moved by a presented renewal only. */
  long expiresAt;

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
      long derivation,
      Stage stage) {
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
    this.stage = stage;
  }

  boolean live() {
    return stage instanceof Stage.Live || stage instanceof Stage.Renewing;
  }

  /** When a renewal is asked for: at half of the last token's life. */
  long renewAt() {
    return expiresAt - lifetime / 2;
  }
}
