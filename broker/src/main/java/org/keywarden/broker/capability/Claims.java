package org.keywarden.broker.capability;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.keywarden.policy.Right;

/**
 * What a capability says. Numbers are not negative, times are nanoseconds of CLOCK_BOOTTIME.
 *
 * @param id of this token
 * @param parent the token it was derived from; empty if the broker minted it for a grant
 * @param grant consecutive number of the grant since the broker started, from 1
 * @param pluginInstance whom it is for
 * @param seat where it holds, at most 64 code points
 * @param focusSession for which stay in a field it holds
 * @param epoch at which epoch of the seat it was granted
 * @param application that owns the field, at most 256 code points
 * @param rights what it permits; iterates in the order of {@link Right}
 * @param notBeforeSequence the first key sequence it covers
 * @param issuedAt first instant it holds
 * @param expiresAt first instant it no longer holds, after {@code issuedAt}
 * @param holder SHA-256 of the holder's raw Ed25519 public key
 * @param policy SHA-256 of the policy that decided the grant
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
  /** Most code points of {@link #seat}. */
  public static final int MAX_SEAT = 64;

  /** Most code points of {@link #application}. */
  public static final int MAX_APPLICATION = 256;

  /**
   * Copies the rights.
   *
   * @throws IllegalArgumentException if a number is negative, the grant is 0, a text is too long or
   *     not Unicode, the expiry is not after the issue, or the token is its own parent
   */
  public Claims {
    require(grant > 0, "grant", "at least 1");
    require(pluginInstance >= 0, "plugin instance", "at least 0");
    require(isText(seat, MAX_SEAT), "seat", "Unicode of at most 64 code points");
    require(focusSession >= 0, "focus session", "at least 0");
    require(epoch >= 0, "epoch", "at least 0");
    require(
        isText(application, MAX_APPLICATION), "application", "Unicode of at most 256 code points");
    require(notBeforeSequence >= 0, "not-before sequence", "at least 0");
    require(issuedAt >= 0, "issue", "at least 0");
    require(expiresAt > issuedAt, "expiry", "after the issue");
    require(!parent.equals(Optional.of(id)), "parent", "another token than this one");
    EnumSet<Right> ordered = EnumSet.noneOf(Right.class);
    ordered.addAll(rights);
    rights = Collections.unmodifiableSet(ordered);
  }

  private static void require(boolean holds, String claim, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("claim " + claim + " must be " + expected);
    }
  }

  private static boolean isText(String text, int maxCodePoints) {
    return text.codePointCount(0, text.length()) <= maxCodePoints
        && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }
}
