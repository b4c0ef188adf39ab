package org.keywarden.broker.seat;

import static org.keywarden.broker.seat.SeatState.NEVER;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keywarden.policy.ApplicationFacts;
import org.keywarden.policy.Decision;
import org.keywarden.policy.Facts;
import org.keywarden.policy.FieldFacts;
import org.keywarden.policy.PluginFacts;
import org.keywarden.policy.Right;
import org.keywarden.policy.RoutePolicy;
import org.keywarden.policy.SessionFacts;

/** Which field has the focus, whether it is secret, and who has its keys therefore. */
final class Routing {
  private static final PluginFacts NO_PLUGIN = new PluginFacts("", List.of(), Set.of());

  private final SeatState state;
  private final PluginTable plugins;
  private final Grants grants;
  private final Composition composition;
  private final KeyPath keys;

  private RoutePolicy policy;
  private boolean locked;

  /**
   * The plugin failed to take or keep a grant for this focus session; it gets no other before
   * something changes.
   */
  private boolean declined;

  /** While deciding: when the content type counts as never coming. */
  private long decideBy = NEVER;

  /** While granting, or direct for want of one: from when the grant may be begun. */
  private long beginAt = NEVER;

  private final Secrecy secrecy;
  private final Unyielded unyielded;

  /** Whether the route was last decided with a secret being typed elsewhere. */
  private boolean secretElsewhere;

  Routing(
      SeatState state,
      PluginTable plugins,
      Grants grants,
      Composition composition,
      KeyPath keys,
      RoutePolicy policy) {
    this.state = state;
    this.plugins = plugins;
    this.grants = grants;
    this.composition = composition;
    this.keys = keys;
    this.policy = policy;
    this.secrecy = new Secrecy(state.limits.relaxation());
    this.unyielded = new Unyielded(state.limits);
  }

  void use(RoutePolicy replacement) {
    policy = replacement;
    decideAnew(RevocationReason.SUPERSEDED);
  }

  void lock(boolean now) {
    locked = now;
    decideAnew(RevocationReason.SUPERSEDED);
  }

  /** The focused field's grant ended for a cause of its own. */
  void leaveGrant(RevocationReason why) {
    declined = why != RevocationReason.EXPIRED;
    decideAnew(why);
  }

  void passTime() {
    unyielded.passTime(state.now);
    followUnyielded();
    if (state.now >= decideBy) {
      decideBy = NEVER;
      if (state.route() == Route.DECIDING) {
        decideAnew(RevocationReason.SUPERSEDED);
      }
    }
    if (state.now >= beginAt) {
      beginAt = NEVER;
      if (state.route() == Route.DIRECT) {
        decideAnew(RevocationReason.SUPERSEDED);
      } else {
        decide();
      }
    }
  }

  /** When time alone changes something, in ns; {@link SeatState#NEVER} for never. */
  long nextDeadline() {
    long next = Math.min(Math.min(decideBy, beginAt), unyielded.nextDeadline());
    return keys.isEmpty() ? Math.min(next, secrecy.relaxAt()) : next;
  }

  /** Moves the focus, to nowhere if {@code next} is null. */
  void focusOn(@Nullable Field next) {
    Field left = state.focused;
    if (next != null) {
      keys.focusGained(next);
      unyielded.gains(next, state.now);
      if (left != null && left.id.host() != next.id.host()) {
        boolean decided = state.route() != Route.DECIDING;
        unyielded.take(left, secrecy.guards() || !decided, state.now);
      }
    }
    secretElsewhere = unyielded.secretTyped();
    leave(RevocationReason.FOCUS_LOST, true);
    state.focused = next;
    state.focusSession++;
    declined = false;
    secrecy.stayBegins();
    if (next != null) {
      secrecy.look(next, state.now);
    }
    decideBy =
        next != null && next.traits.announces() && next.type == null
            ? state.now + state.limits.hold()
            : NEVER;
    decide();
  }

  /** Takes what an application says of its field. */
  void changeType(Field field, ContentType type) {
    boolean news = !type.equals(field.type);
    field.type = type;
    if (field == state.focused) {
      if (news) {
        keys.told(field);
      }
      decideBy = NEVER;
      reconsider(field, news);
    } else {
      stirs(field);
    }
  }

  /** Takes what another marker says of a field. */
  void mark(Field field, SecretBy by, boolean secret) {
    boolean news = field.mark(by, secret);
    if (field == state.focused) {
      reconsider(field, news);
    } else {
      stirs(field);
    }
  }

  /** Something came from a field without focus that says that it is typed into, or what it is. */
  void stirs(Field field) {
    unyielded.stirs(field, state.now);
    followUnyielded();
  }

  /** A field without focus gives up what it may think it has, or is gone. */
  void yields(Field field) {
    unyielded.yields(field, state.now);
    followUnyielded();
  }

  /** Whether secret keys may be on their way, wherever to, so that no plugin may run. */
  boolean secretTyped() {
    return state.route() == Route.GUARDED || unyielded.secretTyped();
  }

  private void followUnyielded() {
    if (unyielded.secretTyped() != secretElsewhere) {
      secretElsewhere = !secretElsewhere;
      if (state.focused != null && !secrecy.guards()) {
        decideAnew(secretElsewhere ? RevocationReason.FIELD_SECRET : RevocationReason.SUPERSEDED);
      }
    }
  }

  private void reconsider(Field field, boolean news) {
    boolean before = secrecy.secret();
    secrecy.look(field, state.now);
    if (secrecy.secret()) {
      if (!before) {
        decideAnew(RevocationReason.FIELD_SECRET);
      }
    } else if (news && !secrecy.guards()) {
      decideAnew(RevocationReason.SUPERSEDED);
    }
  }

  /** Ends the current owner's hold on the input and decides who is next. */
  void decideAnew(RevocationReason why) {
    leave(why, false);
    declined = declined && why != RevocationReason.SUPERSEDED;
    decide();
  }

  /** Bumps the epoch, then takes the input from whoever has it. */
  private void leave(RevocationReason why, boolean focusMoves) {
    state.epoch++;
    beginAt = NEVER;
    if (state.grant != null) {
      grants.close(state.grant, why);
    }
    if (state.focused != null) {
      composition.finish(state.focused.id, !state.focused.secret(), state::emit);
    }
    composition.forget();
    keys.takeBack(focusMoves);
  }

  private void decide() {
    Field field = state.focused;
    if (field == null) {
      state.changeRoute(Route.UNFOCUSED, "no field has focus");
    } else if (secrecy.guards()) {
      state.changeRoute(Route.GUARDED, "the field is secret");
    } else if (locked) {
      state.changeRoute(Route.GUARDED, "the session is locked");
    } else if (secretElsewhere) {
      state.changeRoute(
          Route.GUARDED, "a secret is typed into a field that has not given up focus");
    } else if (state.now < decideBy && decideBy != NEVER) {
      state.changeRoute(Route.DECIDING, "the field has not said what it is yet");
    } else {
      decideByPolicy(field);
    }
  }

  private void decideByPolicy(Field field) {
    PluginTable.Plugin plugin = plugins.ready();
    Decision decision = policy.decide(factsOf(field, plugin == null ? NO_PLUGIN : plugin.facts()));
    switch (decision) {
      case Decision.Guard guard -> state.changeRoute(Route.GUARDED, guard.rule());
      case Decision.Direct direct -> state.changeRoute(Route.DIRECT, direct.rule());
      case Decision.Compose compose -> {
        if (plugin == null) {
          state.changeRoute(Route.DIRECT, "no input method is ready");
        } else if (declined || !compose.rights().contains(Right.RECEIVE_KEYS)) {
          state.changeRoute(
              Route.DIRECT, declined ? "the input method took no grant" : compose.rule());
        } else if (grants.logIsBehind()) {
          state.changeRoute(Route.DIRECT, "the grant log does not keep up");
        } else if (state.now < grants.nextBeginFor(field.application)) {
          beginAt = grants.nextBeginFor(field.application);
          state.changeRoute(Route.DIRECT, "the application moves the focus faster than a person");
        } else if (state.now < grants.nextBegin()) {
          beginAt = grants.nextBegin();
          state.changeRoute(Route.GRANTING, compose.rule());
        } else {
          grants.begin(field, plugin, compose);
          state.changeRoute(Route.GRANTING, compose.rule());
        }
      }
    }
  }

  private Facts factsOf(Field field, PluginFacts plugin) {
    ContentType type = field.type;
    Purpose purpose = type == null ? Purpose.FREE_FORM : type.purpose();
    Set<String> hints =
        type == null
            ? Set.of()
            : type.hints().stream()
                .map(hint -> hint.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    return new Facts(
        new FieldFacts(purpose.name().toLowerCase(Locale.ROOT), hints, type != null),
        new ApplicationFacts(
            field.application.name(), field.application.executable(), field.application.allowed()),
        plugin,
        new SessionFacts(locked));
  }

  /** Lets a field that is no longer secret count as plain, once no key is in flight. */
  void relax() {
    if (keys.isEmpty() && secrecy.relax(state.now)) {
      decideAnew(RevocationReason.SUPERSEDED);
    }
  }
}
