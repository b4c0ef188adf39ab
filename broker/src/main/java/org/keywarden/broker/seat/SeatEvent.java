package org.keywarden.broker.seat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.capability.Token;
import org.keywarden.broker.capability.VerifiedCapability;
import org.keywarden.policy.PluginFacts;
import org.keywarden.policy.Right;
import org.keywarden.policy.RoutePolicy;

/** Everything that can happen to a seat. */
public sealed interface SeatEvent {
  // From applications, through a front door.

  /** A new field; its id must not be open. */
  record FieldOpened(FieldId field, Application application, FieldTraits traits)
      implements SeatEvent {}

  record FieldClosed(FieldId field) implements SeatEvent {}

  /** The field has focus; {@code type}, if given, came with it. */
  record FocusGained(FieldId field, @Nullable ContentType type) implements SeatEvent {}

  record FocusLost(FieldId field) implements SeatEvent {}

  record ContentTypeChanged(FieldId field, ContentType type) implements SeatEvent {}

  /** A marker other than {@link SecretBy#APPLICATION}'s own words says so, or no longer does. */
  record SecrecyMarked(FieldId field, SecretBy by, boolean secret) implements SeatEvent {}

  /** A key; {@code keyId} is the application's own number, given back in the answer. */
  record KeyTyped(FieldId field, long keyId, Key key) implements SeatEvent {}

  /** The application dropped the composition. */
  record FieldReset(FieldId field) implements SeatEvent {}

  record SurroundingChanged(FieldId field, SurroundingText surrounding) implements SeatEvent {}

  record CursorMoved(FieldId field) implements SeatEvent {}

  record CandidateClicked(FieldId field, int index) implements SeatEvent {}

  // From plugins, through their gateway. Events of instances that are not ready are refused by the
  // gateway.

  /** A plugin registered; {@code holder} is the thumbprint of its key. */
  record PluginReady(PluginInstance instance, PluginFacts facts, Digest holder)
      implements SeatEvent {}

  record PluginLost(PluginInstance instance) implements SeatEvent {}

  /**
   * A plugin opened a stream with a token that holds; answered with the same {@code stream}, the
   * gateway's own number.
   */
  record ComposeOpened(long stream, VerifiedCapability capability) implements SeatEvent {}

  /** The plugin's side of a grant's stream ended. */
  record ComposeClosed(long grant) implements SeatEvent {}

  record KeyAnswered(long grant, long sequence, boolean handled, List<Action> actions)
      implements SeatEvent {
    public KeyAnswered {
      actions = List.copyOf(actions);
    }
  }

  /** An action outside the answer to a key. */
  record ActionTaken(long grant, Action action) implements SeatEvent {}

  /** A renewed token that holds came in on its grant's stream. */
  record RenewalPresented(VerifiedCapability capability) implements SeatEvent {}

  /**
   * The holder of {@code parent} asks for a narrower grant; answered with the same {@code request}.
   *
   * @param lifetime in ns
   */
  record DerivationAsked(long request, long parent, Set<Right> rights, long lifetime, Digest holder)
      implements SeatEvent {
    public DerivationAsked {
      rights = Set.copyOf(rights);
    }
  }

  // From the grant log.

  /** The token is minted and its record durable: it may be released. */
  record TokenRecorded(long issue, Token token) implements SeatEvent {}

  /** The token could not be minted or recorded, and never will be. */
  record TokenNotRecorded(long issue) implements SeatEvent {}

  // From the trusted keyboard, through its gateway.

  record TrustedReady(long instance) implements SeatEvent {}

  record TrustedLost(long instance) implements SeatEvent {}

  /** {@code text} is what the key finished, empty if nothing. */
  record TrustedAnswered(long instance, long sequence, boolean handled, String text)
      implements SeatEvent {
    @Override
    public String toString() {
      return "TrustedAnswered[" + sequence + "]";
    }
  }

  // From the user and the system.

  record PluginSelected(String plugin) implements SeatEvent {}

  record PolicyReplaced(RoutePolicy policy) implements SeatEvent {}

  /** The screen was locked or unlocked. No adapter tells the seat yet. */
  record SessionLockChanged(boolean locked) implements SeatEvent {}

  /** The machine was suspended and is awake again. No adapter tells the seat yet. */
  record Resumed() implements SeatEvent {}

  /** Time went on; something may be due. */
  record TimePassed() implements SeatEvent {}
}
