package org.keywarden.audit.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import dev.sigstore.rekor.client.Checkpoints;
import dev.sigstore.rekor.client.RekorEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.TlogProof;
import org.keywarden.audit.verify.LogReader;

/** Sigstore's Java client reads our checkpoints and agrees with our proofs of inclusion. */
final class SigstoreTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @FieldSource("org.keywarden.audit.log.WrittenLog#LIVES")
  void sigstoreAgrees(String life) throws Exception {
    WrittenLog log = WrittenLog.of(life, directory);
    RekorEntry.Checkpoint checkpoint =
        Checkpoints.from(Files.readString(log.root().resolve("checkpoint")));
    assertEquals(log.key().name(), checkpoint.getOrigin());
    assertEquals(log.size(), checkpoint.getSize());
    byte[] root = Base64.getDecoder().decode(checkpoint.getBase64Hash());
    LogReader reader = new LogReader(log.files());
    for (long index : log.some().toArray()) {
      TlogProof proof = reader.prove(index);
      InclusionProofVerifier.verify(
          Rfc6962.leaf(log.entry(index)).bytes(), index, log.size(), bytes(proof.path()), root);
    }
  }

  private static List<byte[]> bytes(List<Hash> path) {
    return new ArrayList<>(path.stream().map(Hash::bytes).toList());
  }

  @Test
  void sigstoreRefusesAnotherEntryAnotherPlaceAndAChangedPath() throws Exception {
    WrittenLog log = WrittenLog.ofSize(257, directory);
    LogReader reader = new LogReader(log.files());
    byte[] root = reader.checkpoint().root().bytes();
    List<byte[]> path = bytes(reader.prove(7).path());
    byte[] leaf = Rfc6962.leaf(LogReading.entry(7)).bytes();
    InclusionProofVerifier.verify(leaf, 7, 257, path, root);
    assertRefused(Rfc6962.leaf("x".getBytes(StandardCharsets.US_ASCII)).bytes(), 7, path, root);
    assertRefused(leaf, 8, path, root);
    path.getFirst()[0] ^= 1;
    assertRefused(leaf, 7, path, root);
  }

  private static void assertRefused(byte[] leaf, long index, List<byte[]> path, byte[] root) {
    assertThrows(
        InclusionProofVerificationException.class,
        () -> InclusionProofVerifier.verify(leaf, index, 257, path, root));
  }

  @Test
  void whatSigstoreReadsIsWhatWasSigned() throws Exception {
    WrittenLog log = WrittenLog.ofSize(257, directory);
    String text = Files.readString(log.root().resolve("checkpoint"));
    RekorEntry.Checkpoint checkpoint = Checkpoints.from(text);
    assertEquals(text.substring(0, text.indexOf("\n\n") + 1), checkpoint.getSignedData());
    RekorEntry.CheckpointSignature signature = checkpoint.getSignatures().getFirst();
    assertEquals(log.key().name(), signature.getIdentity());
    byte[] line = Base64.getDecoder().decode(text.substring(text.lastIndexOf(' ') + 1).strip());
    byte[] expected = new byte[line.length - 4];
    System.arraycopy(line, 4, expected, 0, expected.length);
    assertArrayEquals(expected, signature.getSignature());
  }
}
