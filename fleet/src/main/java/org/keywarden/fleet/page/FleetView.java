package org.keywarden.fleet.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.keywarden.proto.fleet.v1.Fault;
import org.keywarden.proto.fleet.v1.FaultKind;
import org.keywarden.proto.fleet.v1.LogState;

/**
 * All logs at one moment.
 *
 * @param made in ms since 1970
 * @param failing those with a fault or silent, at most {@value #MOST_LISTED}, worst first
 */
public record FleetView(long made, Totals totals, List<Log> failing) {
  /** Logs that are listed. */
  static final int MOST_LISTED = 1_000;

  private static final Set<FaultKind> OF_RECORDS = EnumSet.of(FaultKind.FAULT_KIND_FINDING);

  /** A log and its state. */
  public record Log(String origin, LogState state) {
    /** Whether it is not what its machine signed, or cannot be shown to be. */
    public boolean isFailing() {
      return state.getFaultsList().stream().anyMatch(FleetView::isFailure);
    }

    /** Whether an operator should look. */
    public boolean isNoted() {
      return state.getSilent() || state.getFaultsCount() > 0;
    }

    private int severity() {
      if (state.getBroken()) {
        return 0;
      }
      return isFailing() ? 1 : state.getSilent() ? 2 : 3;
    }
  }

  /**
   * Sums over all logs.
   *
   * @param entries taken
   * @param signed of them under a checkpoint that held
   * @param stateBytes of all states together
   */
  public record Totals(
      long logs,
      long failing,
      long silent,
      long withFindings,
      long entries,
      long signed,
      long grants,
      long crashes,
      long stateBytes) {}

  public FleetView {
    failing = List.copyOf(failing);
  }

  /** Whether this is of the log, not of what its records say. */
  static boolean isFailure(Fault fault) {
    return !OF_RECORDS.contains(fault.getKind());
  }

  /** Adds logs up. */
  public static final class Sum {
    private final List<Log> noted = new ArrayList<>();
    private long logs;
    private long failing;
    private long silent;
    private long withFindings;
    private long entries;
    private long signed;
    private long grants;
    private long crashes;
    private long stateBytes;

    /** Adds one. */
    public void add(Log log) {
      LogState state = log.state();
      logs++;
      failing += log.isFailing() ? 1 : 0;
      silent += state.getSilent() ? 1 : 0;
      withFindings += state.getFaultsList().stream().anyMatch(fault -> !isFailure(fault)) ? 1 : 0;
      entries += state.getSize();
      signed += state.getSignedSize();
      grants += state.getStory().getGrants();
      crashes += state.getStory().getCrashes();
      stateBytes += state.getSerializedSize();
      if (log.isNoted()) {
        noted.add(log);
        if (noted.size() > 2 * MOST_LISTED) {
          cut();
        }
      }
    }

    private void cut() {
      noted.sort(Comparator.comparingInt(Log::severity).thenComparing(Log::origin));
      if (noted.size() > MOST_LISTED) {
        noted.subList(MOST_LISTED, noted.size()).clear();
      }
    }

    /**
     * Returns the sum.
     *
     * @param made in ms since 1970
     */
    public FleetView view(long made) {
      cut();
      return new FleetView(
          made,
          new Totals(
              logs, failing, silent, withFindings, entries, signed, grants, crashes, stateBytes),
          noted);
    }
  }
}
