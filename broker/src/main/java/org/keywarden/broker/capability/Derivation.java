package org.keywarden.broker.capability;

import java.util.Optional;
import java.util.Set;
import org.keywarden.policy.Right;

/**
 * Narrows a capability for a helper process of its holder: a pure check, the mint signs what it
 * allows.
 */
public final class Derivation {
  private Derivation() {}

  /**
   * What is asked for.
   *
   * @param id of the child, new
   * @param grant number of the child's own grant
   * @param rights of the child
   * @param expiresAt nanoseconds of CLOCK_BOOTTIME
   * @param holder thumbprint of the helper's key
   */
  public record Request(TokenId id, long grant, Set<Right> rights, long expiresAt, Digest holder) {}

  /** The outcome. */
  public sealed interface Outcome {
    /** What to mint. */
    record Allowed(Claims child) implements Outcome {}

    /** Why nothing is minted. */
    record Refused(Reason reason) implements Outcome {}
  }

  /** Why a derivation was refused. */
  public enum Reason {
    /** The child would receive keys, and a key has one owner. */
    KEYS_HAVE_ONE_OWNER,
    /** The child would have no right, or one that the parent lacks. */
    RIGHTS_NOT_A_SUBSET,
    /** The parent has expired, or the child would end after it or not begin at all. */
    EXPIRY_OUT_OF_RANGE,
    /** The child names its parent's holder, so that nothing would be narrowed. */
    SAME_HOLDER,
    /** The child has its parent's token id or grant number. */
    NOT_A_NEW_GRANT
  }

  /**
   * Returns the child's claims, or why there is none.
   *
   * @param now nanoseconds of CLOCK_BOOTTIME; the child's issue
   */
  public static Outcome derive(VerifiedCapability capability, Request request, long now) {
    Claims parent = capability.claims();
    Optional<Reason> refusal = refusal(parent, request, now);
    if (refusal.isPresent()) {
      return new Outcome.Refused(refusal.get());
    }
    return new Outcome.Allowed(
        new Claims(
            request.id(),
            Optional.of(parent.id()),
            request.grant(),
            parent.pluginInstance(),
            parent.seat(),
            parent.focusSession(),
            parent.epoch(),
            parent.application(),
            request.rights(),
            parent.notBeforeSequence(),
            now,
            request.expiresAt(),
            request.holder(),
            parent.policy()));
  }

  private static Optional<Reason> refusal(Claims parent, Request request, long now) {
    if (request.rights().stream().anyMatch(Right::bringsKeys)) {
      return Optional.of(Reason.KEYS_HAVE_ONE_OWNER);
    }
    if (request.rights().isEmpty() || !parent.rights().containsAll(request.rights())) {
      return Optional.of(Reason.RIGHTS_NOT_A_SUBSET);
    }
    if (now < parent.issuedAt()
        || request.expiresAt() <= now
        || request.expiresAt() > parent.expiresAt()) {
      return Optional.of(Reason.EXPIRY_OUT_OF_RANGE);
    }
    if (request.holder().equals(parent.holder())) {
      return Optional.of(Reason.SAME_HOLDER);
    }
    if (request.id().equals(parent.id()) || request.grant() <= parent.grant()) {
      return Optional.of(Reason.NOT_A_NEW_GRANT);
    }
    return Optional.empty();
  }
}
