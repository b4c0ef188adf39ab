package org.keywarden.fleet.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.fleet.fold.Fold;
import org.keywarden.fleet.fold.Trust;
import org.keywarden.fleet.kafka.Topics;
import org.keywarden.fleet.rules.RecordRules;
import org.keywarden.proto.audit.v1.BrokerStarted;
import org.keywarden.proto.audit.v1.PluginQuarantined;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.fleet.v1.Alert;
import org.keywarden.proto.fleet.v1.FaultKind;
import org.keywarden.proto.fleet.v1.LogState;
import org.keywarden.proto.fleet.v1.Shipment;

/** The topology as Kafka Streams runs it, with its clocks in hand and without a Kafka. */
final class VerifierTopologyTest {
  private static final Topics TOPICS = new Topics("test");
  private static final Duration SILENCE = Duration.ofHours(1);
  private static final Instant BEGIN = Instant.ofEpochSecond(1_700_000_000);

  private final Ed25519Signer good = new Ed25519Signer("log.test/a", NoteKey.ED25519, seed(1));
  private final Ed25519Signer other = new Ed25519Signer("log.test/b", NoteKey.ED25519, seed(2));
  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> shipments;
  private TestOutputTopic<String, byte[]> alerts;
  private KeyValueStore<String, LogState> logs;

  private static byte[] seed(int number) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    return seed;
  }

  @BeforeEach
  void start() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    Trust trust = Trust.in(List.of(good.key(), other.key()));
    driver =
        new TopologyTestDriver(
            VerifierTopology.of(
                TOPICS, () -> new Fold(trust, RecordRules.usual(), new Ed25519Check()), SILENCE),
            settings,
            BEGIN);
    shipments =
        driver.createInputTopic(
            TOPICS.logs(), new StringSerializer(), new ByteArraySerializer(), BEGIN, Duration.ZERO);
    alerts =
        driver.createOutputTopic(
            TOPICS.alerts(), new StringDeserializer(), new ByteArrayDeserializer());
    logs = driver.getKeyValueStore(VerifierTopology.STORE);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private static Shipment first(Ed25519Signer signer, Record.Builder... records) {
    Shipment.Builder shipment = Shipment.newBuilder().setKey(signer.key().text());
    List<byte[]> entries =
        List.of(records).stream().map(record -> RecordCodec.encode(record.build())).toList();
    entries.forEach(entry -> shipment.addEntries(ByteString.copyFrom(entry)));
    Checkpoint checkpoint =
        new Checkpoint(
            signer.key().name(),
            entries.size(),
            Rfc6962.root(entries.stream().map(Rfc6962::leaf).toList()));
    return shipment
        .setCheckpoint(
            ByteString.copyFromUtf8(SignedNote.sign(checkpoint.text(), signer).encoded()))
        .build();
  }

  private static Record.Builder started() {
    return Record.newBuilder()
        .setStart(ByteString.copyFromUtf8("start"))
        .setBrokerStarted(BrokerStarted.newBuilder().setVersion("test"));
  }

  private void send(Ed25519Signer signer, Record.Builder... records) {
    shipments.pipeInput(signer.key().name(), first(signer, records).toByteArray());
  }

  private List<FaultKind> found() {
    return alerts.readValuesToList().stream().map(VerifierTopologyTest::alert).toList().stream()
        .map(Alert::getKind)
        .toList();
  }

  private static Alert alert(byte[] bytes) {
    try {
      return Alert.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatRecordsSayBecomesAlerts() {
    send(
        good,
        started(),
        Record.newBuilder()
            .setStart(ByteString.copyFromUtf8("start"))
            .setPluginQuarantined(PluginQuarantined.newBuilder().setPlugin("ime")));
    List<Alert> all = alerts.readValuesToList().stream().map(VerifierTopologyTest::alert).toList();
    assertEquals(1, all.size());
    assertEquals("quarantine", all.getFirst().getRule());
    assertEquals(2, logs.get("log.test/a").getSignedSize());
  }

  @Test
  void aTopicFullOfGarbageStopsNothingAndFillsNothing() {
    send(good, started());
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      shipments.pipeInput("stranger-" + i, i % 5 == 0 ? null : bytes);
    }
    shipments.pipeInput(null, new byte[1]);
    shipments.pipeInput("x".repeat(100_000), new byte[1]);
    shipments.pipeInput("log.test/b", new byte[1 << 20]);
    List<FaultKind> found = found();
    assertTrue(found.size() <= RefusedPace.MOST_A_MINUTE, () -> found.size() + " alerts");
    assertEquals(1, logs.approximateNumEntries());
    // Of a log that is known it is a fault of its own, and the log goes on.
    shipments.pipeInput("log.test/a", new byte[] {1, 2, 3});
    assertEquals(List.of(FaultKind.FAULT_KIND_MALFORMED), found());
    assertEquals(1, logs.get("log.test/a").getSignedSize());
  }

  @Test
  void anotherLogsKeyIsOfNoUse() {
    shipments.pipeInput("log.test/b", first(good, started()).toByteArray());
    assertEquals(List.of(FaultKind.FAULT_KIND_UNKNOWN_KEY), found());
    assertNull(logs.get("log.test/b"));
  }

  @Test
  void silenceIsFoundByTheClockOnceNothingComes() {
    send(good, started());
    driver.advanceWallClockTime(SILENCE.minusMinutes(5));
    assertEquals(List.of(), found());
    driver.advanceWallClockTime(Duration.ofMinutes(6));
    assertEquals(List.of(FaultKind.FAULT_KIND_SILENT), found());
    driver.advanceWallClockTime(SILENCE);
    assertEquals(List.of(), found());
  }

  @Test
  void whileOldShipmentsComeNobodyIsSilent() {
    // The verifier was away for a day and works off what came meanwhile.
    driver.advanceWallClockTime(Duration.ofDays(1));
    send(good, started());
    driver.advanceWallClockTime(Duration.ofSeconds(5));
    send(other, started());
    driver.advanceWallClockTime(Duration.ofSeconds(5));
    assertEquals(List.of(), found());
    assertEquals(
        Map.of("log.test/a", false, "log.test/b", false),
        Map.of(
            "log.test/a",
            logs.get("log.test/a").getSilent(),
            "log.test/b",
            logs.get("log.test/b").getSilent()));
  }
}
