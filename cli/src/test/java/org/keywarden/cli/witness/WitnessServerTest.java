package org.keywarden.cli.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.witness.AddCheckpoint;
import org.keywarden.audit.witness.Witness;

/**
 * Peers of a witness that are slow, silent, endless or many: bounded, and no other waits for them.
 */
final class WitnessServerTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final int MOST = 8;

  /** What a client says that asks something, whole. */
  private static final String WHOLE = "GET /add-checkpoint HTTP/1.1\r\nHost: w\r\n\r\n";

  private static final String REFUSED = "HTTP/1.1 405 Method Not Allowed";

  @TempDir private Path directory;
  private final List<Socket> peers = new ArrayList<>();
  private @Nullable WitnessServer server;

  private void serve(Duration patience) throws IOException {
    Ed25519Signer key = new Ed25519Signer("w.test/1", NoteKey.COSIGNATURE, new byte[32]);
    server =
        WitnessServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new WitnessServer.Limits(MOST, patience),
            new Witness(key, List.of(), new DiskFiles(directory), new Ed25519Check(), () -> 1),
            line -> {});
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket peer : peers) {
      peer.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private Socket peer(String says) throws IOException {
    Socket peer =
        new Socket(InetAddress.getLoopbackAddress(), Objects.requireNonNull(server).port());
    peers.add(peer);
    say(peer, says);
    return peer;
  }

  private static void say(Socket peer, String what) throws IOException {
    OutputStream out = peer.getOutputStream();
    out.write(what.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** All it is told until the witness closes; empty if it is closed without a word. */
  private static String told(Socket peer) throws IOException {
    try {
      return new String(peer.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketException reset) {
      return "";
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "POST",
        "POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nX: ",
        "POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 60000\r\n\r\nold 0\n",
        "POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nold 0"
      })
  void whoeverStopsInTheMiddleIsLeft(String beginning) throws IOException {
    serve(Duration.ofMillis(300));
    assertEquals("", told(peer(beginning)));
  }

  @Test
  void whoeverGoesOnWithoutAnEndIsLeft() throws IOException {
    serve(Duration.ofMillis(300));
    Socket peer =
        peer("POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nTransfer-Encoding: chunked\r\n\r\n");
    String chunk = "400\r\n" + "x".repeat(1 << 10) + "\r\n";
    long sent = 0;
    try {
      while (true) {
        say(peer, chunk);
        sent += chunk.length();
      }
    } catch (SocketException left) {
      assertTrue(sent > AddCheckpoint.LONGEST, sent + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "POST /add", "POST /add-checkpoint HTTP/1.1\r\nContent-Length: 9\r\n\r\n"})
  void thoseWhoSendNoWholeRequestKeepNobodyOut(String beginning) throws IOException {
    serve(LONG);
    for (int i = 0; i < 5 * MOST; i++) {
      peer(beginning);
    }
    for (int i = 0; i < 2 * MOST; i++) {
      String answer = told(peer(WHOLE));
      assertTrue(answer.startsWith(REFUSED), answer);
    }
    for (int i = 0; i < 4 * MOST; i++) {
      assertEquals("", told(peers.get(i)), "the oldest are gone");
    }
  }

  @Test
  void aRequestThatComesByteByByteIsAnsweredBesideManyOthers() throws IOException {
    serve(LONG);
    Socket slow = peer("");
    for (char each : WHOLE.toCharArray()) {
      say(slow, String.valueOf(each));
      assertTrue(told(peer(WHOLE)).startsWith(REFUSED));
    }
    assertTrue(told(slow).startsWith(REFUSED));
  }

  @Test
  void aHeadWithoutEndIsRefused() throws IOException {
    serve(LONG);
    String answer = told(peer("GET /" + "a".repeat(10_000) + " HTTP/1.1\r\n\r\n"));
    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
  }

  @Test
  void whatIsNoHttpIsRefused() throws IOException {
    serve(LONG);
    String answer = told(peer("\u0016\u0003\u0001\r\n\r\n"));
    assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400"), answer);
  }
}
