package org.keywarden.fleet.fold;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.SignatureCheck;
import org.keywarden.audit.tile.EntryBundle;
import org.keywarden.proto.fleet.v1.Alert;
import org.keywarden.proto.fleet.v1.FaultKind;
import org.keywarden.proto.fleet.v1.LogState;
import org.keywarden.proto.fleet.v1.Shipment;

/**
 * Takes the shipments of a log in their order and says what is wrong. The same shipments give the
 * same alerts, wherever they are taken.
 *
 * <p>Thread: one.
 */
public final class Fold {
  /** Most hashes of a frontier or a proof: a tree of 2^63 entries has no more. */
  private static final int MOST_HASHES = 128;

  private static final Set<FaultKind> CONTRADICTIONS =
      EnumSet.of(FaultKind.FAULT_KIND_ALTERED, FaultKind.FAULT_KIND_FORK);

  private final Trust trust;
  private final Findings findings;
  private final SignatureCheck check;

  public Fold(Trust trust, Findings findings, SignatureCheck check) {
    this.trust = trust;
    this.findings = findings;
    this.check = check;
  }

  /**
   * What a shipment led to.
   *
   * @param state what is known of the log now; empty if nothing is, and nothing is kept
   */
  public record Step(Optional<LogState> state, List<Alert> alerts) {
    public Step {
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * Takes the next shipment.
   *
   * @param state what is known of the log, null if nothing
   * @param heard when it came, in ms since 1970
   */
  public Step next(String origin, @Nullable LogState state, Shipment shipment, long heard) {
    LogState.Builder now = state == null ? LogState.newBuilder() : state.toBuilder();
    Faults faults = new Faults(origin, now, heard);
    String unusable = unusable(shipment);
    if (trust.isStranger(origin)) {
      faults.add(FaultKind.FAULT_KIND_UNKNOWN_KEY, "no key of this log is enrolled");
      return new Step(Optional.empty(), faults.alerts());
    }
    if (!unusable.isEmpty()) {
      faults.add(FaultKind.FAULT_KIND_MALFORMED, unusable);
      return new Step(state == null ? Optional.empty() : Optional.of(now.build()), faults.alerts());
    }
    if (state == null && !begin(origin, now, shipment, faults)) {
      return new Step(Optional.empty(), faults.alerts());
    }
    heardAgain(now, faults);
    now.setHeard(Math.max(now.getHeard(), heard));
    if (!now.getBroken() && reaches(now, shipment, faults)) {
      return taken(origin, now, shipment, heard, faults.alerts());
    }
    return new Step(Optional.of(now.build()), faults.alerts());
  }

  /**
   * Takes what the shipment holds. Of entries that are not what was signed, what they say counts
   * for nothing: they have but the one fault.
   */
  private Step taken(
      String origin, LogState.Builder now, Shipment shipment, long heard, List<Alert> alerts) {
    LogState.Builder after = now.clone();
    Faults faults = new Faults(origin, after, heard);
    new EntryFold(after, faults, findings).take(shipment);
    if (!shipment.getCheckpoint().isEmpty()) {
      new CheckpointFold(origin, after, faults, check).take(shipment);
    }
    List<Alert> found = faults.alerts();
    if (after.getBroken()) {
      Faults contradiction = new Faults(origin, now.setBroken(true), heard);
      found.stream()
          .filter(alert -> CONTRADICTIONS.contains(alert.getKind()))
          .forEach(alert -> contradiction.add(alert.getKind(), alert.getWhat()));
      found = contradiction.alerts();
      after = now;
    }
    List<Alert> all = new ArrayList<>(alerts);
    all.addAll(found);
    return new Step(Optional.of(after.build()), all);
  }

  /**
   * Says that nothing was heard, if it is so and was not said.
   *
   * @param now in ms since 1970
   * @param limit in ms
   * @return what is known now, empty if nothing changed
   */
  public static Step silence(String origin, LogState state, long now, long limit) {
    if (state.getSilent() || now - state.getHeard() < limit) {
      return new Step(Optional.empty(), List.of());
    }
    LogState.Builder silent = state.toBuilder().setSilent(true);
    Faults faults = new Faults(origin, silent, now);
    faults.say(
        FaultKind.FAULT_KIND_SILENT,
        "nothing was heard for "
            + (now - state.getHeard()) / 1_000
            + " s; the broker "
            + (state.getStory().getRunning() ? "was running" : "had stopped"));
    return new Step(Optional.of(silent.build()), faults.alerts());
  }

  private static void heardAgain(LogState.Builder now, Faults faults) {
    if (now.getSilent()) {
      now.setSilent(false);
      faults.say(FaultKind.FAULT_KIND_HEARD_AGAIN, "the log is heard again");
    }
  }

  /** Why no agent can have sent this; empty if one can. */
  private static String unusable(Shipment shipment) {
    if (shipment.getFirst() < 0 || Long.MAX_VALUE - shipment.getFirst() < 1L << 32) {
      return "a shipment begins at no entry";
    }
    if (shipment.getEntriesList().stream().anyMatch(e -> e.size() > EntryBundle.LONGEST)) {
      return "a shipment has an entry that is longer than an entry can be";
    }
    if (shipment.getFrontierCount() > MOST_HASHES || shipment.getProofCount() > MOST_HASHES) {
      return "a shipment has more hashes than a tree needs";
    }
    if (!Hashes.areHashes(shipment.getFrontierList())
        || !Hashes.areHashes(shipment.getProofList())
        || (shipment.getFrontierCount() > 0
            && shipment.getFrontierCount() != Long.bitCount(shipment.getFirst()))) {
      return "a shipment has hashes that are none";
    }
    return "";
  }

  private boolean begin(String origin, LogState.Builder now, Shipment shipment, Faults faults) {
    try {
      now.setKey(trust.accept(origin, shipment.getKey()).text());
    } catch (Malformed e) {
      faults.add(FaultKind.FAULT_KIND_UNKNOWN_KEY, e.reason());
      return false;
    }
    if (shipment.getFirst() > 0 && shipment.getFrontierCount() == 0) {
      faults.add(
          FaultKind.FAULT_KIND_GAP, "entries below " + shipment.getFirst() + " were not shipped");
    }
    now.setStory(Stories.begin(shipment.getFirst() == 0));
    return true;
  }

  /** Whether the shipment goes on where the last one ended, or before. */
  private static boolean reaches(LogState.Builder now, Shipment shipment, Faults faults) {
    if (shipment.getFirst() <= now.getSize()) {
      return true;
    }
    boolean pruned = shipment.getFrontierCount() > 0;
    if (now.getSize() > 0 || !pruned) {
      faults.add(
          FaultKind.FAULT_KIND_GAP,
          "entries "
              + now.getSize()
              + " to "
              + (shipment.getFirst() - 1)
              + " were not shipped"
              + (pruned ? " before they were pruned" : ""));
    }
    if (pruned) {
      now.setUnlinked(now.getSignedSize() > 0)
          .setSize(shipment.getFirst())
          .clearFrontier()
          .addAllFrontier(shipment.getFrontierList())
          .setStory(Stories.begin(false).toBuilder().setGrants(now.getStory().getGrants()));
    }
    return pruned;
  }
}
