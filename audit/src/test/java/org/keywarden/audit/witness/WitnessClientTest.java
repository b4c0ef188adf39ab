package org.keywarden.audit.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Witnesses that answer as no witness does cost their client a bounded time and memory. */
final class WitnessClientTest {
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private interface Saying {
    void to(OutputStream out) throws IOException;
  }

  /** Why there is no answer from a witness that says this, and then nothing. */
  private String ask(Duration patience, Saying saying) throws Exception {
    Thread witness =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (Socket peer = server.accept()) {
                    saying.to(peer.getOutputStream());
                    peer.getOutputStream().flush();
                    // Until the client has had enough.
                    peer.getInputStream().transferTo(OutputStream.nullOutputStream());
                  } catch (IOException gone) {
                    // The client went while it was spoken to.
                  }
                });
    GrowingLog log = GrowingLog.of("a", 3);
    AddCheckpoint request = new AddCheckpoint(0, List.of(), log.checkpoint());
    URI prefix = URI.create("http://127.0.0.1:" + server.getLocalPort());
    try (WitnessClient client = new WitnessClient(patience)) {
      return String.valueOf(
          assertThrows(IOException.class, () -> client.add(prefix, request)).getMessage());
    } finally {
      witness.join();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void oneThatSaysNothingIsLeft() throws Exception {
    assertEquals("no whole answer within 1 s", ask(Duration.ofSeconds(1), out -> {}));
  }

  @Test
  void oneThatDoesNotEndItsAnswerIsLeft() throws Exception {
    assertEquals(
        "no whole answer within 1 s",
        ask(
            Duration.ofSeconds(1),
            out -> out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"))));
  }

  @Test
  void oneThatSaysTooMuchIsLeft() throws Exception {
    String why =
        ask(
            Duration.ofSeconds(60),
            out -> {
              out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"));
              for (int i = 0; i < 1_000_000; i++) {
                out.write(new byte[1_000]);
              }
            });
    assertTrue(why.startsWith("its answer cannot be read: "), why);
  }

  @Test
  void oneThatSpeaksNoHttpIsLeft() throws Exception {
    String why =
        ask(Duration.ofSeconds(60), out -> out.write(ascii("220 mail.test ESMTP\r\n\r\n")));
    assertTrue(why.startsWith("its answer cannot be read: "), why);
  }

  @Test
  void whoIsInterruptedMeanwhileStaysInterrupted() {
    AddCheckpoint request = new AddCheckpoint(0, List.of(), GrowingLog.of("a", 3).checkpoint());
    URI silent = URI.create("http://127.0.0.1:" + server.getLocalPort());
    try (WitnessClient client = new WitnessClient(Duration.ofSeconds(60))) {
      Thread.currentThread().interrupt();
      IOException left = assertThrows(IOException.class, () -> client.add(silent, request));
      assertEquals("interrupted", left.getMessage());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }
}
