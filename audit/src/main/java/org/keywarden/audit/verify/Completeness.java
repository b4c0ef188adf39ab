package org.keywarden.audit.verify;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.keywarden.proto.audit.v1.GrantIssued;
import org.keywarden.proto.audit.v1.Record;

/**
 * Whether the records tell a whole story: starts and stops, consecutive serials, a signing key
 * before the first grant, one close per grant. Can be put down after any entry and taken up again.
 *
 * <p>Thread: one.
 */
public final class Completeness {
  /** Told of what is missing or said twice. */
  @FunctionalInterface
  public interface Complaint {
    /**
     * @param index of the entry
     * @param what goes on after "entry N"
     */
    void add(long index, String what);
  }

  /**
   * Where a story stands.
   *
   * @param start of the broker, empty before the first
   * @param running whether it has not stopped
   * @param known false until the first start, if earlier entries are not known
   * @param keyed whether its signing key is recorded
   * @param serial of its last grant
   * @param grants of all starts
   * @param open grants without a close
   */
  public record Story(
      ByteString start,
      boolean running,
      boolean known,
      boolean keyed,
      long serial,
      long grants,
      Set<Long> open) {
    public Story {
      open = Set.copyOf(open);
    }

    /**
     * Nothing yet.
     *
     * @param whole whether no entry came before
     */
    public static Story begin(boolean whole) {
      return new Story(ByteString.EMPTY, false, whole, false, 0, 0, Set.of());
    }
  }

  private final Complaint problems;
  private final Set<Long> open = new HashSet<>();
  private final Map<Long, String> rotations = new TreeMap<>();
  private final List<String> crashes = new ArrayList<>();
  private ByteString start;
  private boolean running;
  private boolean known;
  private boolean keyed;
  private long serial;
  private long grants;
  private long prunedBelow;

  /**
   * @param whole whether no entry was pruned
   */
  Completeness(boolean whole, Problems problems) {
    this(Story.begin(whole), problems::add);
  }

  /** Takes a story up. */
  public Completeness(Story story, Complaint problems) {
    this.problems = problems;
    this.start = story.start();
    this.running = story.running();
    this.known = story.known();
    this.keyed = story.keyed();
    this.serial = story.serial();
    this.grants = story.grants();
    this.open.addAll(story.open());
  }

  /** Where it stands. */
  public Story story() {
    return new Story(start, running, known, keyed, serial, grants, open);
  }

  void entry(long index, CheckedBundle.Outcome outcome) {
    switch (outcome) {
      case CheckedBundle.Said said -> record(index, said.record());
      case CheckedBundle.Wrong wrong -> problems.add(index, wrong.reason());
    }
  }

  /** Takes the next record. */
  public void record(long index, Record record) {
    switch (record.getEventCase()) {
      case BROKER_STARTED -> started(index, record);
      case LOG_KEY_ROTATED -> rotations.put(index, record.getLogKeyRotated().getVerifierKey());
      case ENTRIES_PRUNED ->
          prunedBelow = Math.max(prunedBelow, record.getEntriesPruned().getBelow());
      default -> inStart(index, record);
    }
  }

  private void started(long index, Record record) {
    if (running) {
      crashes.add(
          "the broker's start before entry "
              + index
              + " ended without a stop, with "
              + open.size()
              + " grants open");
    }
    if (record.getStart().equals(start)) {
      problems.add(index, "starts a broker's start that was started before");
    }
    start = record.getStart();
    running = true;
    known = true;
    keyed = false;
    serial = 0;
    open.clear();
  }

  private void inStart(long index, Record record) {
    if (!known) {
      return;
    }
    if (!running || !record.getStart().equals(start)) {
      problems.add(index, "belongs to no running start of the broker");
      return;
    }
    switch (record.getEventCase()) {
      case SIGNING_KEY -> keyed = true;
      case GRANT_ISSUED -> issued(index, record.getGrantIssued());
      case GRANT_RENEWED -> {
        if (!open.contains(record.getGrantRenewed().getGrant())) {
          problems.add(index, "renews a grant that is not open");
        }
      }
      case GRANT_CLOSED -> {
        if (!open.remove(record.getGrantClosed().getGrant())) {
          problems.add(
              index, "closes grant " + record.getGrantClosed().getGrant() + ", which is not open");
        }
      }
      case HEARTBEAT -> checkSerial(index, record.getHeartbeat().getLastSerial());
      case BROKER_STOPPED -> {
        checkSerial(index, record.getBrokerStopped().getLastSerial());
        if (!open.isEmpty()) {
          problems.add(index, "stops the broker, but grants " + open + " have no close");
        }
        running = false;
      }
      default -> {}
    }
  }

  private void issued(long index, GrantIssued issued) {
    grants++;
    if (issued.getSerial() != serial + 1) {
      problems.add(
          index, "has serial " + issued.getSerial() + ", the one after " + serial + " is missing");
    }
    serial = issued.getSerial();
    if (!keyed) {
      problems.add(index, "grants before a signing key was recorded");
    }
    if (!open.add(issued.getGrant())) {
      problems.add(index, "grants " + issued.getGrant() + " a second time");
    }
  }

  private void checkSerial(long index, long said) {
    if (said != serial) {
      problems.add(index, "says the last serial is " + said + ", but it is " + serial);
    }
  }

  long grants() {
    return grants;
  }

  /** Grants open at the end. */
  int open() {
    return open.size();
  }

  /** Starts that ended without a stop, since this story was taken up. */
  public List<String> crashes() {
    return crashes;
  }

  /** The key each rotation names, by the index of its entry, since this story was taken up. */
  public Map<Long, String> rotations() {
    return rotations;
  }

  /** The highest index below which entries were declared pruned. */
  long prunedBelow() {
    return prunedBelow;
  }
}
