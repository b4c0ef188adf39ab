package org.keywarden.broker.seat;

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

  /** When the focused field gained the focus, in ns. */
  private long focusedAt;

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

  /** Keys typed behind a lock screen, its password's last perhaps, are not left to who is next. */
  void lock(boolean now) {
    boolean opens = locked && !now;
    locked = now;
    leave(RevocationReason.SUPERSEDED, opens);
    declined = false;
    decide(state.focused());
  }

  /** The focused field's grant ended for a cause of its own. */
  void leaveGrant(RevocationReason why) {
    declined = why != RevocationReason.EXPIRED;
    decideAnew(why);
  }

  void passTime() {
    unyielded.passTime(state.now);
    followUnyielded();
    if (state.in() instanceof RouteState.Timed in && state.now >= in.until()) {
      switch (in) {
        case RouteState.Awaiting waited -> decide(waited.field());
        case RouteState.Deciding silent -> decideAnew(RevocationReason.SUPERSEDED);
        case RouteState.Paced paid -> decideAnew(RevocationReason.SUPERSEDED);
      }
    }
  }

  /** When time alone changes something, in ns; {@link SeatState#NEVER} for never. */
  long nextDeadline() {
    long until = state.in() instanceof RouteState.Timed in ? in.until() : SeatState.NEVER;
    long next = Math.min(until, unyielded.nextDeadline());
    return keys.isEmpty() ? Math.min(next, secrecy.relaxAt()) : next;
  }

  /** Moves the focus, to nowhere if {@code next} is null. */
  void focusOn(@Nullable Field next) {
    Field left = state.focused();
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
    state.focusSession++;
    focusedAt = state.now;
    declined = false;
    secrecy.stayBegins();
    if (next != null) {
      secrecy.look(next, state.now);
    }
    decide(next);
  }

  /** Takes what an application says of its field. */
  void changeType(Field field, ContentType type) {
    boolean news = !type.equals(field.type);
    field.type = type;
    if (field == state.focused()) {
      if (news) {
        keys.told(field);
      }
      reconsider(field, news);
    } else {
      stirs(field);
    }
  }

  /** Takes what another marker says of a field. */
  void mark(Field field, SecretBy by, boolean secret) {
    field.mark(by, secret);
    if (field == state.focused()) {
      reconsider(field, false);
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
    return locked || state.route() == Route.GUARDED || unyielded.secretTyped();
  }

  private void followUnyielded() {
    if (unyielded.secretTyped() != secretElsewhere) {
      secretElsewhere = !secretElsewhere;
      if (state.focused() != null && !secrecy.guards()) {
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
    decide(state.focused());
  }

  /**
   * Bumps the epoch, then takes the input from whoever has it.
   *
   * @param heldToo whether held keys too go to the application now, unseen by who is next
   */
  private void leave(RevocationReason why, boolean heldToo) {
    state.epoch++;
    if (state.in() instanceof RouteState.Granted granted) {
      grants.close(granted.grant(), why);
    }
    if (state.in() instanceof RouteState.Awaiting waited) {
      grants.withhold(waited.field());
    }
    if (state.in() instanceof RouteState.Focused left) {
      composition.finish(left.field().id, !left.field().secret(), state::emit);
      composition.closeMenu(left.field().id, state::emit);
    }
    composition.forget();
    keys.takeBack(heldToo);
  }

  private void decide(@Nullable Field field) {
    state.enter(field == null ? new RouteState.Unfocused() : routeOf(field));
  }

  private RouteState routeOf(Field field) {
    if (secrecy.guards()) {
      return new RouteState.Guarded(field, "the field is secret");
    }
    if (locked) {
      return new RouteState.Guarded(field, "the session is locked");
    }
    if (secretElsewhere) {
      return new RouteState.Guarded(
          field, "a secret is typed into a field that has not given up focus");
    }
    long typeBy = focusedAt + state.limits.hold();
    if (field.traits.announces() && field.type == null && state.now < typeBy) {
      return new RouteState.Deciding(field, typeBy);
    }
    PluginTable.Plugin plugin = plugins.any();
    Decision decision = policy.decide(factsOf(field, plugin == null ? NO_PLUGIN : plugin.facts()));
    return switch (decision) {
      case Decision.Guard guard -> new RouteState.Guarded(field, guard.rule());
      case Decision.Direct direct -> new RouteState.Direct(field, direct.rule());
      case Decision.Compose compose -> routeByGrant(field, compose);
    };
  }

  private RouteState routeByGrant(Field field, Decision.Compose compose) {
    if (field.application.keptOut()) {
      return new RouteState.Direct(field, "you keep input methods out of this application");
    }
    boolean mayLearn = Grants.mayLearn(field, compose);
    PluginTable.Plugin plugin = plugins.ready(mayLearn);
    if (plugin == null) {
      String lacking =
          mayLearn ? RouteState.Direct.NO_PLUGIN : RouteState.Direct.NO_FORGETFUL_PLUGIN;
      return new RouteState.Direct(field, plugins.selected().isEmpty() ? "keyboard only" : lacking);
    }
    if (declined) {
      return new RouteState.Direct(field, "the input method took no grant");
    }
    if (!compose.rights().contains(Right.RECEIVE_KEYS)) {
      return new RouteState.Direct(field, compose.rule());
    }
    if (grants.logIsBehind()) {
      grants.withhold(field);
      return new RouteState.Direct(field, "the grant log does not keep up");
    }
    long forApplication = grants.nextBeginFor(field.application);
    if (state.now < forApplication) {
      grants.withhold(field);
      return new RouteState.Paced(
          field, "the application moves the focus faster than a person", forApplication);
    }
    long forAll = grants.nextBegin();
    if (state.now < forAll) {
      return new RouteState.Awaiting(field, compose.rule(), forAll);
    }
    return new RouteState.Granting(field, compose.rule(), grants.begin(field, plugin, compose));
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
