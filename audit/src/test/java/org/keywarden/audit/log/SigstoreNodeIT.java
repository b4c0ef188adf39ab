package org.keywarden.audit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.TlogProof;
import org.keywarden.audit.verify.LogReader;

/** {@code @sigstore/verify} from npm agrees with our checkpoints and proofs of inclusion. */
final class SigstoreNodeIT {
  /** Where {@code ./keywarden test} puts the package and those it needs. */
  private static final Path MODULES = Path.of("target/verifiers/node_modules").toAbsolutePath();

  private static final Path SCRIPT = Path.of("src/test/node/logcheck.js").toAbsolutePath();

  @TempDir private Path directory;

  @BeforeAll
  static void installed() {
    assertTrue(
        Files.isDirectory(MODULES.resolve("@sigstore/verify")),
        "no @sigstore/verify in " + MODULES + ": ./keywarden test installs it");
  }

  @ParameterizedTest
  @FieldSource("org.keywarden.audit.log.WrittenLog#LIVES")
  void sigstoreAgrees(String life) throws Exception {
    WrittenLog log = WrittenLog.of(life, directory.resolve("log"));
    assertEquals("holds: " + log.some().count() + " proofs", check(statement(log)));
  }

  @Test
  void sigstoreRefusesAChangedEntry() throws Exception {
    assertRefused("calculated root hash does not match inclusion proof", "entry");
  }

  @Test
  void sigstoreRefusesAnotherRoot() throws Exception {
    assertRefused("calculated root hash does not match inclusion proof", "root");
  }

  @Test
  void sigstoreRefusesAChangedCheckpoint() throws Exception {
    WrittenLog log = WrittenLog.ofSize(257, directory.resolve("log"));
    JsonObject statement = statement(log);
    statement.addProperty(
        "checkpoint", statement.get("checkpoint").getAsString().replaceFirst("\n257\n", "\n258\n"));
    assertEquals("refused: invalid checkpoint signature", check(statement));
  }

  private void assertRefused(String why, String changed) throws Exception {
    WrittenLog log = WrittenLog.ofSize(257, directory.resolve("log"));
    JsonObject statement = statement(log);
    JsonObject proof = statement.getAsJsonArray("proofs").get(2).getAsJsonObject();
    byte[] bytes = Base64.getDecoder().decode(proof.get(changed).getAsString());
    bytes[0] ^= 1;
    proof.addProperty(changed, Base64.getEncoder().encodeToString(bytes));
    assertEquals("refused: " + why, check(statement));
  }

  private static JsonObject statement(WrittenLog log) throws Exception {
    LogReader reader = new LogReader(log.files());
    String root = reader.checkpoint().root().base64();
    JsonArray proofs = new JsonArray();
    for (long index : log.some().toArray()) {
      TlogProof proof = reader.prove(index);
      JsonArray hashes = new JsonArray();
      proof.path().stream().map(Hash::base64).forEach(hashes::add);
      JsonObject each = new JsonObject();
      each.addProperty("index", Long.toString(index));
      each.addProperty("size", Long.toString(log.size()));
      each.addProperty("root", root);
      each.addProperty("entry", Base64.getEncoder().encodeToString(log.entry(index)));
      each.add("hashes", hashes);
      proofs.add(each);
    }
    JsonObject statement = new JsonObject();
    statement.addProperty("checkpoint", Files.readString(log.root().resolve("checkpoint")));
    JsonArray keys = new JsonArray();
    log.keys().stream().map(NoteKey::text).forEach(keys::add);
    statement.add("keys", keys);
    statement.add("proofs", proofs);
    return statement;
  }

  private String check(JsonObject statement) throws Exception {
    Path file = Files.writeString(directory.resolve("statement"), new Gson().toJson(statement));
    ProcessBuilder node = new ProcessBuilder("node", SCRIPT.toString(), file.toString());
    node.environment().put("NODE_PATH", MODULES.toString());
    Process process = node.redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
