package org.keywarden.audit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.verify.LogReader;

/** Go's own {@code note} and {@code tlog} agree on logs we write, and refuse changed ones. */
final class GoVerifierIT {
  @TempDir static Path tool;
  @TempDir Path directory;

  @BeforeAll
  static void build() throws Exception {
    ProcessBuilder go =
        new ProcessBuilder(
            "go", "build", "-o", tool.resolve("logcheck").toString(), "src/test/go/logcheck.go");
    go.environment().put("GO111MODULE", "off");
    go.environment().put("GOPATH", "/usr/share/gocode");
    go.environment().put("GOCACHE", tool.resolve("cache").toString());
    assertEquals("", run(go));
  }

  @ParameterizedTest
  @FieldSource("org.keywarden.audit.log.WrittenLog#LIVES")
  void goAgrees(String life) throws Exception {
    WrittenLog log = WrittenLog.of(life, directory);
    assertHolds(check(log.root(), log.key()), log.size(), log.size() - log.minimum());
  }

  @Test
  void goAgreesWithTheKeyOfBeforeARotation() throws Exception {
    WrittenLog log = WrittenLog.of("rotated", directory);
    NoteKey first = log.keys().getFirst();
    assertNotEquals(first, log.key());
    assertHolds(check(log.root(), first), log.size(), log.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint", "tile/0/000", "tile/entries/000", "tile/entries/001.p/1"})
  void goRefusesAChangedFile(String name) throws Exception {
    WrittenLog.ofSize(257, directory);
    Path proofs = proofs(directory);
    Path file = directory.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertRefused(check(directory, TestLog.SIGNER.key(), proofs));
  }

  @ParameterizedTest
  @ValueSource(strings = {"inclusion 0", "consistency 100"})
  void goRefusesAChangedProof(String kind) throws Exception {
    WrittenLog.ofSize(257, directory);
    Path proofs = proofs(directory);
    String text = Files.readString(proofs);
    String line = text.lines().filter(l -> l.startsWith(kind + " ")).findFirst().orElseThrow();
    int at = kind.length() + 2;
    char other = line.charAt(at) == 'A' ? 'B' : 'A';
    Files.writeString(
        proofs, text.replace(line, line.substring(0, at) + other + line.substring(at + 1)));
    assertRefused(check(directory, TestLog.SIGNER.key(), proofs));
  }

  private static String check(Path root, NoteKey key) throws Exception {
    return check(root, key, proofs(root));
  }

  private static String check(Path root, NoteKey key, Path proofs) throws Exception {
    return run(
        new ProcessBuilder(
            tool.resolve("logcheck").toString(), root.toString(), key.text(), proofs.toString()));
  }

  /** Our proofs of the newest entry and some others, and from some older sizes. */
  private static Path proofs(Path root) throws IOException {
    DiskFiles files = new DiskFiles(root);
    LogReader reader = new LogReader(files);
    long size = reader.checkpoint().size();
    long minimum = Pruning.minimum(files);
    StringBuilder text = new StringBuilder();
    for (long index : List.of(minimum, minimum + 1, minimum + 200, size - 1)) {
      if (index >= minimum && index < size) {
        line(text, "inclusion", index, reader.prove(index).path());
      }
    }
    for (long older : List.of(minimum + 1, minimum + 100, minimum + 256, size)) {
      if (older > 0 && older <= size) {
        line(text, "consistency", older, reader.proofs(size).consistency(older, size));
      }
    }
    return Files.writeString(tool.resolve("proofs"), text);
  }

  private static void line(StringBuilder text, String kind, long number, List<Hash> path) {
    text.append(kind).append(' ').append(number);
    path.forEach(hash -> text.append(' ').append(hash.base64()));
    text.append('\n');
  }

  private static String run(ProcessBuilder command) throws Exception {
    Process process = command.redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() <= 1 ? said : "ended with " + process.exitValue() + ": " + said;
  }

  private static void assertHolds(String said, long size, long read) {
    String start = String.format(Locale.ROOT, "holds: %d entries, %d read, ", size, read);
    assertTrue(said.startsWith(start), said);
    assertEquals(size == 0, said.endsWith(" 0 proofs"), said);
  }

  private static void assertRefused(String said) {
    assertTrue(said.startsWith("refused: "), said);
  }
}
