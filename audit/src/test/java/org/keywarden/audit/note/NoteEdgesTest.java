package org.keywarden.audit.note;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
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

/** Notes, keys, checkpoints and proofs at the edge of what each may be. */
final class NoteEdgesTest {
  private static final byte[] KEY = filled(32);
  private static final String HASH = Rfc6962.EMPTY_ROOT.base64();

  private final Ed25519Signer signer =
      new Ed25519Signer("example.org/log", NoteKey.ED25519, new byte[32]);
  private final Ed25519Check check = new Ed25519Check();

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  private static SignedNote parse(String text) throws Malformed {
    return SignedNote.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String line(int signatureBytes) {
    return new SignedNote.Signature("a", 1, filled(signatureBytes)).line();
  }

  // Notes.

  @Test
  void aNoteHasOneHundredSignaturesAndNoMore() throws Malformed {
    assertEquals(100, parse("text\n\n" + line(64).repeat(100)).signatures().size());
    assertThrows(Malformed.class, () -> parse("text\n\n" + line(64).repeat(101)));
  }

  @Test
  void aNoteHasSoManyBytesAndNoMore() throws Malformed {
    String end = "\n\n" + line(64);
    int room = SignedNote.LONGEST - end.getBytes(StandardCharsets.UTF_8).length;
    assertEquals(room + 1, parse("x".repeat(room) + end).text().length());
    assertThrows(Malformed.class, () -> parse("x".repeat(room + 1) + end));
  }

  @Test
  void aSignatureHasAtLeastOneByteBehindTheKeyId() throws Malformed {
    assertEquals(1, parse("text\n\n" + line(1)).signatures().getFirst().bytes().length);
    assertThrows(Malformed.class, () -> parse("text\n\n" + line(0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "te\u0001xt\n\n— a AAAAAQc=\n",
        "te\u001fxt\n\n— a AAAAAQc=\n",
        "text\n\n—  AAAAAQc=\n",
        "text\n\n— AAAAAQc=\n",
        "text\n\n— a\u00a0b AAAAAQc=\n",
        "text\n\n— a\u0085b AAAAAQc=\n",
        "text\n\n— a b AAAAAQc=\n",
        "text\n\n— a AAAAAQd=\n",
        "text\n\n— a AAAAAQc=\n\n",
        "text\n— a AAAAAQc=\n",
        "text\n\n— a AAAAAQc=\n— a\n",
      })
  void isNoNote(String text) {
    assertThrows(Malformed.class, () -> parse(text));
  }

  @Test
  void aNoteIsUtf8AndMayHoldSpaces() throws Malformed {
    SignedNote note = parse("two words é\n\n— a AAAAAQc=\n");
    assertEquals("two words é\n", note.text());
    assertEquals(1, note.signatures().getFirst().keyId());
    assertThrows(
        Malformed.class, () -> SignedNote.parse(new byte[] {(byte) 0xff, '\n', '\n', 'x', '\n'}));
  }

  @Test
  void theLastBlankLineEndsTheText() throws Malformed {
    assertEquals("\n", parse("\n\n— a AAAAAQc=\n").text());
    assertEquals("a\n\nb\n", parse("a\n\nb\n\n— a AAAAAQc=\n").text());
  }

  @Test
  void whatIsHandedOutIsACopy() {
    byte[] bytes = filled(3);
    SignedNote.Signature signature = new SignedNote.Signature("a", 1, bytes);
    bytes[0] = 0;
    signature.bytes()[1] = 0;
    assertArrayEquals(filled(3), signature.bytes());
    NoteKey key = new NoteKey("a", NoteKey.ED25519, KEY);
    key.publicKey()[0] = 0;
    assertArrayEquals(KEY, key.publicKey());
  }

  @Test
  void theFirstOfTheKeysThatSignedIsToldAndAWitnessIsNone() {
    Ed25519Signer other = new Ed25519Signer("other", NoteKey.ED25519, KEY);
    SignedNote note =
        SignedNote.sign("text\n", signer)
            .with(SignedNote.sign("text\n", other).signatures().getFirst());
    assertEquals(
        Optional.of(signer.key()), note.signedBy(List.of(other.key(), signer.key()), check));
    assertEquals(Optional.of(other.key()), note.signedBy(List.of(other.key()), check));
    Ed25519Signer witness = new Ed25519Signer("witness", NoteKey.COSIGNATURE, KEY);
    SignedNote cosigned =
        note.with(
            new SignedNote.Signature(
                "witness",
                witness.key().id(),
                witness.sign("text\n".getBytes(StandardCharsets.UTF_8))));
    assertEquals(Optional.empty(), cosigned.signedBy(List.of(witness.key()), check));
    assertEquals(
        Optional.of(signer.key()), cosigned.signedBy(List.of(witness.key(), signer.key()), check));
  }

  @Test
  void aSignatureClaimsAKeyByNameAndId() {
    NoteKey key = signer.key();
    assertTrue(new SignedNote.Signature(key.name(), key.id(), KEY).claims(key));
    assertFalse(new SignedNote.Signature("another", key.id(), KEY).claims(key));
    assertFalse(new SignedNote.Signature(key.name(), key.id() + 1, KEY).claims(key));
  }

  @Test
  void aClosedSignerHasNoKeyAnyMore() {
    byte[] message = {1};
    Ed25519Signer closing = new Ed25519Signer("a", NoteKey.ED25519, KEY);
    byte[] before = closing.sign(message);
    assertTrue(check.verify(closing.key().publicKey(), message, before));
    closing.close();
    assertFalse(check.verify(closing.key().publicKey(), message, closing.sign(message)));
  }

  @Test
  void aKeyOrSignatureOfAnotherLengthVerifiesNothing() {
    byte[] message = {1};
    byte[] signature = signer.sign(message);
    byte[] key = signer.key().publicKey();
    assertTrue(check.verify(key, message, signature));
    assertFalse(check.verify(key, message, Arrays.copyOf(signature, 63)));
    assertFalse(check.verify(key, message, Arrays.copyOf(signature, 65)));
    assertFalse(check.verify(Arrays.copyOf(key, 31), message, signature));
    assertFalse(check.verify(Arrays.copyOf(key, 33), message, signature));
    assertThrows(
        IllegalArgumentException.class, () -> new Ed25519Signer("a", NoteKey.ED25519, filled(31)));
  }

  // Keys.

  @Test
  void aKeyHasANameAKnownTypeAndThirtyTwoBytes() {
    assertThrows(IllegalArgumentException.class, () -> new NoteKey("", NoteKey.ED25519, KEY));
    assertThrows(IllegalArgumentException.class, () -> new NoteKey("a b", NoteKey.ED25519, KEY));
    assertThrows(IllegalArgumentException.class, () -> new NoteKey("a", (byte) 2, KEY));
    assertThrows(
        IllegalArgumentException.class, () -> new NoteKey("a", NoteKey.ED25519, filled(31)));
    assertThrows(
        IllegalArgumentException.class, () -> new NoteKey("a", NoteKey.ED25519, filled(33)));
  }

  @Test
  void keysAreTheSameIfNameTypeAndBytesAre() throws Malformed {
    NoteKey key = new NoteKey("a", NoteKey.ED25519, KEY);
    assertEquals(key, NoteKey.parse(key.text()));
    assertEquals(key.hashCode(), NoteKey.parse(key.text()).hashCode());
    assertEquals(key.text(), key.toString());
    assertEquals(key.id(), key.hashCode());
    assertNotEquals(key, new NoteKey("b", NoteKey.ED25519, KEY));
    assertNotEquals(key, new NoteKey("a", NoteKey.COSIGNATURE, KEY));
    assertNotEquals(key, new NoteKey("a", NoteKey.ED25519, new byte[32]));
    assertNotEquals(key, new Object());
  }

  @Test
  void aVerifierKeyHasEightDigitsAndThirtyThreeBytes() {
    NoteKey key = new NoteKey("a", NoteKey.ED25519, KEY);
    String id = key.text().substring(2, 10);
    String encoded = key.text().substring(11);
    for (String text :
        List.of(
            "a+" + id.substring(1) + "+" + encoded,
            "a+0" + id + "+" + encoded,
            "a+" + id + "+" + Base64.getEncoder().encodeToString(filled(32)),
            "a+" + id + "+" + Base64.getEncoder().encodeToString(filled(34)),
            "a+" + id + "+" + Base64.getEncoder().encodeToString(filled(33)),
            "a+xxxxxxxx+" + encoded,
            "a+" + id + "+!",
            "a b+" + id + "+" + encoded,
            "a+" + id)) {
      assertThrows(Malformed.class, () -> NoteKey.parse(text), text);
    }
  }

  // Checkpoints and proofs.

  @Test
  void aCheckpointHasANamedOriginAndNoNegativeSize() throws Malformed {
    assertEquals(0, Checkpoint.parse("o\n0\n" + HASH + "\n").size());
    assertThrows(IllegalArgumentException.class, () -> new Checkpoint("o", -1, Rfc6962.EMPTY_ROOT));
    assertThrows(
        IllegalArgumentException.class, () -> new Checkpoint("a b", 0, Rfc6962.EMPTY_ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n1\nH\n",
        "a b\n1\nH\n",
        "o\n1\nH\nx",
        "o\n1\nH",
        "o\nx\nH\n",
        "o\n1\nAAAA\n",
        "o\n+1\nH\n"
      })
  void isNoCheckpoint(String text) {
    assertThrows(Malformed.class, () -> Checkpoint.parse(text.replace("H", HASH)));
  }

  private String proof(String head) {
    Checkpoint checkpoint = new Checkpoint("example.org/log", 1, Rfc6962.EMPTY_ROOT);
    return head + "\n\n" + SignedNote.sign(checkpoint.text(), signer).encoded();
  }

  @Test
  void aProofIsAHeaderAnIndexHashesAndACheckpoint() throws Malformed {
    String head = "c2sp.org/tlog-proof@v1\n";
    TlogProof empty = TlogProof.parse(proof(head + "index 0"));
    assertEquals(0, empty.index());
    assertEquals(List.of(), empty.path());
    assertEquals(proof(head + "index 0"), empty.encoded());
    TlogProof whole = TlogProof.parse(proof(head + "extra AQID\nindex 5\n" + HASH + "\n" + HASH));
    assertArrayEquals(new byte[] {1, 2, 3}, whole.extra());
    assertEquals(5, whole.index());
    assertEquals(Collections.nCopies(2, Rfc6962.EMPTY_ROOT), whole.path());
    for (String wrong :
        List.of(
            "c2sp.org/tlog-proof@v1",
            head + "extra AQID",
            head + "extra !\nindex 0",
            head + "index -1",
            head + "index 01",
            head + "index x",
            head + "index 0\nAAAA",
            head + "index 0\n!",
            head + "inde 0",
            "index 0")) {
      assertThrows(Malformed.class, () -> TlogProof.parse(proof(wrong)), wrong);
    }
    assertThrows(Malformed.class, () -> TlogProof.parse(head + "index 0\n"));
  }

  @Test
  void aProofHoldsForTheLogThatSignedItAndIsItsOrigin() {
    Hash leaf = Rfc6962.leaf(KEY);
    SignedNote note = SignedNote.sign(new Checkpoint("example.org/log", 1, leaf).text(), signer);
    TlogProof proof = new TlogProof(new byte[0], 0, List.of(), note);
    assertTrue(proof.holds(leaf, signer.key(), check));
    NoteKey stranger = new Ed25519Signer("example.org/log", NoteKey.ED25519, KEY).key();
    assertFalse(proof.holds(leaf, stranger, check));
    SignedNote elsewhere =
        SignedNote.sign(new Checkpoint("another.org/log", 1, leaf).text(), signer);
    assertFalse(
        new TlogProof(new byte[0], 0, List.of(), elsewhere).holds(leaf, signer.key(), check));
    SignedNote none = SignedNote.sign("text\n", signer);
    assertFalse(new TlogProof(new byte[0], 0, List.of(), none).holds(leaf, signer.key(), check));
    byte[] extra = proof.extra();
    assertEquals(0, extra.length);
  }
}
