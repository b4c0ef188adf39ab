package org.keywarden.broker.capability;

import java.util.Optional;
import java.util.Set;
import org.keywarden.policy.Right;

/**
 * What a token says.
 *
 * @param id names the token
 * @param parent the token it was derived from
 * @param grant the entry of the grant table it is evidence of
 * @param pluginInstance whose it is
 * @param seat the user session's seat
 * @param focusSession the one stay of focus it is for
 * @param epoch the seat's epoch it is for
 * @param application what the application of the field calls itself
 * @param rights what it permits
 * @param notBeforeSequence the first key it covers
 * @param issuedAt in ns of CLOCK_BOOTTIME
 * @param expiresAt in ns of CLOCK_BOOTTIME; not valid at or after it
 * @param holder thumbprint of the key whose possession the holder must prove
 * @param policy digest of the policy that decided
 */
public record Claims(
    TokenId id,
    Optional<TokenId> parent,
    long grant,
    long pluginInstance,
    String seat,
    long focusSession,
    long epoch,
    String application,
    Set<Right> rights,
    long notBeforeSequence,
    long issuedAt,
    long expiresAt,
    Digest holder,
    Digest policy) {
  public Claims {
    rights = Set.copyOf(rights);
  }
}
