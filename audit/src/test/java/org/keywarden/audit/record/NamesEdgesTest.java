package org.keywarden.audit.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.audit.v1.Application;

/** Hidden names of any length, and what does not open. */
final class NamesEdgesTest {
  private final ApplicationNames owner = new ApplicationNames(new byte[32]);

  @Test
  void namesOfAnyLengthAreOpenedAndPaddedToBlocks() {
    for (int length = 0; length < 200; length++) {
      String name = "a".repeat(length);
      Application hidden = owner.hide(name);
      assertEquals(Optional.of(name), owner.open(hidden).map(ApplicationNames.Opening::id));
      assertEquals((length / 64 + 1) * 64 + 16, hidden.getSealed().size());
    }
  }

  @Test
  void theKeyHasThirtyTwoBytes() {
    assertThrows(IllegalArgumentException.class, () -> new ApplicationNames(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> new ApplicationNames(new byte[33]));
  }

  @Test
  void whatWasChangedDoesNotOpen() {
    Application hidden = owner.hide("name");
    for (int length : new int[] {0, 11, 12, 31}) {
      ByteString shorter = hidden.getCommitment().substring(0, length);
      assertEquals(Optional.empty(), owner.open(hidden.toBuilder().setCommitment(shorter).build()));
    }
    byte[] changed = hidden.getCommitment().toByteArray();
    changed[31] ^= 1;
    assertEquals(
        Optional.empty(),
        owner.open(hidden.toBuilder().setCommitment(ByteString.copyFrom(changed)).build()));
  }

  @Test
  void saltsAreOfTheNameAndNobodyElses() {
    ApplicationNames.Opening one = owner.open(owner.hide("one")).orElseThrow();
    ApplicationNames.Opening two = owner.open(owner.hide("two")).orElseThrow();
    assertEquals(16, one.salt().length);
    assertNotEquals(Arrays.toString(one.salt()), Arrays.toString(two.salt()));
    byte[] salt = one.salt();
    ApplicationNames.Opening copy = new ApplicationNames.Opening("one", salt);
    salt[0]++;
    copy.salt()[1]++;
    assertArrayEquals(one.salt(), copy.salt());
  }

  @Test
  void aCommitmentIsOfNameSaltAndDomain() {
    byte[] salt = new byte[16];
    byte[] other = new byte[16];
    other[15] = 1;
    byte[] commitment = ApplicationNames.commitment("a", salt);
    assertEquals(32, commitment.length);
    assertNotEquals(
        Arrays.toString(commitment), Arrays.toString(ApplicationNames.commitment("b", salt)));
    assertNotEquals(
        Arrays.toString(commitment), Arrays.toString(ApplicationNames.commitment("a", other)));
  }

  @Test
  void saltAndCommitmentAreMadeWithTheirLabels() throws Exception {
    ApplicationNames.Opening opening = owner.open(owner.hide("name")).orElseThrow();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    byte[] whole = mac.doFinal("keywarden application salt\0name".getBytes(UTF_8));
    assertArrayEquals(Arrays.copyOf(whole, 16), opening.salt());
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update("keywarden application v1\0".getBytes(UTF_8));
    digest.update(opening.salt());
    assertArrayEquals(
        digest.digest("name".getBytes(UTF_8)), owner.hide("name").getCommitment().toByteArray());
  }
}
