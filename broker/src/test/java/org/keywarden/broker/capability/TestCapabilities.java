package org.keywarden.broker.capability;

import java.util.Optional;
import org.keywarden.broker.seat.TokenRequest;

/** Capabilities for tests of what comes after verification. */
public final class TestCapabilities {
  private static final Digest POLICY = Digest.of(new byte[Digest.LENGTH]);

  private TestCapabilities() {}

  /** A token that nobody minted, another one each time. */
  public static Token token() {
    return new Token(new byte[0]);
  }

  /** What the verifier would give for {@code claims}. */
  public static VerifiedCapability verified(Claims claims) {
    return new VerifiedCapability(claims);
  }

  /** What the verifier would give for the token minted for {@code request}. */
  public static VerifiedCapability verified(TokenRequest request) {
    return verified(
        new Claims(
            new TokenId(0, request.issue()),
            Optional.empty(),
            request.grant(),
            request.instance().number(),
            "seat0",
            request.focusSession(),
            request.epoch(),
            request.application(),
            request.rights(),
            request.notBeforeSequence(),
            request.issuedAt(),
            request.expiresAt(),
            request.holder(),
            POLICY));
  }
}
