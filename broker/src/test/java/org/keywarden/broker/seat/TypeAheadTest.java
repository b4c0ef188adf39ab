package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.capability.TestCapabilities;
import org.keywarden.policy.Decision;
import org.keywarden.policy.Facts;
import org.keywarden.policy.PluginFacts;
import org.keywarden.policy.Right;
import org.keywarden.policy.RoutePolicy;

/**
 * A person who types ahead, in clients that come to what they are given late and say things because
 * of it. Here it is known which field each key is meant for: none meant for a password may be shown
 * to the input method, whatever the client says.
 */
final class TypeAheadTest {
  private static final long MILLISECOND = 1_000_000L;
  private static final int TAB = 0xFF09;
  private static final int RETURN = 0xFF0D;
  private static final int RUNS = Integer.getInteger("keywarden.typeahead.runs", 3_000);
  private static final ContentType PLAIN = new ContentType(Purpose.FREE_FORM, Set.of(), false);
  private static final ContentType PASSWORD = new ContentType(Purpose.PASSWORD, Set.of(), false);

  /** What a client says because its field was changed. */
  private enum Echo {
    NOTHING,
    /** GNOME Shell's. */
    TYPE_AGAIN,
    RESET,
    CURSOR,
    SURROUNDING,
    /** An application behind a compositor that turns its text input off and on. */
    FOCUS,
    ALL
  }

  @ParameterizedTest
  @EnumSource
  void noKeyMeantForAPasswordIsShown(Echo echo) {
    int composed = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      try {
        composed += new Desk(echo, seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(echo + ", seed " + seed + ": " + e.getMessage(), e);
      }
    }
    assertTrue(composed > RUNS, "the input method composes");
  }

  private record Due(long at, long order, Runnable action) {}

  /** One application with one word after another and a password between them. */
  private static final class Desk {
    private final Echo echo;
    private final SplittableRandom random;
    private final Seat seat = new Seat(SeatLimits.DEFAULT, new Everywhere(), "ime");
    private final PriorityQueue<Due> future =
        new PriorityQueue<>(
            (a, b) ->
                a.at() != b.at()
                    ? Long.compare(a.at(), b.at())
                    : Long.compare(a.order(), b.order()));

    /** Codes of the keys meant for a password. */
    private final Set<Integer> secret = new HashSet<>();

    private long now = 1;
    private long order;
    private long clientAt;
    private long pluginAt;
    private long lastField;
    private FieldId context = new FieldId(1, 0);
    private boolean inPassword;
    private int nextCode = 1;
    private final List<Key> typed = new ArrayList<>();
    private String preedit = "";
    private int shown;

    Desk(Echo echo, long seed) {
      this.echo = echo;
      this.random = new SplittableRandom(seed);
    }

    int run() {
      post(
          new SeatEvent.PluginReady(
              new PluginInstance(1),
              new PluginFacts("ime", List.of(), EnumSet.allOf(Right.class)),
              Digest.sha256(new byte[] {1})));
      focus(PLAIN);
      long at = 50 * MILLISECOND;
      boolean meantForPassword = false;
      for (int word = 0; word < 4; word++) {
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
          at = later(at);
          type(at, "kanio".charAt(random.nextInt(5)), meantForPassword);
        }
        if (!meantForPassword && random.nextInt(3) > 0) {
          at = later(at);
          type(at, RETURN, false);
        }
        at = later(at);
        type(at, TAB, meantForPassword);
        meantForPassword = !meantForPassword;
      }
      while (!future.isEmpty()) {
        if (seat.nextDeadline() <= future.element().at()) {
          now = Math.max(now, seat.nextDeadline());
          post(new SeatEvent.TimePassed());
        } else {
          Due next = future.remove();
          now = next.at();
          next.action().run();
        }
      }
      return shown;
    }

    private long later(long at) {
      return at
          + switch (random.nextInt(8)) {
            case 0 -> random.nextLong(400 * MILLISECOND);
            case 1 -> random.nextLong(1_500 * MILLISECOND);
            default -> random.nextLong(12 * MILLISECOND);
          };
    }

    private void type(long at, int keysym, boolean meantForPassword) {
      Key key = new Key(keysym, nextCode++, 0, KeyAction.PRESS);
      typed.add(key);
      if (meantForPassword) {
        secret.add(key.keycode());
      }
      // The client sends it at once, for the field that it thinks has the focus.
      at(at, () -> post(new SeatEvent.KeyTyped(context, key.keycode(), key)));
    }

    private void at(long when, Runnable action) {
      future.add(new Due(Math.max(when, now), order++, action));
    }

    private void post(SeatEvent event) {
      seat.handle(now, event).forEach(this::obey);
    }

    /** The client comes to what it is given in order, each within 60 ms. */
    private void client(Runnable action) {
      clientAt = Math.max(clientAt, now + random.nextLong(60 * MILLISECOND));
      at(clientAt, action);
    }

    private void obey(Effect effect) {
      switch (effect) {
        case HostEffect.AnswerKey answer -> {
          Key key = typed.get((int) answer.keyId() - 1);
          if (!answer.handled() && key.keysym() == TAB) {
            client(this::moveFocus);
          } else if (!answer.handled() && key.keysym() == RETURN && random.nextBoolean()) {
            client(() -> post(new SeatEvent.FieldReset(context)));
          }
        }
        case HostEffect.EditField edit -> {
          if (edit.edit() instanceof Edit.Forward forward && forward.key().keysym() == TAB) {
            client(this::moveFocus);
          }
          client(this::echo);
        }
        case HostEffect.RouteChanged changed -> {}
        case HostEffect.FenceRaised raised -> {}
        case PluginEffect plugin -> obeyAsPlugin(plugin);
        case TrustedEffect trusted -> {}
        case RecordEffect.IssueToken issue ->
            at(now + random.nextLong(3 * MILLISECOND), () -> record(issue.request()));
        case RecordEffect record -> {}
      }
    }

    private void record(TokenRequest request) {
      post(new SeatEvent.TokenRecorded(request.issue(), TestCapabilities.token()));
      if (now < request.expiresAt()) {
        post(
            request.renewal()
                ? new SeatEvent.RenewalPresented(TestCapabilities.verified(request))
                : new SeatEvent.ComposeOpened(1, TestCapabilities.verified(request)));
      }
    }

    private void obeyAsPlugin(PluginEffect effect) {
      if (effect instanceof PluginEffect.DeliverKey key) {
        assertTrue(!secret.contains(key.key().keycode()), "a key meant for a password was shown");
        shown++;
        pluginAt = Math.max(pluginAt, now + random.nextLong(5 * MILLISECOND));
        at(pluginAt, () -> answer(key));
      } else if (effect instanceof PluginEffect.ResetComposition
          || effect instanceof PluginEffect.Revoke) {
        preedit = "";
      }
    }

    private void answer(PluginEffect.DeliverKey key) {
      boolean ends = key.key().keysym() == TAB || key.key().keysym() == RETURN;
      List<Action> actions = new ArrayList<>();
      boolean handled = true;
      if (!ends) {
        preedit += Character.toString(key.key().keysym());
        actions.add(new Action.ShowPreedit(new Preedit(preedit, preedit.length(), true)));
      } else {
        actions.add(new Action.Commit(preedit));
        actions.add(new Action.ShowPreedit(Preedit.NONE));
        preedit = "";
        handled = key.key().keysym() == RETURN && random.nextBoolean();
      }
      post(new SeatEvent.KeyAnswered(key.grant(), key.sequence(), handled, actions));
    }

    private void echo() {
      ContentType type = inPassword ? PASSWORD : PLAIN;
      Echo kind = echo == Echo.ALL ? Echo.values()[random.nextInt(6)] : echo;
      switch (kind) {
        case NOTHING, ALL -> {}
        case TYPE_AGAIN -> {
          post(new SeatEvent.ContentTypeChanged(context, type));
          post(new SeatEvent.ContentTypeChanged(context, type));
        }
        case RESET -> post(new SeatEvent.FieldReset(context));
        case CURSOR -> post(new SeatEvent.CursorMoved(context));
        case SURROUNDING ->
            post(new SeatEvent.SurroundingChanged(context, new SurroundingText("x", 1, 1)));
        case FOCUS -> focus(type);
      }
    }

    private void moveFocus() {
      inPassword = !inPassword;
      focus(inPassword ? PASSWORD : PLAIN);
    }

    /** As bridges do: a new field for each focus, its type right behind. */
    private void focus(ContentType type) {
      if (lastField > 0) {
        post(new SeatEvent.FocusLost(context));
        post(new SeatEvent.FieldClosed(context));
      }
      context = new FieldId(1, ++lastField);
      boolean bridge = echo == Echo.FOCUS || echo == Echo.ALL;
      post(
          new SeatEvent.FieldOpened(
              context, new Application("app", "", false), new FieldTraits(true, false, bridge)));
      if (bridge) {
        post(new SeatEvent.FocusGained(context, null));
        post(new SeatEvent.ContentTypeChanged(context, type));
      } else {
        post(new SeatEvent.FocusGained(context, type));
      }
    }
  }

  private record Everywhere() implements RoutePolicy {
    @Override
    public Decision decide(Facts facts) {
      return new Decision.Compose("all", facts.plugin().rights(), Duration.ofSeconds(10), true);
    }

    @Override
    public byte[] digest() {
      return new byte[32];
    }
  }
}
