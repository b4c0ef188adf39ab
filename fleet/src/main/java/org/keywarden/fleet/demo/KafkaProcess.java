package org.keywarden.fleet.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** A {@link KafkaNode} in a process of its own. */
final class KafkaProcess implements AutoCloseable {
  private static final int READY_SECONDS = 120;

  private final List<String> command;
  private final Path directory;
  private final int port;
  private Process process;

  private KafkaProcess(List<String> command, Path directory, int port) throws IOException {
    this.command = command;
    this.directory = directory;
    this.port = port;
    this.process = begin();
  }

  /**
   * Starts one and waits until it serves.
   *
   * @param classPath with Kafka's server on it
   * @param directory where it keeps everything; exists
   */
  static KafkaProcess start(String classPath, Path directory)
      throws IOException, InterruptedException {
    int port;
    int controller;
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = one.getLocalPort();
      controller = two.getLocalPort();
    }
    KafkaProcess started =
        new KafkaProcess(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                KafkaNode.class.getName(),
                directory.toString(),
                Integer.toString(port),
                Integer.toString(controller)),
            directory,
            port);
    started.awaitReady();
    return started;
  }

  private Process begin() throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("output").toFile()))
        .start();
  }

  /** Kills it, as a power cut does not quite. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again after {@link #kill}, on the same port with the same data. */
  void again() throws IOException, InterruptedException {
    process = begin();
    awaitReady();
  }

  /** Properties of its clients. */
  Properties client() {
    Properties client = new Properties();
    client.setProperty("bootstrap.servers", "127.0.0.1:" + port);
    return client;
  }

  private void awaitReady() throws IOException, InterruptedException {
    Properties client = client();
    client.setProperty("default.api.timeout.ms", Integer.toString(READY_SECONDS * 1_000));
    client.setProperty("reconnect.backoff.max.ms", "100");
    try (Admin admin = Admin.create(client)) {
      if (admin.describeCluster().nodes().get().isEmpty()) {
        throw new IOException("Kafka has no node");
      }
    } catch (ExecutionException e) {
      close();
      throw new IOException("Kafka did not start; it said: " + directory.resolve("output"), e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
