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

/** Everything that can happen to a seat, by what it concerns. */
public sealed interface SeatEvent {
  /** Of a field; from its application, through a front door. */
  sealed interface OfField extends SeatEvent {
    FieldId field();
  }

  /** Of a field that must be open. */
  sealed interface OfOpenField extends OfField {}

  /** Of a plugin, through its gateway, which refuses those of instances that are not ready. */
  sealed interface OfPlugin extends SeatEvent {}

  /** Of a token the seat asked for; from the mint and the grant log. */
  sealed interface OfToken extends SeatEvent {}

  /** Of the trusted keyboard, through its gateway. */
  sealed interface OfTrusted extends SeatEvent {}

  /** Of the whole session; from the user and the system. */
  sealed interface OfSession extends SeatEvent {}

  /** A new field; its id must not be open. */
  record FieldOpened(FieldId field, Application application, FieldTraits traits)
      implements OfField {}

  record FieldClosed(FieldId field) implements OfOpenField {}

  /** The field has focus; {@code type}, if given, came with it. */
  record FocusGained(FieldId field, @Nullable ContentType type) implements OfOpenField {}

  record FocusLost(FieldId field) implements OfOpenField {}

  record ContentTypeChanged(FieldId field, ContentType type) implements OfOpenField {}

  /** A marker other than {@link SecretBy#APPLICATION}'s own words says so, or no longer does. */
  record SecrecyMarked(FieldId field, SecretBy by, boolean secret) implements OfOpenField {}

  /** A key; {@code keyId} is the application's own number, given back in the answer. */
  record KeyTyped(FieldId field, long keyId, Key key) implements OfOpenField {}

  /** The application dropped the composition. */
  record FieldReset(FieldId field) implements OfOpenField {}

  record SurroundingChanged(FieldId field, SurroundingText surrounding) implements OfOpenField {}

  record CursorMoved(FieldId field) implements OfOpenField {}

  /**
   * The application has proved that it has handled all that it was given up to {@link
   * HostEffect.FenceRaised} of that number, and told of what came of it.
   */
  record KeysHandled(FieldId field, long number) implements OfOpenField {}

  record CandidateClicked(FieldId field, CandidateClick click) implements OfOpenField {}

  record CandidatesMoved(FieldId field, CandidatesMove move) implements OfOpenField {}

  /**
   * The user activated a property that is shown.
   *
   * @param checked what a toggle or a choice is to become
   */
  record PropertyActivated(FieldId field, String key, boolean checked) implements OfOpenField {}

  /** A plugin registered; {@code holder} is the thumbprint of its key. */
  record PluginReady(PluginInstance instance, PluginFacts facts, Memory memory, Digest holder)
      implements OfPlugin {
    /** Of a plugin with one instance for all fields. */
    public PluginReady(PluginInstance instance, PluginFacts facts, Digest holder) {
      this(instance, facts, Memory.TOLD, holder);
    }
  }

  record PluginLost(PluginInstance instance) implements OfPlugin {}

  /**
   * A plugin opened a stream with a token that holds; answered with the same {@code stream}, the
   * gateway's own number.
   */
  record ComposeOpened(long stream, VerifiedCapability capability) implements OfPlugin {}

  /** The plugin's side of a grant's stream ended. */
  record ComposeClosed(long grant) implements OfPlugin {}

  record KeyAnswered(long grant, long sequence, boolean handled, List<Action> actions)
      implements OfPlugin {
    public KeyAnswered {
      actions = List.copyOf(actions);
    }
  }

  /** An action outside the answer to a key. */
  record ActionTaken(long grant, Action action) implements OfPlugin {}

  /** A renewed token that holds came in on its grant's stream. */
  record RenewalPresented(VerifiedCapability capability) implements OfPlugin {}

  /**
   * The holder of {@code parent} asks for a narrower grant; answered with the same {@code request}.
   *
   * @param lifetime in ns
   */
  record DerivationAsked(long request, long parent, Set<Right> rights, long lifetime, Digest holder)
      implements OfPlugin {
    public DerivationAsked {
      rights = Set.copyOf(rights);
    }
  }

  /** The token is minted and its record durable: it may be released. */
  record TokenRecorded(long issue, Token token) implements OfToken {}

  /** The token could not be minted or recorded, and never will be. */
  record TokenNotRecorded(long issue) implements OfToken {}

  record TrustedReady(long instance) implements OfTrusted {}

  record TrustedLost(long instance) implements OfTrusted {}

  /** {@code text} is what the key finished, empty if nothing. */
  record TrustedAnswered(long instance, long sequence, boolean handled, String text)
      implements OfTrusted {
    @Override
    public String toString() {
      return "TrustedAnswered[" + sequence + "]";
    }
  }

  /**
   * The user chose who composes.
   *
   * @param plugin the plugin's id, empty for none
   * @param inputMethod which of its input methods, empty if it has one
   */
  record PluginSelected(String plugin, String inputMethod) implements OfSession {}

  record PolicyReplaced(RoutePolicy policy) implements OfSession {}

  /** The screen was locked or unlocked. */
  record SessionLockChanged(boolean locked) implements OfSession {}

  /** The machine was suspended and is awake again. */
  record Resumed() implements OfSession {}

  /** Time went on; something may be due. */
  record TimePassed() implements OfSession {}
}
