package org.keywarden.fleet.verify;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.keywarden.fleet.fold.Fold;
import org.keywarden.proto.fleet.v1.Alert;
import org.keywarden.proto.fleet.v1.FaultKind;
import org.keywarden.proto.fleet.v1.LogState;
import org.keywarden.proto.fleet.v1.Shipment;

/**
 * Folds the logs of one partition and says which are silent.
 *
 * <p>Thread: its task's.
 */
@SuppressWarnings("NullAway.Init")
final class LogProcessor implements Processor<String, byte[], String, Alert> {
  /** Longest name of a log. */
  private static final int LONGEST_ORIGIN = 255;

  private static final int LOOKS = 20;
  private static final long LONGEST_SETTLING = 10_000;

  private final Supplier<Fold> folds;
  private final long silence;
  private final RefusedPace pace = new RefusedPace();
  private ProcessorContext<String, Alert> context;
  private KeyValueStore<String, LogState> logs;
  private Fold fold;
  private long lastTaken;

  /**
   * @param silence after which a log is called silent, in ms
   */
  LogProcessor(Supplier<Fold> folds, long silence) {
    this.folds = folds;
    this.silence = silence;
  }

  @Override
  public void init(ProcessorContext<String, Alert> context) {
    this.context = context;
    this.logs = context.getStateStore(VerifierTopology.STORE);
    this.fold = folds.get();
    this.lastTaken = context.currentSystemTimeMs();
    context.schedule(
        Duration.ofMillis(Math.max(1, silence / LOOKS)),
        PunctuationType.WALL_CLOCK_TIME,
        this::lookForSilence);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    lastTaken = context.currentSystemTimeMs();
    String origin = record.key();
    Shipment shipment = read(record.value());
    if (origin == null || origin.isEmpty() || origin.length() > LONGEST_ORIGIN) {
      refuse("", "a record of the topic has no name of a log for its key", record.timestamp());
      return;
    }
    LogState state = logs.get(origin);
    if (shipment == null && state == null) {
      refuse(origin, "a record of the topic is no shipment", record.timestamp());
      return;
    }
    Shipment taken = shipment == null ? UNREADABLE : shipment;
    Fold.Step step = fold.next(origin, state, taken, record.timestamp());
    if (step.state().isEmpty()) {
      step.alerts().forEach(alert -> refuse(origin, alert, record.timestamp()));
      return;
    }
    logs.put(origin, step.state().get());
    step.alerts().forEach(alert -> send(origin, alert, record.timestamp()));
  }

  /** What the fold calls malformed. */
  private static final Shipment UNREADABLE = Shipment.newBuilder().setFirst(-1).build();

  private static @Nullable Shipment read(byte @Nullable [] value) {
    try {
      return value == null ? null : Shipment.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  private void refuse(String origin, String what, long time) {
    refuse(
        origin,
        Alert.newBuilder()
            .setOrigin(origin)
            .setKind(FaultKind.FAULT_KIND_MALFORMED)
            .setTime(time)
            .setWhat(what)
            .build(),
        time);
  }

  private void refuse(String origin, Alert alert, long time) {
    long count = pace.due(origin, time);
    if (count > 0) {
      send(origin, alert.toBuilder().setCount(count).build(), time);
    }
  }

  private void send(String origin, Alert alert, long time) {
    context.forward(new Record<>(origin, alert, Math.max(0, time)));
  }

  /**
   * While shipments come, those of a log may still be on their way behind others: then the time is
   * that of the newest shipment. Once nothing has come for a while, it is the clock's.
   */
  private void lookForSilence(long clock) {
    long settling = Math.min(LONGEST_SETTLING, silence / 4);
    long now = clock - lastTaken > settling ? clock : context.currentStreamTimeMs();
    List<KeyValue<String, Fold.Step>> silent = new ArrayList<>();
    try (KeyValueIterator<String, LogState> all = logs.all()) {
      while (all.hasNext()) {
        KeyValue<String, LogState> each = all.next();
        Fold.Step step = Fold.silence(each.key, each.value, now, silence);
        if (step.state().isPresent()) {
          silent.add(KeyValue.pair(each.key, step));
        }
      }
    }
    for (KeyValue<String, Fold.Step> each : silent) {
      logs.put(each.key, each.value.state().orElseThrow());
      each.value.alerts().forEach(alert -> send(each.key, alert, now));
    }
  }
}
