package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.TlogProof;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.verify.LogReader;

/** The commands, again and again, on a log whose writer goes on as fast as it can. */
final class AuditBesideWriterTest {
  private static final int TIMES = 10;

  /** So that the log does not outgrow a machine that is slow to read it. */
  private static final int MOST_CHECKPOINTS = 400;

  /** Files of the write-ahead log come and go all the time. */
  private static final LogWriter.Settings SMALL = new LogWriter.Settings(20_000, 1 << 16);

  @TempDir private Path state;
  private final AtomicBoolean enough = new AtomicBoolean();
  private final ExecutorService broker = Executors.newSingleThreadExecutor();
  private SampleLog log;
  private Future<?> writing;

  @BeforeEach
  void write() throws Exception {
    log = new SampleLog(state, SMALL);
    log.begin();
    log.register(1, "org.example.kana");
    log.type(1, "org.example.kana", 100);
    log.checkpoint();
    writing =
        broker.submit(
            () -> {
              for (int i = 0; i < MOST_CHECKPOINTS && !enough.get(); i++) {
                log.type(1, "org.example.kana", 5);
                log.checkpoint();
              }
            });
  }

  @AfterEach
  void stop() throws Exception {
    enough.set(true);
    writing.get();
    broker.shutdown();
    log.close();
  }

  private String audit(String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "audit";
    System.arraycopy(words, 0, all, 1, words.length);
    all[all.length - 1] = "--state-dir=" + state;
    Outcome outcome = Outcome.of(all);
    assertEquals(0, outcome.exitCode(), String.join(" ", words) + ": " + outcome);
    assertEquals("", outcome.err());
    return outcome.out();
  }

  private static long entry(String line) {
    return JsonParser.parseString(line).getAsJsonObject().get("entry").getAsLong();
  }

  /** Consecutive entries; returns the last. */
  private static long consecutive(String lines) {
    List<Long> entries = lines.lines().map(AuditBesideWriterTest::entry).toList();
    for (int i = 1; i < entries.size(); i++) {
      assertEquals(entries.get(i - 1) + 1, entries.get(i));
    }
    return entries.getLast();
  }

  @Test
  void verify() {
    long size = 0;
    for (int i = 0; i < TIMES; i++) {
      JsonObject verdict = JsonParser.parseString(audit("verify", "--json")).getAsJsonObject();
      assertTrue(verdict.get("holds").getAsBoolean());
      assertTrue(verdict.get("size").getAsLong() >= size, "it only grows");
      size = verdict.get("size").getAsLong();
    }
  }

  @Test
  void tailAndExport() {
    long last = 0;
    for (int i = 0; i < TIMES; i++) {
      long newest = consecutive(audit("tail", "--json", "-n", "300"));
      assertTrue(newest >= last, "what was seen stays");
      String whole = audit("export");
      assertEquals(0, entry(whole.lines().findFirst().orElseThrow()));
      last = consecutive(whole);
      assertTrue(last >= newest, "what was seen stays");
    }
  }

  @Test
  void query() {
    for (int i = 0; i < TIMES; i++) {
      long serial = 0;
      for (String line : audit("query", "--json", "--kind=grant-issued").lines().toList()) {
        JsonObject record = JsonParser.parseString(line).getAsJsonObject();
        serial++;
        assertEquals(serial, record.getAsJsonObject("grantIssued").get("serial").getAsLong());
      }
      assertTrue(serial > 0);
    }
  }

  @Test
  void prove() throws Exception {
    Random random = new Random(1);
    NoteKey key = NoteKey.parse(audit("key").strip());
    LogReader reader = new LogReader(new DiskFiles(state.resolve("log")));
    for (int i = 0; i < 2 * TIMES; i++) {
      long index = random.nextLong(reader.checkpoint().size());
      byte[][] entry = new byte[1][];
      reader.visit(
          index,
          (at, bytes) -> {
            entry[0] = bytes;
            return false;
          });
      TlogProof proof = TlogProof.parse(audit("prove", Long.toString(index)));
      assertTrue(proof.holds(Rfc6962.leaf(entry[0]), key, new Ed25519Check()), "entry " + index);
    }
  }

  @Test
  void report() throws Exception {
    Path page = state.resolve("report.html");
    for (int i = 0; i < TIMES; i++) {
      String said = audit("report", "--out=" + page);
      assertTrue(said.startsWith("The log holds. "), said);
      assertTrue(Files.size(page) > 0);
    }
  }
}
