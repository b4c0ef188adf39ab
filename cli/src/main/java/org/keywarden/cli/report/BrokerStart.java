package org.keywarden.cli.report;

import com.google.protobuf.ByteString;
import org.keywarden.proto.audit.v1.Record;

/** One start of the broker, as far as the log tells it. */
final class BrokerStart {
  /** How it ended. */
  enum End {
    STOPPED("stopped"),
    CRASHED("ended without a stop"),
    OPEN("runs, or ended without a stop");

    private final String text;

    End(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private final ByteString id;
  private final String version;
  private final boolean beganEarlier;
  private final long began;
  private final long droppedBytes;
  private long last;
  private long grants;
  private End end = End.OPEN;

  /**
   * @param first its first record that is kept
   */
  BrokerStart(Record first) {
    id = first.getStart();
    version = first.getBrokerStarted().getVersion();
    droppedBytes = first.getBrokerStarted().getDroppedBytes();
    beganEarlier = !first.hasBrokerStarted();
    began = first.getTime();
    last = began;
  }

  void lasted(long time) {
    last = time;
  }

  void granted() {
    grants++;
  }

  void ended(End how) {
    end = how;
  }

  ByteString id() {
    return id;
  }

  String version() {
    return version;
  }

  /** Whether its own record was pruned. */
  boolean beganEarlier() {
    return beganEarlier;
  }

  long began() {
    return began;
  }

  /** Time of its last record. */
  long last() {
    return last;
  }

  long grants() {
    return grants;
  }

  long droppedBytes() {
    return droppedBytes;
  }

  End end() {
    return end;
  }
}
