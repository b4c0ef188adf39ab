package org.keywarden.audit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.store.FaultyFiles;
import org.keywarden.audit.store.FaultyFiles.Fault;
import org.keywarden.audit.verify.LogVerifier;
import org.keywarden.audit.verify.Verdict;

/**
 * One fault at every file operation of a change of the log's key. What is left either is whole or
 * says that the change was cut short; when it is repeated the log is whole again.
 */
final class RotationFaultTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Memory that is a file system, with modes: what is synced here is not waited for. */
  private static final Path MEMORY = Path.of("/dev/shm");

  private static OwnerKeys owner(Path state, FaultyFiles disk) {
    return new OwnerKeys(state, disk, RANDOM);
  }

  private static FaultyFiles disk(Path state, Fault fault, long at) {
    return new FaultyFiles(new DiskFiles(state), fault, at);
  }

  private static NoteKey begin(Path state) throws IOException {
    OwnerKeys owner = new OwnerKeys(state, RANDOM);
    DiskFiles log = new DiskFiles(owner.logDirectory());
    try (Ed25519Signer signer = owner.signer()) {
      LogWriter writer =
          LogWriter.open(log, signer, Runnable::run, LogWriter.Settings.DEFAULT, Long.MAX_VALUE);
      KeyHistory.ensure(log, signer.key());
      writer.stop().join();
      return signer.key();
    }
  }

  /** Operations it took. */
  private static long rotate(Path state, Fault fault, long at) throws IOException {
    FaultyFiles disk = disk(state, fault, at);
    OwnerKeys owner = owner(state, disk);
    try {
      KeyRotation.rotate(owner, disk.beside(new DiskFiles(owner.logDirectory())), 1);
    } catch (IOException e) {
      assertTrue(disk.operations() > at, "failed by itself: " + e);
    }
    return disk.operations();
  }

  private static Verdict verify(Path state) {
    return new LogVerifier(new DiskFiles(state.resolve(OwnerKeys.LOG)), new Ed25519Check())
        .verify(LogVerifier.Known.NOTHING, done -> {});
  }

  private interface Check {
    void in(Path state) throws IOException;
  }

  private static void somewhere(Check check) throws IOException {
    Path state = Files.createTempDirectory(MEMORY, "keywarden-rotation");
    try {
      check.in(state);
    } finally {
      try (Stream<Path> all = Files.walk(state)) {
        for (Path each : all.toList().reversed()) {
          Files.delete(each);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyOperationMayFail(Fault fault) throws IOException {
    long[] operations = new long[1];
    somewhere(
        state -> {
          begin(state);
          operations[0] = rotate(state, fault, Long.MAX_VALUE);
        });
    assertTrue(operations[0] > 20, operations[0] + " operations");
    for (long at = 0; at < operations[0]; at++) {
      long number = at;
      somewhere(state -> rotationFailsAndIsRepeated(state, fault, number));
    }
  }

  private static void rotationFailsAndIsRepeated(Path state, Fault fault, long at)
      throws IOException {
    String what = fault + " at operation " + at;
    NoteKey first = begin(state);
    rotate(state, fault, at);
    List<String> problems = verify(state).problems();
    assertTrue(
        problems.stream().allMatch(problem -> problem.contains("repeat it")),
        what + " leaves " + problems);
    NoteKey next = KeyRotation.rotate(state, RANDOM, 2);
    assertEquals(List.of(), verify(state).problems(), what + ", repeated");
    List<NoteKey> keys = KeyHistory.read(new DiskFiles(state.resolve(OwnerKeys.LOG)));
    assertEquals(first, keys.getFirst(), what);
    assertEquals(next, keys.getLast(), what);
    try (Ed25519Signer signer = new OwnerKeys(state, RANDOM).signer()) {
      assertEquals(next, signer.key(), what);
    }
  }
}
