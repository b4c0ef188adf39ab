package org.keywarden.cli.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.log.OwnerKeys;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.witness.AddCheckpoint;
import org.keywarden.audit.witness.Witness;
import org.keywarden.cli.Outcome;
import org.keywarden.proto.audit.v1.BrokerStarted;
import org.keywarden.proto.audit.v1.Record;

/** A log's owner and a witness, over HTTP on loopback. */
final class WitnessCommandsTest {
  private static final long NOW = 1_800_000_000;

  @TempDir private Path root;
  private Path state;
  private Path policy;
  private final List<String> said = new ArrayList<>();
  private WitnessServer server;

  /** No two entries are alike, in whichever log. */
  private long written;

  @BeforeEach
  void serve() throws IOException {
    state = root.resolve("owner");
    OwnerKeys owner = new OwnerKeys(Files.createDirectory(state), new SecureRandom());
    NoteKey log;
    try (Ed25519Signer signer = owner.signer()) {
      log = signer.key();
    }
    grow(3);
    Path memory = Files.createDirectory(root.resolve("witness"));
    Ed25519Signer witness = new Ed25519Signer("w.test/1", NoteKey.COSIGNATURE, new byte[32]);
    server =
        WitnessServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            WitnessServer.Limits.DEFAULT,
            new Witness(
                witness, List.of(log), new DiskFiles(memory), new Ed25519Check(), () -> NOW),
            said::add);
    policy =
        Files.writeString(
            root.resolve("policy"),
            "witness other %s http://127.0.0.1:%d\nquorum other\n"
                .formatted(witness.key().text(), server.port()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void grow(int by) throws IOException {
    OwnerKeys owner = new OwnerKeys(state, new SecureRandom());
    DiskFiles files = new DiskFiles(owner.logDirectory());
    try (Ed25519Signer signer = owner.signer()) {
      LogWriter writer =
          LogWriter.open(files, signer, Runnable::run, LogWriter.Settings.DEFAULT, Long.MAX_VALUE);
      KeyHistory.ensure(files, signer.key());
      for (int i = 0; i < by; i++) {
        writer.append(
            RecordCodec.encode(
                Record.newBuilder()
                    .setTime(NOW + written++)
                    .setBrokerStarted(BrokerStarted.getDefaultInstance())
                    .build()),
            new LogWriter.Receipt() {
              @Override
              public void durable(long index) {}

              @Override
              public void failed(IOException reason) {
                throw new AssertionError(reason);
              }
            });
      }
      writer.stop().join();
    }
  }

  private Outcome audit(String command, Path of, String... more) {
    return Outcome.of(
        Stream.concat(
                Stream.of("audit", command, "--state-dir=" + of, "--policy=" + policy),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private Path copy(String name) throws IOException {
    Path to = root.resolve(name);
    try (Stream<Path> all = Files.walk(state)) {
      for (Path each : all.toList()) {
        Files.copy(
            each,
            to.resolve(state.relativize(each).toString()),
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return to;
  }

  @Test
  void aLogThatGrowsIsCosignedAndItsVerificationSaysByWhomAndWhen() throws IOException {
    for (int round = 0; round < 3; round++) {
      Outcome cosigned = audit("witness", state);
      assertEquals(0, cosigned.exitCode(), cosigned.out() + cosigned.err());
      assertTrue(cosigned.out().contains("cosigned at 2027-01-15T08:00:00Z"), cosigned.out());
      grow(300);
    }
    Outcome verified = audit("verify", state);
    assertTrue(
        verified.out().contains("Witness other saw this log with 603 entries"), verified.out());
    assertTrue(
        verified.out().contains("The log extends the checkpoint of size 603"), verified.out());
  }

  @Test
  void aLogNobodyCosignedDoesNotMeetThePolicy() {
    Outcome verified = audit("verify", state);
    assertEquals(1, verified.exitCode());
    assertTrue(verified.out().contains("no witness has cosigned this log"), verified.out());
  }

  @Test
  void aRolledBackLogIsRefusedAndSoIsOneThatWentOnFromThere() throws IOException {
    Path old = copy("old");
    grow(300);
    assertEquals(0, audit("witness", state).exitCode());
    JsonObject refused =
        JsonParser.parseString(audit("witness", old, "--json").out()).getAsJsonObject();
    assertEquals(false, refused.get("quorum").getAsBoolean());
    JsonObject row = refused.getAsJsonArray("witnesses").get(0).getAsJsonObject();
    assertEquals("contradicted", row.get("outcome").getAsString());
    assertTrue(row.get("explanation").getAsString().contains("rolled back"), row.toString());
    state = old;
    grow(700);
    Outcome forked = audit("witness", old);
    assertEquals(1, forked.exitCode());
    assertTrue(forked.out().contains("REFUSED: this log does not extend"), forked.out());
    assertTrue(said.contains("REFUSED: a checkpoint that does not extend the last one of its log"));
  }

  @Test
  void aChangedCosignatureIsNoticed() throws IOException {
    assertEquals(0, audit("witness", state).exitCode());
    Path file = state.resolve("log/cosignatures");
    String text = Files.readString(file);
    int last = text.length() - 10;
    char other = text.charAt(last) == 'A' ? 'B' : 'A';
    Files.writeString(file, text.substring(0, last) + other + text.substring(last + 1));
    Outcome verified = audit("verify", state);
    assertEquals(1, verified.exitCode());
    assertTrue(verified.out().contains("the policy's quorum is not reached"), verified.out());
  }

  @Test
  void aWitnessThatIsDownIsSaidByName() {
    server.close();
    Outcome asked = audit("witness", state);
    assertEquals(1, asked.exitCode());
    assertTrue(asked.out().contains("other  no cosignature: nobody answers at"), asked.out());
  }

  @ParameterizedTest
  @CsvSource({"GET,/add-checkpoint,0,405", "POST,/,0,404", "POST,/add-checkpoint,5,400"})
  void whatIsNoRequestIsRefused(String method, String path, int bytes, int status)
      throws Exception {
    assertEquals(status, status(method, path, bytes));
  }

  @Test
  void aRequestThatIsTooLargeIsRefused() throws Exception {
    assertEquals(413, status("POST", "/add-checkpoint", AddCheckpoint.LONGEST + 1));
  }

  private int status(String method, String path, int bytes) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(
                method,
                HttpRequest.BodyPublishers.ofByteArray(
                    "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
