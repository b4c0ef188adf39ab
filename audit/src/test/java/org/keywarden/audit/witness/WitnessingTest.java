package org.keywarden.audit.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.log.FileNames;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.MemoryFiles;

/** How a log has itself cosigned, what comes of each answer, and what is told of it. */
final class WitnessingTest {
  private static final long NOW = 1_800_000_000L;
  private static final int SIZE = 5;
  private static final Ed25519Check CHECK = new Ed25519Check();
  private static final Ed25519Signer SIGNER =
      new Ed25519Signer("witness.test/w", NoteKey.COSIGNATURE, new byte[32]);
  private static final NoteKey LOG = GrowingLog.SIGNER.key();

  private final MemoryFiles files = new MemoryFiles();
  private final Witness witness =
      new Witness(SIGNER, List.of(LOG), new MemoryFiles(), CHECK, () -> NOW);
  private int asked;

  WitnessingTest() throws IOException {
    byte[] hashes = new byte[SIZE * 32];
    for (int i = 0; i < SIZE; i++) {
      Rfc6962.leaf(("a" + i).getBytes(StandardCharsets.UTF_8)).copyTo(hashes, i * 32);
    }
    files.write("tile/0/000.p/" + SIZE, hashes);
    files.write(FileNames.CHECKPOINT, bytes(GrowingLog.of("a", SIZE).checkpoint().encoded()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static TrustPolicy policy(String text) throws Malformed {
    return TrustPolicy.parse(text.replace("KEY", SIGNER.key().text()).replace("LOG", LOG.text()));
  }

  private static final String ONE = "log LOG\nwitness w KEY https://w.test\nquorum w\n";

  private Witnessing.Results run(Witnessing.Asker asker) throws IOException, Malformed {
    return new Witnessing(
            files,
            policy(ONE),
            CHECK,
            (prefix, request) -> {
              assertEquals(URI.create("https://w.test"), prefix);
              asked++;
              return asker.add(prefix, request);
            })
        .run();
  }

  private Answer honest(URI prefix, AddCheckpoint request) throws IOException {
    return witness.add(request.encode());
  }

  private Witnessed told(String policy) throws IOException, Malformed {
    return Witnessed.check(files, List.of(LOG), policy(policy), CHECK);
  }

  private void cosigned(Witnessing.Results results) throws IOException, Malformed {
    assertTrue(results.quorum());
    assertEquals(SIZE, results.checkpoint().size());
    assertEquals(
        List.of(new Witnessing.Result("w", Witnessing.Outcome.COSIGNED, Optional.of(NOW), "")),
        results.each());
    Witnessed told = told(ONE);
    assertEquals(List.of(), told.problems());
    assertEquals(
        List.of("Witness w saw this log with 5 entries at 2027-01-15T08:00:00Z."), told.proved());
    assertEquals(2, told.note().orElseThrow().signatures().size());
  }

  @Test
  void aWitnessThatHasSeenNothingCosigns() throws Exception {
    cosigned(run(this::honest));
    assertEquals(1, asked);
    cosigned(run(this::honest));
    assertEquals(3, asked, "once for its size");
  }

  @Test
  void aWitnessThatHasSeenLessGetsAProof() throws Exception {
    assertInstanceOf(Answer.Cosigned.class, witness.add(GrowingLog.of("a", 3).request(0)));
    cosigned(run(this::honest));
    assertEquals(2, asked);
  }

  private void notCosigned(Witnessing.Outcome outcome, String why, Witnessing.Asker asker)
      throws IOException, Malformed {
    Witnessing.Results results = run(asker);
    assertFalse(results.quorum());
    Witnessing.Result result = results.each().getFirst();
    assertEquals(outcome, result.outcome());
    assertEquals(Optional.empty(), result.time());
    assertTrue(result.explanation().contains(why), result.explanation());
    assertFalse(files.exists(FileNames.COSIGNATURES));
  }

  @Test
  void aWitnessThatHasSeenMoreContradicts() throws Exception {
    witness.add(GrowingLog.of("a", 7).request(0));
    notCosigned(Witnessing.Outcome.CONTRADICTED, "has cosigned 7 entries", this::honest);
  }

  @Test
  void aWitnessThatHasSeenAnotherHistoryContradicts() throws Exception {
    witness.add(GrowingLog.of("b", 3).request(0));
    notCosigned(Witnessing.Outcome.CONTRADICTED, "does not extend", this::honest);
  }

  @Test
  void otherAnswersAreNoUse() throws Exception {
    notCosigned(
        Witnessing.Outcome.FAILED, "another size each time", (p, r) -> new Answer.OtherSize(5));
    assertEquals(3, asked);
    Witnessing.Outcome failed = Witnessing.Outcome.FAILED;
    notCosigned(failed, "does not witness this log", (p, r) -> new Answer.UnknownLog());
    notCosigned(failed, "by another key", (p, r) -> new Answer.NotSigned());
    notCosigned(failed, "unreadable", (p, r) -> new Answer.Unreadable("unreadable"));
    notCosigned(
        failed,
        "broken",
        (p, r) -> {
          throw new IOException("broken");
        });
    notCosigned(
        failed,
        "java.io.IOException",
        (p, r) -> {
          throw new IOException();
        });
  }

  @Test
  void aCosignatureThatDoesNotHoldOrIsAnothersIsNone() throws Exception {
    String why = "does not hold for the key in the policy";
    SignedNote.Signature wrong = Cosignatures.sign("other\n", SIGNER, NOW);
    notCosigned(Witnessing.Outcome.FAILED, why, (p, r) -> new Answer.Cosigned(List.of(wrong)));
    SignedNote.Signature others = new SignedNote.Signature("other", 1, new byte[72]);
    notCosigned(Witnessing.Outcome.FAILED, why, (p, r) -> new Answer.Cosigned(List.of(others)));
  }

  @Test
  void aWitnessWithoutUrlIsNotAsked() throws Exception {
    Witnessing.Results results =
        new Witnessing(files, policy("witness w KEY\nquorum w"), CHECK, this::honest).run();
    assertEquals("the policy has no URL for it", results.each().getFirst().explanation());
  }

  // What is told.

  @Test
  void whatIsMissingIsTold() throws Exception {
    assertEquals(
        List.of("no witness has cosigned this log; see: keywarden audit witness"),
        told(ONE).problems());
    files.write(FileNames.COSIGNATURES, bytes("x"));
    assertTrue(told(ONE).problems().getFirst().startsWith("the file cosignatures is damaged: "));
    files.write(FileNames.COSIGNATURES, bytes(GrowingLog.of("a", SIZE).checkpoint().encoded()));
    String quorum = "the policy's quorum is not reached: ";
    assertEquals(List.of(quorum + "none of its witnesses has cosigned"), told(ONE).problems());
    run(this::honest);
    String two =
        ONE.replace("quorum w", "witness v " + other().text() + "\ngroup g all w v\nquorum g");
    assertEquals(List.of(quorum + "only w"), told(two).problems());
    String elsewhere = ONE.replace("log LOG", "log " + otherLog().text());
    assertEquals(List.of("the policy is for other logs than this one"), told(elsewhere).problems());
    assertEquals(List.of(), told(ONE.replace("log LOG\n", "")).problems());
  }

  private static NoteKey other() {
    byte[] seed = new byte[32];
    seed[0] = 1;
    return new Ed25519Signer("witness.test/v", NoteKey.COSIGNATURE, seed).key();
  }

  private static NoteKey otherLog() {
    byte[] seed = new byte[32];
    seed[0] = 1;
    return new Ed25519Signer("log.test/other", NoteKey.ED25519, seed).key();
  }

  // The witness.

  @Test
  void anEmptyLogHasTheEmptyRoot() throws Exception {
    Checkpoint empty = new Checkpoint(GrowingLog.ORIGIN, 0, Rfc6962.leaf(new byte[0]));
    SignedNote note = SignedNote.sign(empty.text(), GrowingLog.SIGNER);
    assertEquals(
        new Answer.Inconsistent(), witness.add(new AddCheckpoint(0, List.of(), note).encode()));
  }

  @Test
  void eachLogIsRememberedForItself() throws Exception {
    byte[] seed = new byte[32];
    Ed25519Signer another = new Ed25519Signer("log.test/another", NoteKey.ED25519, seed);
    Witness both =
        new Witness(SIGNER, List.of(LOG, another.key()), new MemoryFiles(), CHECK, () -> NOW);
    assertInstanceOf(Answer.Cosigned.class, both.add(GrowingLog.of("a", 3).request(0)));
    Checkpoint first = new Checkpoint("log.test/another", 1, Rfc6962.leaf(new byte[0]));
    SignedNote note = SignedNote.sign(first.text(), another);
    assertInstanceOf(
        Answer.Cosigned.class, both.add(new AddCheckpoint(0, List.of(), note).encode()));
  }

  @Test
  void aPolicyMayBeForSeveralLogsAndSaysWhatAGroupLacks() throws Exception {
    assertEquals(2, policy("log LOG\nlog " + otherLog().text() + "\nquorum none").logs().size());
    Malformed refused =
        assertThrows(Malformed.class, () -> policy("witness w KEY\ngroup g 1\nquorum g"));
    assertEquals("line 2: group <name> <how many> <member>...", refused.reason());
  }

  // Its client.

  private static Answer answered(int status, String text) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/p/add-checkpoint",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, text.isEmpty() ? -1 : text.length());
          exchange.getResponseBody().write(text.getBytes(StandardCharsets.ISO_8859_1));
          exchange.close();
        });
    server.start();
    AddCheckpoint request = new AddCheckpoint(0, List.of(), GrowingLog.of("a", 3).checkpoint());
    URI prefix = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/p");
    try (WitnessClient client = new WitnessClient(Duration.ofSeconds(60))) {
      return client.add(prefix, request);
    } finally {
      server.stop(0);
    }
  }

  private static void noAnswer(int status, String text) {
    assertThrows(IOException.class, () -> answered(status, text));
  }

  @Test
  void eachStatusIsAnAnswer() throws Exception {
    assertEquals(new Answer.OtherSize(7), answered(409, "7\n"));
    assertEquals(new Answer.OtherSize(0), answered(409, "0\n"));
    for (String wrong : new String[] {"7", "07\n", "-1\n", "x\n", "7\n\n"}) {
      noAnswer(409, wrong);
    }
    assertInstanceOf(Answer.Unreadable.class, answered(400, ""));
    assertEquals(new Answer.NotSigned(), answered(403, ""));
    assertEquals(new Answer.UnknownLog(), answered(404, ""));
    assertEquals(new Answer.Inconsistent(), answered(422, ""));
    noAnswer(500, "");
  }

  @Test
  void cosignaturesAreLinesAndNothingElse() throws Exception {
    // The dash of a signature line is three bytes of UTF-8.
    String line =
        new String(bytes(Cosignatures.sign("t\n", SIGNER, 1).line()), StandardCharsets.ISO_8859_1);
    assertEquals(1, ((Answer.Cosigned) answered(200, line)).signatures().size());
    noAnswer(200, "");
    noAnswer(200, "more\n\n" + line);
    noAnswer(200, "x\n");
  }
}
