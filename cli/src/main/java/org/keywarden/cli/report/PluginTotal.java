package org.keywarden.cli.report;

/** What the records of an input method add up to. */
final class PluginTotal implements Tally.Total {
  private final Timeline.Lane lane;
  long grants;
  long derived;
  long renewals;
  long heldSeconds;
  long actionsRefused;
  long tokensRefused;
  long violations;
  long registered;
  long ended;
  long frozen;
  long unconfirmed;
  long quarantined;

  PluginTotal(Timeline timeline) {
    lane = timeline.lane();
  }

  Timeline.Lane lane() {
    return lane;
  }

  void granted(long time, boolean child) {
    grants++;
    derived += child ? 1 : 0;
    lane.happened(time, 1);
  }

  void held(long from, long to) {
    heldSeconds += Math.max(0, Timeline.clamp(to) - Timeline.clamp(from));
    lane.used(from, to);
  }

  @Override
  public long weight() {
    return Tally.sum(grants, Tally.sum(actionsRefused, tokensRefused));
  }
}
