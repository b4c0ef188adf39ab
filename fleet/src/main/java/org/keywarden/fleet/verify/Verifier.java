package org.keywarden.fleet.verify;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.fleet.fold.Findings;
import org.keywarden.fleet.fold.Fold;
import org.keywarden.fleet.fold.Trust;
import org.keywarden.fleet.kafka.Topics;
import org.keywarden.fleet.page.FleetPage;
import org.keywarden.fleet.page.FleetView;
import org.keywarden.proto.fleet.v1.LogState;

/**
 * One instance of the verifier. Several share the partitions; when one goes, others take its logs
 * over where it was.
 *
 * <p>Thread: any.
 */
public final class Verifier implements AutoCloseable {
  /**
   * How to verify.
   *
   * @param silence after which a log is called silent
   * @param partitions of topics that are missing
   */
  public record Settings(Trust trust, Findings findings, Duration silence, int partitions) {}

  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final KafkaStreams streams;
  private final FleetServer server;

  private Verifier(KafkaStreams streams, FleetServer server) {
    this.streams = streams;
    this.server = server;
  }

  /**
   * Starts one.
   *
   * @param client properties of Kafka's clients
   * @param listen where to answer over HTTP
   * @param report takes a line for the operator
   */
  public static Verifier start(
      Properties client,
      Topics topics,
      Settings settings,
      InetSocketAddress listen,
      Consumer<String> report)
      throws IOException, InterruptedException {
    try (Admin admin = Admin.create(client)) {
      topics.make(admin, settings.partitions());
    } catch (ExecutionException | KafkaException e) {
      throw new IOException("Kafka cannot be used: " + e.getMessage(), e);
    }
    KafkaStreams streams =
        new KafkaStreams(
            VerifierTopology.of(
                topics,
                () -> new Fold(settings.trust(), settings.findings(), new Ed25519Check()),
                settings.silence()),
            settings(client, topics));
    streams.setUncaughtExceptionHandler(
        failure -> {
          report.accept("verifying failed and is started again: " + failure);
          return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    FleetServer server = FleetServer.start(listen, new Queries(streams));
    streams.start();
    return new Verifier(streams, server);
  }

  private static Properties settings(Properties client, Topics topics) throws IOException {
    Properties settings = new Properties();
    settings.putAll(client);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, topics.prefix() + "-verify");
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // Stores lie in memory; here lies no more than the number of the instance.
    settings.putIfAbsent(
        StreamsConfig.STATE_DIR_CONFIG, Files.createTempDirectory("keywarden-fleet").toString());
    return settings;
  }

  /** Where it answers over HTTP. */
  public int port() {
    return server.port();
  }

  /**
   * What is known of a log, empty if nothing is.
   *
   * @throws org.apache.kafka.streams.errors.InvalidStateStoreException while partitions move
   */
  public Optional<FleetView.Log> log(String origin) {
    return new Queries(streams).log(origin);
  }

  /** The page as it is now. */
  public String page() {
    return FleetPage.of(new Queries(streams).view());
  }

  /** Whether every partition it has is being verified. */
  public boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  private record Queries(KafkaStreams streams) implements FleetServer.Source {
    private ReadOnlyKeyValueStore<String, LogState> store() {
      return streams.store(
          StoreQueryParameters.fromNameAndType(
              VerifierTopology.STORE, QueryableStoreTypes.keyValueStore()));
    }

    @Override
    public FleetView view() {
      FleetView.Sum sum = new FleetView.Sum();
      try (KeyValueIterator<String, LogState> all = store().all()) {
        while (all.hasNext()) {
          KeyValue<String, LogState> each = all.next();
          sum.add(new FleetView.Log(each.key, each.value));
        }
      }
      return sum.view(System.currentTimeMillis());
    }

    @Override
    public Optional<FleetView.Log> log(String origin) {
      return Optional.ofNullable(store().get(origin))
          .map(state -> new FleetView.Log(origin, state));
    }
  }

  @Override
  public void close() {
    server.close();
    streams.close(CLOSING);
  }
}
