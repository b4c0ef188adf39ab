package org.keywarden.broker.seat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.keywarden.policy.Decision;
import org.keywarden.policy.Facts;
import org.keywarden.policy.Right;
import org.keywarden.policy.RoutePolicy;

/** Composes in announced and allowed fields; the odd variant gives fewer rights and short lives. */
record SimulatedPolicy(int variant) implements RoutePolicy {
  private static final Set<Right> FEW = EnumSet.of(Right.RECEIVE_KEYS, Right.COMMIT_TEXT);

  @Override
  public Decision decide(Facts facts) {
    if (!facts.field().announced() && !facts.application().allowed()) {
      return new Decision.Guard("unannounced");
    }
    if (facts.application().name().equals("app2")) {
      return new Decision.Direct("app2");
    }
    return variant == 0
        ? new Decision.Compose("all", facts.plugin().rights(), Duration.ofSeconds(10), true)
        : new Decision.Compose("few", FEW, Duration.ofMillis(500), false);
  }

  @Override
  public byte[] digest() {
    return new byte[32];
  }
}
