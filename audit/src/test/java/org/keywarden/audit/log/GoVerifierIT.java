package org.keywarden.audit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.verify.LogReader;

/** Go's own {@code note} and {@code tlog} agree on logs we write, and refuse changed ones. */
final class GoVerifierIT {
  @TempDir static Path tool;
  @TempDir Path directory;
  private final TestLog log = new TestLog();

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
  @ValueSource(ints = {0, 1, 255, 256, 257, 70_000})
  void goAgrees(int size) throws Exception {
    write(directory, size);
    assertHolds(check(directory, TestLog.SIGNER.key()), size, size);
  }

  @Test
  void goAgreesAfterACrash() throws Exception {
    Path crashed = directory.resolve("crashed");
    LogWriter writer = log.open(new DiskFiles(directory.resolve("running")));
    log.append(writer, 300);
    copy(directory.resolve("running"), crashed);
    writer.stop().join();
    log.open(new DiskFiles(crashed)).stop().join();
    assertHolds(check(crashed, TestLog.SIGNER.key()), 300, 300);
  }

  @Test
  void goAgreesAfterRotation() throws Exception {
    OwnerKeys owner = new OwnerKeys(directory, new SecureRandom());
    NoteKey old;
    try (Ed25519Signer signer = owner.signer()) {
      old = signer.key();
      DiskFiles files = new DiskFiles(owner.logDirectory());
      LogWriter writer =
          LogWriter.open(files, signer, Runnable::run, TestLog.SMALL, Long.MAX_VALUE);
      KeyHistory.ensure(files, old);
      log.append(writer, 20);
      writer.stop().join();
    }
    NoteKey next = KeyRotation.rotate(directory, new SecureRandom(), 1);
    assertHolds(check(owner.logDirectory(), next), 21, 21);
    assertHolds(check(owner.logDirectory(), old), 21, 21);
  }

  @Test
  void goAgreesAfterPruning() throws Exception {
    LogWriter writer = log.open(new DiskFiles(directory));
    log.append(writer, 1_000);
    writer.prune(512).join();
    // What the write-ahead log still held goes once the bundle begun then is full.
    log.append(writer, 300);
    writer.prune(512).join();
    writer.stop().join();
    assertEquals(512, Pruning.minimum(new DiskFiles(directory)));
    assertFalse(Files.exists(directory.resolve("tile/entries/001")));
    assertHolds(check(directory, TestLog.SIGNER.key()), 1_300, 788);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint", "tile/0/000", "tile/entries/000", "tile/entries/001.p/1"})
  void goRefusesAChangedFile(String name) throws Exception {
    write(directory, 257);
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
    write(directory, 257);
    Path proofs = proofs(directory);
    String text = Files.readString(proofs);
    String line = text.lines().filter(l -> l.startsWith(kind + " ")).findFirst().orElseThrow();
    int at = kind.length() + 2;
    char other = line.charAt(at) == 'A' ? 'B' : 'A';
    Files.writeString(
        proofs, text.replace(line, line.substring(0, at) + other + line.substring(at + 1)));
    assertRefused(check(directory, TestLog.SIGNER.key(), proofs));
  }

  private void write(Path root, int size) throws IOException {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      LogWriter writer =
          LogWriter.open(
              new DiskFiles(root), TestLog.SIGNER, thread, TestLog.SMALL, Long.MAX_VALUE);
      for (int i = 0; i < size; i++) {
        log.append(writer, LogReading.entry(i));
      }
      writer.checkpoint().join();
      writer.stop().join();
    }
    assertEquals(size, log.confirmed.size());
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

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.collect(Collectors.toList());
    }
    for (Path path : all) {
      Files.copy(path, to.resolve(from.relativize(path).toString()));
    }
  }
}
