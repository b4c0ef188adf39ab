package org.keywarden.audit.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.MemoryFiles;

/** Go's own {@code note} and {@code crypto/ed25519} agree on a witness's cosignature. */
final class GoCosignatureIT {
  private static final long NOW = 1_800_000_000L;
  private static final Ed25519Signer WITNESS =
      new Ed25519Signer("witness.test/w", NoteKey.COSIGNATURE, new byte[32]);

  @TempDir static Path directory;

  private static Path tool;

  @BeforeAll
  static void build() throws Exception {
    tool = GoTools.build("cosigcheck", directory);
  }

  private static SignedNote cosigned() throws Exception {
    Witness witness =
        new Witness(
            WITNESS,
            List.of(GrowingLog.SIGNER.key()),
            new MemoryFiles(),
            new Ed25519Check(),
            () -> NOW);
    GrowingLog log = GrowingLog.of("a", 7);
    Answer.Cosigned answer = assertInstanceOf(Answer.Cosigned.class, witness.add(log.request(0)));
    return log.checkpoint().with(answer.signatures().getFirst());
  }

  @Test
  void goAgrees() throws Exception {
    assertEquals("cosigned at " + NOW, check(cosigned()));
  }

  @Test
  void goRefusesAnotherTime() throws Exception {
    SignedNote note = cosigned();
    SignedNote.Signature last = note.signatures().getLast();
    byte[] bytes = last.bytes();
    bytes[7] ^= 1;
    SignedNote changed =
        new SignedNote(note.text(), note.signatures().subList(0, 1))
            .with(new SignedNote.Signature(last.name(), last.keyId(), bytes));
    assertTrue(check(changed).startsWith("refused: signatures: "));
  }

  private static String check(SignedNote note) throws Exception {
    Path file = Files.writeString(directory.resolve("note"), note.encoded());
    return GoTools.run(
        new ProcessBuilder(
            tool.toString(),
            file.toString(),
            GrowingLog.SIGNER.key().text(),
            WITNESS.key().text()));
  }
}
