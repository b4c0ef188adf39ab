package org.keywarden.broker.seat;

import java.util.Set;
import org.keywarden.broker.capability.Digest;
import org.keywarden.policy.Right;

/**
 * A token to be minted, and recorded before it may be released.
 *
 * @param issue this token among all of the seat; a grant's renewals have issues of their own
 * @param grant the grant, numbered consecutively from 1
 * @param parent the grant it is derived from, 0 if none
 * @param renewal whether it extends a grant already recorded
 * @param notBeforeSequence the first key it covers
 * @param issuedAt in ns of the seat's clock
 * @param expiresAt in ns of the seat's clock
 * @param holder thumbprint of the holder's key
 */
public record TokenRequest(
    long issue,
    long grant,
    long parent,
    boolean renewal,
    PluginInstance instance,
    String plugin,
    long focusSession,
    long epoch,
    String application,
    Set<Right> rights,
    long notBeforeSequence,
    long issuedAt,
    long expiresAt,
    Digest holder) {
  public TokenRequest {
    rights = Set.copyOf(rights);
  }
}
