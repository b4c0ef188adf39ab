package org.keywarden.fleet.verify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keywarden.fleet.page.FleetView;
import org.keywarden.proto.fleet.v1.LogState;

/** What is answered over HTTP, and to whom not. */
final class FleetServerTest {
  private FleetServer server;
  private volatile boolean moving;

  @BeforeEach
  void start() throws IOException {
    FleetView.Log known =
        new FleetView.Log("keywarden.local/a", LogState.newBuilder().setSize(5).build());
    server =
        FleetServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new FleetServer.Source() {
              @Override
              public FleetView view() {
                if (moving) {
                  throw new InvalidStateStoreException("moving");
                }
                FleetView.Sum sum = new FleetView.Sum();
                sum.add(known);
                return sum.view(0);
              }

              @Override
              public Optional<FleetView.Log> log(String origin) {
                return Optional.of(known).filter(log -> log.origin().equals(origin));
              }
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String ask(String line, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String request = line + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void assertStatus(int status, String line, String host) throws IOException {
    String answer = ask(line, host);
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }

  @Test
  void thePageAndEachQueryAreAnswered() throws IOException {
    assertStatus(200, "GET /", "127.0.0.1:" + server.port());
    assertTrue(ask("GET /api/totals", "localhost").contains("\"logs\":1"));
    assertTrue(ask("GET /api/failing", "[::1]:5").endsWith("[]"));
    assertTrue(
        ask("GET /api/log?origin=keywarden.local%2Fa", "localhost").contains("\"size\":\"5\""));
    assertStatus(404, "GET /api/log?origin=other", "localhost");
    assertStatus(404, "GET /api/log", "localhost");
    assertStatus(404, "GET /x", "localhost");
  }

  @Test
  void nothingCanBeChangedAndNoOtherPageCanRead() throws IOException {
    assertStatus(405, "POST /", "localhost");
    assertStatus(421, "GET /", "evil.example.org");
    assertStatus(421, "GET /", "localhost.evil.example.org");
  }

  @Test
  void whilePartitionsMoveItSaysSo() throws IOException {
    moving = true;
    assertStatus(503, "GET /api/totals", "localhost");
    moving = false;
    assertStatus(200, "GET /api/totals", "localhost");
  }
}
