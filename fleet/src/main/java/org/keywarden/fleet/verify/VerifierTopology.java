package org.keywarden.fleet.verify;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;
import org.keywarden.fleet.fold.Fold;
import org.keywarden.fleet.kafka.Topics;
import org.keywarden.proto.fleet.v1.Alert;

/** Shipments in, alerts out, a state of each log between them. */
final class VerifierTopology {
  static final String STORE = "logs";

  private static final String SHIPMENTS = "shipments";
  private static final String VERIFIER = "verifier";

  private VerifierTopology() {}

  /**
   * @param folds makes one for each task
   * @param silence after which a log is called silent
   */
  static Topology of(Topics topics, Supplier<Fold> folds, Duration silence) {
    return new Topology()
        .addSource(SHIPMENTS, new StringDeserializer(), new ByteArrayDeserializer(), topics.logs())
        .addProcessor(VERIFIER, () -> new LogProcessor(folds, silence.toMillis()), SHIPMENTS)
        .addStateStore(
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(STORE), Serdes.String(), LogStates.serde())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of()),
            VERIFIER)
        .addSink(
            "alerts",
            topics.alerts(),
            new StringSerializer(),
            (topic, alert) -> ((Alert) alert).toByteArray(),
            VERIFIER);
  }
}
