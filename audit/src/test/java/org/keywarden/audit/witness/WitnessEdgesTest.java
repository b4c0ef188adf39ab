package org.keywarden.audit.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;

/** Policies, requests and cosignatures at the edge of what each may be. */
final class WitnessEdgesTest {
  private static final Ed25519Check CHECK = new Ed25519Check();
  private static final Ed25519Signer ONE =
      new Ed25519Signer("witness.test/1", NoteKey.COSIGNATURE, new byte[32]);
  private static final Ed25519Signer TWO =
      new Ed25519Signer("witness.test/2", NoteKey.COSIGNATURE, seed());

  private static byte[] seed() {
    byte[] seed = new byte[32];
    seed[0] = 2;
    return seed;
  }

  // Policies.

  private static TrustPolicy policy(String text) throws Malformed {
    return TrustPolicy.parse(
        text.replace("W1", ONE.key().text())
            .replace("W2", TWO.key().text())
            .replace("L1", GrowingLog.SIGNER.key().text()));
  }

  @Test
  void aPolicyHasOneThousandLinesAndNoMore() throws Malformed {
    assertTrue(policy("quorum none" + "\n".repeat(999)).isQuorum(Set.of()));
    assertThrows(Malformed.class, () -> policy("quorum none" + "\n".repeat(1_000)));
  }

  @Test
  void aGroupNeedsAsManyAsItSays() throws Malformed {
    String two = "witness a W1\nwitness b W2\n";
    TrustPolicy all = policy(two + "group g all a b\nquorum g\n");
    assertFalse(all.isQuorum(Set.of("a")));
    assertTrue(all.isQuorum(Set.of("a", "b")));
    TrustPolicy both = policy(two + "group g 2 a b\nquorum g\n");
    assertFalse(both.isQuorum(Set.of("b")));
    assertTrue(both.isQuorum(Set.of("a", "b")));
    TrustPolicy any = policy(two + "group g any a b\nquorum g\n");
    assertTrue(any.isQuorum(Set.of("b")));
    assertFalse(any.isQuorum(Set.of("g")));
    assertTrue(policy(two + "quorum b\n").isQuorum(Set.of("b")));
    assertFalse(policy(two + "quorum b\n").isQuorum(Set.of("a")));
  }

  @Test
  void linesMayHaveUrlsCommentsAndBlanks() throws Malformed {
    TrustPolicy policy =
        policy("# c\n\n log L1 https://log.test/ \nwitness a W1 http://w.test:80/p\nquorum a");
    assertEquals(List.of(GrowingLog.SIGNER.key()), policy.logs());
    TrustPolicy.Member witness = policy.witnesses().getFirst();
    assertEquals("a", witness.name());
    assertEquals(ONE.key(), witness.key());
    assertEquals("http://w.test:80/p", witness.url().orElseThrow().toString());
    assertEquals(Optional.empty(), policy("witness a W1\nquorum a").witnesses().getFirst().url());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log",
        "log L1 u v",
        "witness a W1 https://w.test x",
        "witness a W1 https:///path",
        "witness a W1 mailto:w",
        "witness a W1 https://w.test/^",
        "witness a W1\ngroup g 1",
        "witness a W1\ngroup a 1 a",
        "witness a W1\ngroup g 1 a\nwitness g W2",
        "witness a W1\ngroup g -1 a",
        "quorum",
        "quorum none none",
      })
  void isNoPolicy(String text) {
    assertThrows(Malformed.class, () -> policy(text + "\nquorum none"));
  }

  // Requests.

  private static AddCheckpoint request(int old, int hashes) {
    return new AddCheckpoint(
        old, Collections.nCopies(hashes, Rfc6962.EMPTY_ROOT), GrowingLog.of("a", 2).checkpoint());
  }

  private static AddCheckpoint parsed(String text) throws Malformed {
    return AddCheckpoint.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aRequestIsReadBackWithSixtyThreeHashesAndNoMore() throws Malformed {
    AddCheckpoint most = request(7, 63);
    AddCheckpoint read = AddCheckpoint.parse(most.encode());
    assertEquals(7, read.old());
    assertEquals(most.proof(), read.proof());
    assertEquals(most.checkpoint().encoded(), read.checkpoint().encoded());
    assertEquals(List.of(), AddCheckpoint.parse(request(0, 0).encode()).proof());
    byte[] more = request(7, 64).encode();
    assertThrows(Malformed.class, () -> AddCheckpoint.parse(more));
  }

  @Test
  void aRequestHasSoManyBytesAndNoMore() throws Malformed {
    String text = new String(request(0, 0).encode(), StandardCharsets.UTF_8);
    int room = AddCheckpoint.LONGEST - text.getBytes(StandardCharsets.UTF_8).length;
    String start = "old 0\n\n";
    String body = start + "x".repeat(room) + text.substring(start.length());
    assertTrue(parsed(body).checkpoint().text().startsWith("xx"));
    String longer = start + "x".repeat(room + 1) + text.substring(start.length());
    assertThrows(Malformed.class, () -> parsed(longer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"old +1", "old 1 ", "Old 1", "old x", "ol", "old -1", "old 0\nAAAA", "old 0\n!"})
  void isNoRequest(String head) {
    String end = "\n\n" + GrowingLog.of("a", 2).checkpoint().encoded();
    assertThrows(Malformed.class, () -> parsed(head + end));
  }

  @Test
  void aHashIsCanonical() {
    String canonical = Rfc6962.EMPTY_ROOT.base64();
    String other = canonical.replace("FU=", "FV=");
    assertEquals(32, Base64.getDecoder().decode(canonical).length);
    String end = "\n\n" + GrowingLog.of("a", 2).checkpoint().encoded();
    assertThrows(Malformed.class, () -> parsed("old 1\n" + other + end));
  }

  // Cosignatures.

  private static SignedNote note() {
    return GrowingLog.of("a", 2).checkpoint();
  }

  private static Optional<Long> time(SignedNote note) {
    return Cosignatures.time(note, ONE.key(), CHECK);
  }

  @Test
  void theNewestOfItsTimesIsTold() {
    SignedNote note = note();
    assertEquals(Optional.empty(), time(note));
    SignedNote once = note.with(Cosignatures.sign(note.text(), ONE, 7));
    assertEquals(Optional.of(7L), time(once));
    SignedNote twice = once.with(Cosignatures.sign(note.text(), ONE, 5));
    assertEquals(Optional.of(7L), time(twice));
    assertEquals(Optional.of(9L), time(twice.with(Cosignatures.sign(note.text(), ONE, 9))));
    assertEquals(Optional.of(7L), time(once.with(Cosignatures.sign(note.text(), TWO, 9))));
  }

  @Test
  void oneThatDoesNotHoldSpoilsThem() {
    SignedNote note = note();
    SignedNote good = note.with(Cosignatures.sign(note.text(), ONE, 7));
    assertEquals(Optional.empty(), time(good.with(Cosignatures.sign(note.text(), ONE, 0))));
    assertEquals(Optional.of(1L), time(note.with(Cosignatures.sign(note.text(), ONE, 1))));
    assertEquals(Optional.empty(), time(good.with(Cosignatures.sign("other\n", ONE, 7))));
    for (int length : new int[] {71, 73}) {
      SignedNote.Signature odd =
          new SignedNote.Signature(ONE.key().name(), ONE.key().id(), new byte[length]);
      assertEquals(Optional.empty(), time(good.with(odd)));
    }
  }

  @Test
  void aKeyOfALogIsNoWitness() {
    Ed25519Signer log = new Ed25519Signer("witness.test/1", NoteKey.ED25519, new byte[32]);
    SignedNote note = note();
    SignedNote signed = note.with(Cosignatures.sign(note.text(), log, 7));
    assertEquals(Optional.empty(), Cosignatures.time(signed, log.key(), CHECK));
  }
}
