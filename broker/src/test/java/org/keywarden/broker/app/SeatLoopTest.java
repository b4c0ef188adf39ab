package org.keywarden.broker.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.capability.TestCapabilities;
import org.keywarden.broker.seat.Application;
import org.keywarden.broker.seat.ContentType;
import org.keywarden.broker.seat.Effect;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.FieldTraits;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.KeyAction;
import org.keywarden.broker.seat.PluginEffect;
import org.keywarden.broker.seat.PluginInstance;
import org.keywarden.broker.seat.Purpose;
import org.keywarden.broker.seat.RecordEffect;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.Seat;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatLimits;
import org.keywarden.broker.seat.TokenRequest;
import org.keywarden.policy.Decision;
import org.keywarden.policy.Facts;
import org.keywarden.policy.PluginFacts;
import org.keywarden.policy.Right;
import org.keywarden.policy.RoutePolicy;

/** What becomes of the rest when one thing fails that the seat asked for. */
final class SeatLoopTest {
  private static final FieldId FIELD = new FieldId(1, 1);
  private static final PluginInstance INSTANCE = new PluginInstance(7);
  private static final ContentType PLAIN = new ContentType(Purpose.FREE_FORM, Set.of(), false);
  private static final ContentType PASSWORD = new ContentType(Purpose.PASSWORD, Set.of(), false);
  private static final SeatEvent.KeyTyped KEY =
      new SeatEvent.KeyTyped(FIELD, 1, new Key('k', 45, 0, KeyAction.PRESS));

  private final List<Effect> done = new ArrayList<>();
  private final List<TokenRequest> issued = new ArrayList<>();
  private final List<SeatEvent> recorded = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<PluginInstance> expelled = new ArrayList<>();
  private final List<Long> alarms = new ArrayList<>();
  private final ComposeOrFail policy = new ComposeOrFail();
  private final SeatLoop loop =
      new SeatLoop(
          new Seat(SeatLimits.DEFAULT, policy, "ime"),
          new SeatThread() {
            @Override
            public boolean isCurrent() {
              return true;
            }

            @Override
            public Runnable after(long delay, Runnable action) {
              alarms.add(delay);
              return () -> {};
            }
          },
          () -> 1,
          (event, route) -> recorded.add(event),
          warnings::add);
  private Predicate<Effect> fails = effect -> false;
  private boolean standingFails;
  private boolean expelFails;
  private int ends;

  private static final class ComposeOrFail implements RoutePolicy {
    private boolean fails;

    @Override
    public Decision decide(Facts facts) {
      if (fails) {
        throw new IllegalArgumentException("typed secret");
      }
      return new Decision.Compose("all", facts.plugin().rights(), Duration.ofSeconds(10), true);
    }

    @Override
    public byte[] digest() {
      return new byte[32];
    }
  }

  private void apply(Effect effect) {
    if (fails.test(effect)) {
      throw new IllegalArgumentException("typed secret");
    }
    done.add(effect);
    if (effect instanceof RecordEffect.IssueToken issue) {
      issued.add(issue.request());
    }
  }

  private static void fail(boolean now) {
    if (now) {
      throw new IllegalArgumentException("typed secret");
    }
  }

  @BeforeEach
  void composing() {
    loop.connect(
        new SeatHands(
            List.of(this::apply, this::apply),
            this::apply,
            this::apply,
            this::apply,
            (route, secret) -> fail(standingFails),
            instance -> {
              fail(expelFails);
              expelled.add(instance);
            },
            () -> ends++));
    loop.post(
        new SeatEvent.PluginReady(
            INSTANCE,
            new PluginFacts("ime", List.of(), EnumSet.allOf(Right.class)),
            Digest.sha256(new byte[] {1})));
    loop.post(
        new SeatEvent.FieldOpened(
            FIELD, new Application("app", "", false), new FieldTraits(true, false, false)));
    loop.post(new SeatEvent.FocusGained(FIELD, PLAIN));
    present();
    done.clear();
    recorded.clear();
    alarms.clear();
  }

  private void present() {
    loop.post(new SeatEvent.TokenRecorded(issued.getLast().issue(), TestCapabilities.token()));
    loop.post(new SeatEvent.ComposeOpened(1, TestCapabilities.verified(issued.getLast())));
    assertEquals(Route.COMPOSING, loop.status().route());
  }

  private boolean did(Class<? extends Effect> kind) {
    return done.stream().anyMatch(kind::isInstance);
  }

  private void turnSecret() {
    loop.post(new SeatEvent.ContentTypeChanged(FIELD, PASSWORD));
  }

  @Test
  void whatFollowsAFailedEffectIsDone() {
    loop.post(KEY);
    done.clear();
    fails = effect -> effect instanceof HostEffect.AnswerKey;
    turnSecret();
    assertTrue(did(PluginEffect.Revoke.class));
    assertTrue(did(RecordEffect.CloseGrant.class));
    assertTrue(did(HostEffect.RouteChanged.class));
    assertEquals(0, ends);
    assertEquals(2, recorded.size(), "the journal is told");
  }

  @Test
  void oneDoorsFailureIsNotTheOthers() {
    int[] tries = {0};
    fails = effect -> effect instanceof HostEffect.RouteChanged && tries[0]++ == 0;
    turnSecret();
    assertEquals(2, tries[0]);
    assertTrue(did(HostEffect.RouteChanged.class));
  }

  @Test
  void theAlarmIsSetInAnyCase() {
    fails = effect -> true;
    loop.post(KEY);
    assertEquals(1, alarms.size());
  }

  @Test
  void anInstanceWhoseRevocationFailsIsEnded() {
    fails = effect -> effect instanceof PluginEffect.Revoke;
    turnSecret();
    assertEquals(List.of(INSTANCE), expelled);
    assertTrue(did(HostEffect.RouteChanged.class));
    assertEquals(0, ends);
  }

  @Test
  void theBrokerEndsWhereThatFailsToo() {
    fails = effect -> effect instanceof PluginEffect.Revoke;
    expelFails = true;
    turnSecret();
    assertEquals(1, ends);
  }

  @Test
  void theBrokerEndsWhereAGrantsEndIsNotRecorded() {
    fails = effect -> effect instanceof RecordEffect.CloseGrant;
    turnSecret();
    assertEquals(1, ends);
    assertTrue(did(HostEffect.RouteChanged.class));
  }

  @Test
  void theBrokerEndsWherePluginsCannotBeStopped() {
    standingFails = true;
    turnSecret();
    assertEquals(1, ends);
    assertTrue(did(PluginEffect.Revoke.class));
  }

  @Test
  void theBrokerEndsWhereTheSeatItselfFails() {
    policy.fails = true;
    loop.post(new SeatEvent.PolicyReplaced(policy));
    assertEquals(1, ends, "what was revoked by then is lost");
    done.clear();
    loop.post(KEY);
    assertEquals(List.of(), done, "nothing is decided by a seat that is torn");
  }

  @Test
  void aTokenThatCannotBeIssuedIsNotWaitedFor() {
    fails = effect -> effect instanceof RecordEffect.IssueToken;
    loop.post(new SeatEvent.PolicyReplaced(policy));
    assertEquals(Route.DIRECT, loop.status().route());
    assertTrue(recorded.getLast() instanceof SeatEvent.TokenNotRecorded);
  }

  @Test
  void anIllegalEventChangesNothingAndLosesNoOther() {
    List<SeatEvent> nested =
        List.of(new SeatEvent.FocusLost(new FieldId(9, 9)), new SeatEvent.FocusLost(FIELD));
    fails =
        effect -> {
          if (effect instanceof PluginEffect.DeliverKey) {
            nested.forEach(loop::post);
          }
          return false;
        };
    loop.post(KEY);
    assertEquals(Route.UNFOCUSED, loop.status().route());
    assertEquals(0, ends);
    assertEquals(1, warnings.size());
  }

  @Test
  void aFailureIsToldOnceForEachKindAndWithoutItsMessage() {
    fails = effect -> effect instanceof HostEffect.RouteChanged;
    loop.post(new SeatEvent.FocusLost(FIELD));
    loop.post(new SeatEvent.FocusGained(FIELD, PLAIN));
    assertEquals(1, warnings.size());
    assertFalse(warnings.getFirst().contains("typed secret"));
    assertTrue(warnings.getFirst().contains("RouteChanged"));
  }
}
