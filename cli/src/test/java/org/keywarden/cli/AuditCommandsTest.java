package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.log.OwnerKeys;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.TlogProof;
import org.keywarden.audit.record.ApplicationNames;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.proto.audit.v1.BrokerStarted;
import org.keywarden.proto.audit.v1.BrokerStopped;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.GrantClosed;
import org.keywarden.proto.audit.v1.GrantIssued;
import org.keywarden.proto.audit.v1.PolicyLoaded;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.SigningKey;
import picocli.CommandLine;

/** The commands on a log of six records. */
final class AuditCommandsTest {
  private static final long START = 1_700_000_000;

  @TempDir private Path state;
  private long time = START;

  @BeforeEach
  void write() throws IOException {
    OwnerKeys owner = new OwnerKeys(state, new SecureRandom());
    ApplicationNames names = owner.applications();
    DiskFiles files = new DiskFiles(owner.logDirectory());
    try (Ed25519Signer signer = owner.signer()) {
      LogWriter writer =
          LogWriter.open(files, signer, Runnable::run, LogWriter.Settings.DEFAULT, Long.MAX_VALUE);
      KeyHistory.ensure(files, signer.key());
      append(writer, Record.newBuilder().setBrokerStarted(BrokerStarted.getDefaultInstance()));
      append(writer, Record.newBuilder().setSigningKey(SigningKey.getDefaultInstance()));
      append(
          writer,
          Record.newBuilder()
              .setGrantIssued(
                  GrantIssued.newBuilder()
                      .setSerial(1)
                      .setGrant(1)
                      .setPlugin("kana")
                      .setApplication(names.hide("org.example.Editor"))));
      append(
          writer,
          Record.newBuilder()
              .setGrantClosed(
                  GrantClosed.newBuilder()
                      .setGrant(1)
                      .setReason(CloseReason.CLOSE_REASON_FIELD_SECRET)));
      append(
          writer,
          Record.newBuilder().setBrokerStopped(BrokerStopped.newBuilder().setLastSerial(1)));
      writer.stop().join();
    }
  }

  private void append(LogWriter writer, Record.Builder record) {
    byte[] entry =
        RecordCodec.encode(
            record.setTime(time++).setStart(ByteString.copyFrom(new byte[16])).build());
    writer.append(
        entry,
        new LogWriter.Receipt() {
          @Override
          public void durable(long index) {}

          @Override
          public void failed(IOException reason) {
            throw new AssertionError(reason);
          }
        });
  }

  private Outcome audit(String... words) {
    return Outcome.of(
        Stream.concat(
                Stream.of("audit"),
                Stream.concat(Stream.of(words), Stream.of("--state-dir=" + state)))
            .toArray(String[]::new));
  }

  @Test
  void tailShowsTheNewest() {
    Outcome done = audit("tail", "-n", "2");
    assertEquals(0, done.exitCode(), done.err());
    assertEquals(3, done.out().lines().count(), done.out());
    assertTrue(done.out().contains("grant closed"), done.out());
    assertTrue(done.out().contains("reason field secret"), done.out());
    assertTrue(done.out().contains("broker stopped"), done.out());
  }

  /** Tells when a word was written. */
  private static final class Told extends java.io.Writer {
    private final StringBuilder said = new StringBuilder();
    private final CountDownLatch five = new CountDownLatch(1);
    private final CountDownLatch word = new CountDownLatch(1);

    @Override
    public synchronized void write(char[] buffer, int offset, int length) {
      said.append(buffer, offset, length);
      if (said.indexOf("broker stopped") >= 0) {
        five.countDown();
      }
      if (said.indexOf("policy loaded") >= 0) {
        word.countDown();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void tailFollowsWhatIsWrittenLater() throws IOException, InterruptedException {
    Told told = new Told();
    CommandLine line = Main.commandLine(false);
    line.setOut(new PrintWriter(told));
    Thread follower =
        Thread.ofPlatform()
            .start(() -> line.execute("audit", "tail", "-f", "--state-dir", state.toString()));
    assertTrue(told.five.await(20, TimeUnit.SECONDS), "what is there");
    OwnerKeys owner = new OwnerKeys(state, new SecureRandom());
    try (Ed25519Signer signer = owner.signer()) {
      LogWriter writer =
          LogWriter.open(
              new DiskFiles(owner.logDirectory()),
              signer,
              Runnable::run,
              LogWriter.Settings.DEFAULT,
              Long.MAX_VALUE);
      append(writer, Record.newBuilder().setPolicyLoaded(PolicyLoaded.getDefaultInstance()));
      writer.stop().join();
    }
    assertTrue(told.word.await(20, TimeUnit.SECONDS), "what came later");
    follower.interrupt();
    follower.join();
  }

  @Test
  void pruneRemovesWhatIsOldAndSaysSoInTheLog() throws IOException {
    assertEquals("Nothing is older, or fills a bundle.\n", prune("--dry-run").out());
    OwnerKeys owner = new OwnerKeys(state, new SecureRandom());
    try (Ed25519Signer signer = owner.signer()) {
      LogWriter writer =
          LogWriter.open(
              new DiskFiles(owner.logDirectory()),
              signer,
              Runnable::run,
              new LogWriter.Settings(1, 100),
              Long.MAX_VALUE);
      append(writer, Record.newBuilder().setBrokerStarted(BrokerStarted.getDefaultInstance()));
      for (int i = 0; i < 600; i++) {
        append(writer, Record.newBuilder().setPolicyLoaded(PolicyLoaded.getDefaultInstance()));
        if (i % 8 == 0) {
          writer.checkpoint().join();
        }
      }
      append(writer, Record.newBuilder().setBrokerStopped(BrokerStopped.getDefaultInstance()));
      writer.stop().join();
    }
    assertEquals("Entries 0 to 511 would be removed.\n", prune("--dry-run").out());
    assertEquals("Entries are kept from 256 on.\n", prune().out());
    Outcome verified = audit("verify");
    assertEquals(0, verified.exitCode(), verified.out());
    assertTrue(verified.out().contains("pruned entries below 256"), verified.out());
    assertEquals(64, audit("prune").exitCode());
  }

  private Outcome prune(String... more) {
    return audit(
        Stream.concat(Stream.of("prune", "--older-than=30"), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void queriesFindGrantsByPluginApplicationReasonTimeAndKind() {
    String whole = audit("query", "--json").out();
    assertEquals(5, whole.lines().count());
    assertEquals(2, audit("query", "--json", "--plugin=kana").out().lines().count());
    assertEquals(0, audit("query", "--json", "--plugin=other").out().lines().count());
    assertEquals(
        2, audit("query", "--json", "--application=org.example.Editor").out().lines().count());
    assertEquals(1, audit("query", "--json", "--reason=field-secret").out().lines().count());
    assertEquals(1, audit("query", "--json", "--kind=grant-issued").out().lines().count());
    assertEquals(2, audit("query", "--json", "--since=2023-11-14T22:13:23Z").out().lines().count());
    assertEquals(64, audit("query", "--since=yesterday").exitCode());
  }

  @Test
  void exportIsJsonLines() {
    Outcome done = audit("export");
    JsonObject first =
        JsonParser.parseString(done.out().lines().findFirst().orElseThrow()).getAsJsonObject();
    assertEquals(0, first.get("entry").getAsLong());
    assertTrue(first.has("brokerStarted"));
    assertFalse(done.out().contains("Editor"));
  }

  @Test
  void verifySaysWhatHoldsAndWhatIsWrong() throws IOException {
    Outcome good = audit("verify");
    assertEquals(0, good.exitCode(), good.out());
    assertTrue(good.out().startsWith("The log holds: 5 entries."), good.out());
    String key = audit("key").out().strip();
    Path kept = state.resolve("kept");
    Files.copy(state.resolve("log/checkpoint"), kept);
    Outcome pinned = audit("verify", "--json", "--key=" + key, "--checkpoint=" + kept);
    assertEquals(0, pinned.exitCode(), pinned.out());
    Path bundle = state.resolve("log/tile/entries/000.p/5");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[9] ^= 1;
    Files.write(bundle, bytes);
    Outcome bad = audit("verify");
    assertEquals(1, bad.exitCode());
    assertTrue(bad.out().contains("entry 0 in tile/entries/000.p/5"), bad.out());
    assertEquals(64, audit("verify", "--key=none").exitCode());
    assertEquals(66, audit("verify", "--checkpoint=/nonexistent").exitCode());
  }

  @Test
  void aProofHoldsWithoutTheLog() throws Exception {
    TlogProof proof = TlogProof.parse(audit("prove", "3").out());
    NoteKey key = NoteKey.parse(audit("key").out().strip());
    byte[][] entry = new byte[1][];
    new org.keywarden.audit.verify.LogReader(new DiskFiles(state.resolve("log")))
        .visit(
            3,
            (index, bytes) -> {
              entry[0] = bytes;
              return false;
            });
    assertTrue(proof.holds(Rfc6962.leaf(entry[0]), key, new Ed25519Check()));
    assertEquals(1, audit("prove", "5").exitCode());
  }

  @Test
  void revealNamesTheApplicationToTheOwnerOnly() throws IOException {
    JsonObject found =
        JsonParser.parseString(audit("reveal", "2", "--json").out()).getAsJsonObject();
    assertEquals("org.example.Editor", found.get("application").getAsString());
    byte[] salt = HexFormat.of().parseHex(found.get("salt").getAsString());
    assertEquals(
        found.get("commitment").getAsString(),
        HexFormat.of().formatHex(ApplicationNames.commitment("org.example.Editor", salt)));
    assertEquals(1, audit("reveal", "1").exitCode());
    Files.delete(state.resolve("application-key"));
    assertEquals(66, audit("reveal", "2").exitCode());
    assertFalse(Files.exists(state.resolve("application-key")));
  }

  @Test
  void keysRotateAndTheLogStillHolds() {
    String old = audit("key").out().strip();
    Outcome rotated = audit("key", "--rotate");
    assertEquals(0, rotated.exitCode(), rotated.err());
    assertEquals(2, rotated.out().lines().count(), rotated.out());
    assertTrue(rotated.out().startsWith(old));
    Outcome verified = audit("verify", "--key=" + old);
    assertEquals(0, verified.exitCode(), verified.out());
  }

  @Test
  void noLogExitsWith66(@TempDir Path empty) {
    Outcome done = Outcome.of("audit", "verify", "--state-dir=" + empty);
    assertEquals(66, done.exitCode());
    assertTrue(done.err().contains("there is no log"), done.err());
  }
}
