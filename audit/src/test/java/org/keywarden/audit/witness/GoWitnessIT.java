package org.keywarden.audit.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.MemoryFiles;
import org.keywarden.audit.witness.Witnessing.Outcome;

/**
 * A witness made of Go's own {@code note}, {@code tlog} and {@code net/http} beside one of ours:
 * both cosign a log that grows, by HTTP and with our proofs, and what is kept meets a policy that
 * asks for both; the one written in Go notices another history; Go's check agrees with what is kept
 * of ours.
 */
final class GoWitnessIT {
  private static final Ed25519Check CHECK = new Ed25519Check();
  private static final Ed25519Signer OURS =
      new Ed25519Signer("ours.test/w", NoteKey.COSIGNATURE, new byte[32]);
  private static final Ed25519Signer LOG =
      new Ed25519Signer("log.test/grants", NoteKey.ED25519, new byte[32]);

  @TempDir static Path directory;
  private static Path gowitness;

  private final Witness ours =
      new Witness(OURS, List.of(LOG.key()), new MemoryFiles(), CHECK, () -> 1_800_000_000L);
  private Process process;
  private TrustPolicy policy;

  @BeforeAll
  static void build() throws Exception {
    gowitness = GoTools.build("gowitness", directory);
  }

  @BeforeEach
  void start() throws Exception {
    process =
        new ProcessBuilder(gowitness.toString(), "go.test/w", LOG.key().text())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = process.inputReader();
    String key = said.readLine();
    policy =
        TrustPolicy.parse(
            "witness go %s http://127.0.0.1:%s\nwitness ours %s http://ours.test\n"
                    .formatted(key, said.readLine(), OURS.key().text())
                + "group both all go ours\nquorum both\n");
  }

  @AfterEach
  void stop() throws Exception {
    process.getOutputStream().close();
    process.waitFor();
  }

  private static void grow(MemoryFiles files, String content, int by) throws IOException {
    LogWriter writer =
        LogWriter.open(files, LOG, Runnable::run, LogWriter.Settings.DEFAULT, Long.MAX_VALUE);
    KeyHistory.ensure(files, LOG.key());
    for (int i = 0; i < by; i++) {
      writer.append(
          (content + i).getBytes(StandardCharsets.UTF_8),
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

  private Witnessing.Results witness(MemoryFiles files) throws IOException {
    try (WitnessClient client = new WitnessClient()) {
      return new Witnessing(
              files,
              policy,
              CHECK,
              (URI prefix, AddCheckpoint request) ->
                  prefix.getHost().equals("ours.test")
                      ? ours.add(request.encode())
                      : client.add(prefix, request))
          .run();
    }
  }

  @Test
  void bothCosignALogThatGrows() throws Exception {
    Path tool = GoTools.build("cosigcheck", directory);
    MemoryFiles files = new MemoryFiles();
    for (int by : List.of(1, 6, 1, 300, 0, 700)) {
      grow(files, "a", by);
      Witnessing.Results results = witness(files);
      assertTrue(results.quorum(), results.toString());
      Witnessed witnessed = Witnessed.check(files, List.of(LOG.key()), policy, CHECK);
      assertEquals(List.of(), witnessed.problems());
      assertEquals(2, witnessed.proved().size());
      Path kept = Files.write(directory.resolve("kept"), files.read("cosignatures"));
      assertEquals(
          "cosigned at 1800000000",
          GoTools.run(
              new ProcessBuilder(
                  tool.toString(), kept.toString(), LOG.key().text(), OURS.key().text())));
    }
  }

  @Test
  void anotherHistoryAndAnOlderOneAreRefusedByBoth() throws Exception {
    MemoryFiles files = new MemoryFiles();
    grow(files, "a", 10);
    MemoryFiles older = files.copy();
    grow(files, "a", 300);
    assertTrue(witness(files).quorum());
    assertContradicted(witness(older));
    grow(older, "b", 900);
    assertContradicted(witness(older));
  }

  private static void assertContradicted(Witnessing.Results results) {
    assertEquals(
        List.of(Outcome.CONTRADICTED, Outcome.CONTRADICTED),
        results.each().stream().map(Witnessing.Result::outcome).toList(),
        results.toString());
  }

  @Test
  void aChangedCosignatureOfGosIsRefused() throws Exception {
    MemoryFiles files = new MemoryFiles();
    grow(files, "a", 10);
    assertTrue(witness(files).quorum());
    byte[] bytes = files.read("cosignatures");
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int signatures = text.indexOf("\n\n") + 2;
    int cosignatures = text.indexOf('\n', signatures) + 1;
    for (int offset = 0; offset < bytes.length; offset++) {
      byte[] changed = bytes.clone();
      changed[offset] ^= 1;
      files.tamper("cosignatures", changed);
      Witnessed witnessed = Witnessed.check(files, List.of(LOG.key()), policy, CHECK);
      // The line of the log's own key is for the verification of the log.
      boolean ownLine = offset >= signatures && offset < cosignatures;
      assertTrue(ownLine || !witnessed.problems().isEmpty(), "byte " + offset);
    }
  }
}
