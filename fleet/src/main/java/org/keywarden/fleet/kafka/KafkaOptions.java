package org.keywarden.fleet.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that talks to Kafka. */
public final class KafkaOptions {
  @Option(
      names = "--kafka",
      paramLabel = "FILE",
      description =
          "Kafka's client properties: bootstrap.servers, and for TLS and SASL what Kafka's"
              + " documentation says.")
  private @Nullable Path file;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Kafka's address, if it is not in the file.")
  private @Nullable String bootstrap;

  @Option(
      names = "--topics",
      paramLabel = "PREFIX",
      description = "What the names of the topics begin with (default: ${DEFAULT-VALUE}).",
      defaultValue = "keywarden")
  private String prefix = "keywarden";

  /** The properties of a client, a new copy. */
  public Properties client() throws IOException {
    Properties client = new Properties();
    if (file != null) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        client.load(reader);
      }
    }
    if (bootstrap != null) {
      client.setProperty("bootstrap.servers", bootstrap);
    }
    if (client.getProperty("bootstrap.servers", "").isBlank()) {
      throw new IOException("where is Kafka? Give --kafka FILE with bootstrap.servers in it");
    }
    return client;
  }

  /** The topics. */
  public Topics topics() {
    return new Topics(prefix);
  }
}
