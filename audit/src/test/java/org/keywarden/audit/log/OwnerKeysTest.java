package org.keywarden.audit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;

final class OwnerKeysTest {
  @TempDir private Path state;

  private OwnerKeys owner() {
    return new OwnerKeys(state, new SecureRandom());
  }

  @Test
  void theKeyStaysAndIsTheOwnersAlone() throws IOException {
    NoteKey key = owner().signer().key();
    assertEquals(key, owner().signer().key());
    Path file = state.resolve("log-key");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    IOException refused = assertThrows(IOException.class, () -> owner().signer());
    assertTrue(String.valueOf(refused.getMessage()).contains("log-key"));
  }

  @Test
  void aLogWithoutItsKeyIsNotGivenAnother() throws IOException {
    DiskFiles files = new DiskFiles(owner().logDirectory());
    Ed25519Signer signer = owner().signer();
    LogWriter.open(files, signer, Runnable::run, LogWriter.Settings.DEFAULT, Long.MAX_VALUE)
        .stop()
        .join();
    Files.delete(state.resolve("log-key"));
    assertThrows(Damaged.class, () -> owner().signer());
  }

  @Test
  void rotationIsRecordedAndSignedByBothKeys() throws Exception {
    DiskFiles files = new DiskFiles(owner().logDirectory());
    Ed25519Signer signer = owner().signer();
    KeyHistory.ensure(files, signer.key());
    LogWriter.open(files, signer, Runnable::run, LogWriter.Settings.DEFAULT, Long.MAX_VALUE)
        .stop()
        .join();
    NoteKey next = KeyRotation.rotate(state, new SecureRandom(), 1);
    assertEquals(List.of(signer.key(), next), KeyHistory.read(files));
    assertEquals(next, owner().signer().key());
    assertFalse(Files.exists(state.resolve("log-key.next")));
    SignedNote handover = SignedNote.parse(files.read(KeyHistory.handover(1)));
    Ed25519Check check = new Ed25519Check();
    assertTrue(handover.signedBy(List.of(signer.key()), check).isPresent());
    assertTrue(handover.signedBy(List.of(next), check).isPresent());
  }
}
