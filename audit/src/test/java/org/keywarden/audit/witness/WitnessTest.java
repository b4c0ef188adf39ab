package org.keywarden.audit.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.FaultyFiles;
import org.keywarden.audit.store.LogFiles;
import org.keywarden.audit.store.MemoryFiles;

/** What a witness says, by the table of C2SP tlog-witness, and that it never says two things. */
final class WitnessTest {
  private static final long NOW = 1_800_000_000L;
  private static final Ed25519Signer SIGNER =
      new Ed25519Signer("witness.test/w", NoteKey.COSIGNATURE, new byte[32]);
  private static final Ed25519Check CHECK = new Ed25519Check();

  private final MemoryFiles disk = new MemoryFiles();
  private final Witness witness = on(disk);

  private static Witness on(LogFiles files) {
    return new Witness(SIGNER, List.of(GrowingLog.SIGNER.key()), files, CHECK, () -> NOW);
  }

  private static SignedNote cosigned(Answer answer, SignedNote checkpoint) {
    Answer.Cosigned cosigned = assertInstanceOf(Answer.Cosigned.class, answer);
    return checkpoint.with(cosigned.signatures().getFirst());
  }

  @Test
  void aLogThatGrowsIsCosignedEachTime() throws IOException {
    GrowingLog log = GrowingLog.of("a", 0);
    int last = 0;
    for (int by : new int[] {0, 1, 0, 6, 250, 1}) {
      SignedNote note = cosigned(witness.add(log.grow("a", by).request(last)), log.checkpoint());
      assertEquals(Optional.of(NOW), Cosignatures.time(note, SIGNER.key(), CHECK));
      assertEquals(
          Optional.of(GrowingLog.SIGNER.key()),
          note.signedBy(List.of(GrowingLog.SIGNER.key()), CHECK));
      last += by;
    }
  }

  @Test
  void aCosignatureIsOfOneTextOneTimeAndOneWitness() throws IOException {
    GrowingLog log = GrowingLog.of("a", 7);
    SignedNote note = cosigned(witness.add(log.request(0)), log.checkpoint());
    SignedNote other = new SignedNote(log.grow("a", 1).checkpoint().text(), note.signatures());
    assertEquals(Optional.empty(), Cosignatures.time(other, SIGNER.key(), CHECK));
    SignedNote.Signature made = note.signatures().getLast();
    byte[] bytes = made.bytes();
    bytes[7] ^= 1;
    SignedNote later =
        GrowingLog.of("a", 7)
            .checkpoint()
            .with(new SignedNote.Signature(made.name(), made.keyId(), bytes));
    assertEquals(Optional.empty(), Cosignatures.time(later, SIGNER.key(), CHECK));
    NoteKey stranger = new Ed25519Signer("witness.test/w", NoteKey.COSIGNATURE, seed()).key();
    assertEquals(Optional.empty(), Cosignatures.time(note, stranger, CHECK));
  }

  private static byte[] seed() {
    byte[] seed = new byte[32];
    seed[0] = 1;
    return seed;
  }

  @Test
  void anOlderLogAForkAndAnotherLogAreRefused() throws IOException {
    GrowingLog log = GrowingLog.of("a", 100);
    cosigned(witness.add(log.request(0)), log.checkpoint());
    assertEquals(new Answer.OtherSize(100), witness.add(GrowingLog.of("a", 60).request(0)));
    assertEquals(new Answer.OtherSize(100), witness.add(GrowingLog.of("a", 60).request(60)));
    assertEquals(new Answer.Inconsistent(), witness.add(GrowingLog.of("b", 100).request(100)));
    GrowingLog fork = GrowingLog.of("a", 99).grow("b", 41);
    assertEquals(new Answer.Inconsistent(), witness.add(fork.request(100)));
    assertEquals(new Answer.OtherSize(100), witness.add(log.request(0)), "nothing has changed");
    cosigned(witness.add(log.grow("a", 1).request(100)), log.checkpoint());
  }

  @Test
  void whatNobodyItKnowsSignedIsRefused() throws IOException {
    GrowingLog log = GrowingLog.of("a", 5);
    Witness stranger =
        new Witness(
            SIGNER,
            List.of(new Ed25519Signer("other.test/log", NoteKey.ED25519, seed()).key()),
            disk,
            CHECK,
            () -> NOW);
    assertEquals(new Answer.UnknownLog(), stranger.add(log.request(0)));
    Witness otherKey =
        new Witness(
            SIGNER,
            List.of(new Ed25519Signer(GrowingLog.ORIGIN, NoteKey.ED25519, seed()).key()),
            disk,
            CHECK,
            () -> NOW);
    assertEquals(new Answer.NotSigned(), otherKey.add(log.request(0)));
  }

  @Test
  void anOldSizeAboveTheNewAndAProofWithoutAPastAreRefused() throws IOException {
    GrowingLog log = GrowingLog.of("a", 5);
    AddCheckpoint backwards = new AddCheckpoint(6, List.of(), log.checkpoint());
    assertInstanceOf(Answer.Unreadable.class, witness.add(backwards.encode()));
    AddCheckpoint proof = new AddCheckpoint(0, log.proof(3, 5), log.checkpoint());
    assertEquals(new Answer.Inconsistent(), witness.add(proof.encode()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "old",
        "old 0",
        "old 0\n",
        "old 00\n\n",
        "old -1\n\n",
        "old 18446744073709551616\n\n",
        "new 0\n\n",
        "old 0\nAAAA\n\n",
        "old 0\n\n\n",
        "old 0\n\nlog\n1\nroot\n",
      })
  void whatIsNoRequestIsNotRead(String body) throws IOException {
    assertInstanceOf(Answer.Unreadable.class, witness.add(body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void tooManyHashesAndTooManyBytesAreNotRead() throws IOException {
    String hash = GrowingLog.of("a", 2).proof(1, 2).getFirst().base64() + "\n";
    String many = "old 1\n" + hash.repeat(64) + "\n" + GrowingLog.of("a", 2).checkpoint().encoded();
    assertInstanceOf(Answer.Unreadable.class, witness.add(many.getBytes(StandardCharsets.UTF_8)));
    assertInstanceOf(Answer.Unreadable.class, witness.add(new byte[AddCheckpoint.LONGEST + 1]));
  }

  @Test
  void changedBytesNeverGetACosignatureOfSomethingElse() throws IOException {
    GrowingLog log = GrowingLog.of("a", 100);
    byte[] first = log.request(0);
    byte[] good = log.grow("a", 27).request(100);
    Random random = new Random(20_261_124);
    Witness fresh = on(new MemoryFiles());
    assertInstanceOf(Answer.Cosigned.class, fresh.add(first));
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
      if (fresh.add(bad) instanceof Answer.Cosigned cosigned) {
        // Only what the log did sign: a byte of a line that nothing depends on was changed.
        SignedNote note = log.checkpoint().with(cosigned.signatures().getFirst());
        assertEquals(Optional.of(NOW), Cosignatures.time(note, SIGNER.key(), CHECK));
        fresh = on(new MemoryFiles());
        assertInstanceOf(Answer.Cosigned.class, fresh.add(first));
      } else {
        refused++;
      }
    }
    assertTrue(refused > 1_000, refused + " of 2,000 refused");
  }

  @Test
  void whatItSawIsRememberedAcrossItsOwnEnd() throws IOException {
    GrowingLog log = GrowingLog.of("a", 100);
    cosigned(witness.add(log.request(0)), log.checkpoint());
    assertEquals(new Answer.OtherSize(100), on(disk).add(GrowingLog.of("b", 50).request(0)));
  }

  @Test
  void damagedMemoryCosignsNothing() throws IOException {
    GrowingLog log = GrowingLog.of("a", 3);
    cosigned(witness.add(log.request(0)), log.checkpoint());
    String file = disk.list("").getFirst();
    disk.write(file, "x".getBytes(StandardCharsets.US_ASCII));
    assertThrows(IOException.class, () -> witness.add(log.request(3)));
  }

  /** Whatever fails, and whenever the machine ends, no second history is cosigned. */
  @ParameterizedTest
  @EnumSource(FaultyFiles.Fault.class)
  void everyOperationMayFail(FaultyFiles.Fault fault) throws IOException {
    for (long at = 0; at < 12; at++) {
      MemoryFiles memory = new MemoryFiles();
      FaultyFiles faulty = new FaultyFiles(memory, fault, at);
      GrowingLog log = GrowingLog.of("a", 0);
      int confirmed = 0;
      for (int i = 0; i < 3; i++) {
        log.grow("a", 10);
        try {
          if (on(faulty).add(log.request(confirmed)) instanceof Answer.Cosigned) {
            confirmed += 10;
          } else {
            break;
          }
        } catch (IOException failed) {
          break;
        }
      }
      for (int seed = 0; seed < 8; seed++) {
        Witness later = on(memory.powerCut(new Random(seed)));
        Answer answer = later.add(GrowingLog.of("b", 40).request(confirmed));
        String what = fault + " at operation " + at + ", seed " + seed + ", " + confirmed;
        assertTrue(
            confirmed == 0
                || answer instanceof Answer.Inconsistent
                || (answer instanceof Answer.OtherSize other && other.size() > confirmed),
            what);
      }
    }
  }
}
