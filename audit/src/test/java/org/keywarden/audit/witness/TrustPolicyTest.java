package org.keywarden.audit.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.signer.Ed25519Signer;

/** Policies as C2SP tlog-policy writes them. */
final class TrustPolicyTest {
  private static String key(int number, byte type) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    return new Ed25519Signer("key.test/" + number, type, seed).key().text();
  }

  private static String witness(int number) {
    return key(number, NoteKey.COSIGNATURE);
  }

  /** The example of the specification. */
  private static final String EXAMPLE =
      """
      # two organisations
      log %s

      witness X1 %s
      \twitness  X2\t%s https://x2.test/prefix/
      witness X3 %s
      group X-witnesses 2 X1 X2 X3

      witness Y1 %s
      witness Y2 %s
      group Y-witnesses any Y1 Y2

      group X-and-Y all X-witnesses Y-witnesses
      quorum X-and-Y
      """
          .formatted(
              key(9, NoteKey.ED25519), witness(1), witness(2), witness(3), witness(4), witness(5));

  @Test
  void groupsOfGroupsAreCounted() throws Malformed {
    TrustPolicy policy = TrustPolicy.parse(EXAMPLE);
    assertTrue(policy.isQuorum(Set.of("X1", "X3", "Y2")));
    assertTrue(policy.isQuorum(Set.of("X1", "X2", "X3", "Y1", "Y2")));
    assertFalse(policy.isQuorum(Set.of("X1", "X2", "X3")));
    assertFalse(policy.isQuorum(Set.of("X1", "Y1", "Y2")));
    assertFalse(policy.isQuorum(Set.of()));
    assertEquals(1, policy.logs().size());
    assertEquals(
        "https://x2.test/prefix", policy.witnesses().get(1).url().orElseThrow().toString());
  }

  @Test
  void aQuorumOfNoneAsksForNothing() throws Malformed {
    assertTrue(TrustPolicy.parse("quorum none\n").isQuorum(Set.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          witness a W1 | there is no quorum line
          quorum a | line 1: a is no witness or group of a line before
          quorum none;quorum none | line 2: there is one quorum line only
          witness a W1;witness a W2 | line 2: the name a is taken
          witness a W1;witness b W1 | line 2: this witness's key is listed before
          witness none W1 | line 1: the name none is taken
          witness a L1 | line 1: the key of a witness has type 4
          log W1 | line 1: the key of a log has type 1
          log L1;log L1 | line 2: this log's key is listed before
          witness a W1;group g 2 a | line 2: of 1 members not 2
          witness a W1;group g 0 a | line 2: of 1 members not 0
          witness a W1;group g some a | line 2: how many is a number, all or any, not some
          witness a W1;group g 1 a a | line 2: a member is listed twice
          group g 1 g | line 1: g is no witness or group of a line before
          witness a W1 ftp://x | line 1: a witness is at an http or https URL
          witness a | line 1: witness <name> <vkey> [<url>]
          trust a | line 1: a line begins with log, witness, group or quorum, not with this
          """)
  void whatIsNoPolicyIsNamedWithItsLine(String text, String complaint) {
    String policy =
        text.replace(';', '\n')
            .replace("W1", witness(1))
            .replace("W2", witness(2))
            .replace("L1", key(1, NoteKey.ED25519));
    assertEquals(
        complaint, assertThrows(Malformed.class, () -> TrustPolicy.parse(policy)).reason());
  }
}
