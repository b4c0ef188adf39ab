package org.keywarden.audit.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;

final class NoteTest {
  /** From the documentation of golang.org/x/mod/sumdb/note. */
  private static final String GO_KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String GO_NOTE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  private final Ed25519Signer signer =
      new Ed25519Signer("example.org/log", NoteKey.ED25519, new byte[32]);
  private final Ed25519Check check = new Ed25519Check();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aNoteOfGosDocumentationVerifies() throws Malformed {
    NoteKey key = NoteKey.parse(GO_KEY);
    assertEquals(GO_KEY, key.text());
    SignedNote note = SignedNote.parse(bytes(GO_NOTE));
    assertEquals(GO_NOTE, note.encoded());
    assertEquals(Optional.of(key), note.signedBy(List.of(key), check));
    SignedNote changed = SignedNote.parse(bytes(GO_NOTE.replace("answer", "Answer")));
    assertEquals(Optional.empty(), changed.signedBy(List.of(key), check));
  }

  @Test
  void aWrongSignatureOfAKnownKeySpoilsTheNote() {
    SignedNote note = SignedNote.sign("text\n", signer);
    SignedNote.Signature good = note.signatures().getFirst();
    SignedNote spoilt =
        note.with(new SignedNote.Signature(good.name(), good.keyId(), new byte[64]));
    assertTrue(note.signedBy(List.of(signer.key()), check).isPresent());
    assertTrue(spoilt.signedBy(List.of(signer.key()), check).isEmpty());
    SignedNote unknown = note.with(new SignedNote.Signature("other", 1, new byte[64]));
    assertTrue(unknown.signedBy(List.of(signer.key()), check).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text\n",
        "text\n\n",
        "text\n\n— a\n",
        "text\n\n— a !\n",
        "te\txt\n\n— a AAAAAAA=\n",
        "text\n\n- a AAAAAAA=\n",
        "text\n\n— a+b AAAAAAA=\n",
        "text\n\n— a AAAAAAA=",
        "text\n\n— a AAAAAAB=\n"
      })
  void whatIsNoNoteIsRefused(String text) {
    assertThrows(Malformed.class, () -> SignedNote.parse(bytes(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a+b",
        "a+00000000+AQ==",
        "+00000000+AAAA",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
      })
  void whatIsNoKeyIsRefused(String text) {
    assertThrows(Malformed.class, () -> NoteKey.parse(text));
  }

  @Test
  void checkpointsAreReadBack() throws Malformed {
    Checkpoint checkpoint = new Checkpoint("example.org/log", 12, Rfc6962.EMPTY_ROOT);
    assertEquals(
        "example.org/log\n12\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", checkpoint.text());
    assertEquals(checkpoint, Checkpoint.parse(checkpoint.text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "o\n1\n",
        "o\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n",
        "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
        "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n"
      })
  void whatIsNoCheckpointIsRefused(String text) {
    assertThrows(Malformed.class, () -> Checkpoint.parse(text));
  }

  @Test
  void proofsAreReadBackAndHold() throws Malformed {
    Hash left = Rfc6962.leaf(bytes("left"));
    Hash right = Rfc6962.leaf(bytes("right"));
    Checkpoint checkpoint = new Checkpoint("example.org/log", 2, Rfc6962.node(left, right));
    SignedNote note = SignedNote.sign(checkpoint.text(), signer);
    TlogProof proof = new TlogProof(bytes("x"), 1, List.of(left), note);
    TlogProof read = TlogProof.parse(proof.encoded());
    assertEquals(proof.encoded(), read.encoded());
    assertTrue(read.holds(right, signer.key(), check));
    assertFalse(read.holds(left, signer.key(), check));
    TlogProof none = TlogProof.parse(proof.encoded().replace("extra eA==\n", ""));
    assertEquals(0, none.extra().length);
    String text = proof.encoded();
    assertThrows(Malformed.class, () -> TlogProof.parse(text.replace("index 1", "index 01")));
    assertThrows(Malformed.class, () -> TlogProof.parse(text.replace("@v1", "@v2")));
  }
}
