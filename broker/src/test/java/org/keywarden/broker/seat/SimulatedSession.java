package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.capability.TestCapabilities;
import org.keywarden.broker.capability.Token;
import org.keywarden.policy.PluginFacts;
import org.keywarden.policy.Right;

/** One run of the simulation, from one seed. */
final class SimulatedSession {
  private static final long MILLISECOND = 1_000_000L;
  private static final Digest HOLDER = Digest.sha256(new byte[] {1});
  private static final Digest HELPER = Digest.sha256(new byte[] {2});

  /** As shipped, but with few grants at once, seldom more, and little patience with the log. */
  private static final SeatLimits MEAN =
      new SeatLimits(
          SeatLimits.DEFAULT.answer(),
          SeatLimits.DEFAULT.firstAnswer(),
          SeatLimits.DEFAULT.hold(),
          SeatLimits.DEFAULT.presentation(),
          SeatLimits.DEFAULT.recording(),
          SeatLimits.DEFAULT.relaxation(),
          SeatLimits.DEFAULT.echo(),
          SeatLimits.DEFAULT.settling(),
          SeatLimits.DEFAULT.lull(),
          SeatLimits.DEFAULT.longestLull(),
          SeatLimits.DEFAULT.cause(),
          SeatLimits.DEFAULT.pendingKeys(),
          SeatLimits.DEFAULT.keysAtPlugin(),
          SeatLimits.DEFAULT.misses(),
          SeatLimits.DEFAULT.refusals(),
          SeatLimits.DEFAULT.children(),
          2,
          50 * MILLISECOND,
          3);

  private final long seed;
  private final int events;
  private final SplittableRandom random;
  private final SimulatedInput input;
  private final SimulatedApplications applications;
  private final SeatOracle oracle;
  private final Seat seat;
  private final List<TokenRequest> toRecord = new ArrayList<>();
  private final Map<Token, TokenRequest> recorded = new HashMap<>();
  private final List<TokenRequest> offered = new ArrayList<>();
  private final List<PluginEffect.DeliverKey> atPlugin = new ArrayList<>();
  private final List<PluginInstance> instances = new ArrayList<>();
  private final List<TrustedEffect.DeliverTrusted> atTrusted = new ArrayList<>();
  private long now = 1;
  private long nextInstance = 1;
  private long trusted;
  private long nextRequest = 1;
  private long nextStream = 1;
  private long lastGrant = 1;
  private long shown;
  private int event;

  /** How often plugins misbehave, of 16. */
  private final int hostility;

  /** The longest pause, in ms. */
  private final long haste;

  SimulatedSession(long seed, int events) {
    this.seed = seed;
    this.events = events;
    random = new SplittableRandom(seed);
    hostility = random.nextInt(8);
    input = new SimulatedInput(random, hostility);
    applications = new SimulatedApplications(random, input, this::post);
    haste = 10 + random.nextInt(6_000);
    SeatLimits limits = seed % 4 == 0 ? MEAN : SeatLimits.DEFAULT;
    oracle = new SeatOracle(limits);
    seat = new Seat(limits, new SimulatedPolicy(0), "ime.a");
  }

  long run() {
    try {
      applications.open();
      for (event = 0; event < events; event++) {
        step();
        if (event % 1024 == 0) {
          oracle.forgetClosed();
        }
      }
      applications.close();
      assertEquals(0, oracle.openGrants(), "G6 every grant has its closing record");
      assertTrue(oracle.everyKeyAnswered(), "G4 every key is answered");
      return shown;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + ", event " + event + ": " + e.getMessage(), e);
    }
  }

  private void step() {
    passTime();
    applications.echo();
    int choice = random.nextInt(100);
    if (choice < 36) {
      applications.type();
    } else if (choice < 62) {
      pluginSpeaks();
    } else if (choice < 72) {
      logSpeaks();
    } else if (choice < 82) {
      present();
    } else if (choice < 87) {
      trustedSpeaks();
    } else if (choice < 94) {
      applications.speak();
    } else if (choice < 99) {
      lifeHappens();
    } else {
      userDecides();
    }
  }

  private void passTime() {
    long until = now + input.pause(haste);
    while (seat.nextDeadline() <= until) {
      now = Math.max(now, seat.nextDeadline());
      post(new SeatEvent.TimePassed());
    }
    now = until;
  }

  private void post(SeatEvent posted) {
    applications.said(posted);
    List<Effect> effects = seat.handle(now, posted);
    oracle.judge(now, posted, effects, seat.status(), seat.secretTyped());
    effects.forEach(this::obey);
  }

  private void obey(Effect effect) {
    if (effect instanceof RecordEffect.IssueToken issue) {
      toRecord.add(issue.request());
      lastGrant = issue.request().grant();
    } else if (effect instanceof PluginEffect.OfferGrant offer) {
      offer(offer.token());
    } else if (effect instanceof PluginEffect.OfferRenewal offer) {
      offer(offer.token());
    } else if (effect instanceof PluginEffect.AnswerDerivation offer) {
      offer(offer.token());
    } else if (effect instanceof HostEffect.EditField edit) {
      applications.edited(edit.field());
    } else if (effect instanceof HostEffect.FenceRaised raised) {
      applications.asked(raised);
    } else if (effect instanceof PluginEffect.DeliverKey key) {
      shown++;
      atPlugin.add(key);
    } else if (effect instanceof TrustedEffect.DeliverTrusted key) {
      atTrusted.add(key);
    } else if (effect instanceof TrustedEffect.RestartTrusted) {
      trusted = 0;
    } else if (effect instanceof PluginEffect.RestartPlugin restart) {
      instances.remove(restart.instance());
    }
  }

  private void offer(Token token) {
    TokenRequest request = Objects.requireNonNull(recorded.get(token), "of the log");
    offered.add(request);
    recorded.values().removeIf(other -> other.issue() <= request.issue() - 64);
  }

  private void pluginSpeaks() {
    int kind = random.nextInt(12);
    if (kind < 8 && !atPlugin.isEmpty()) {
      int at = random.nextInt(64) < hostility ? random.nextInt(atPlugin.size()) : 0;
      PluginEffect.DeliverKey key = atPlugin.remove(at);
      List<Action> actions = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        actions.add(input.action());
      }
      post(new SeatEvent.KeyAnswered(key.grant(), key.sequence(), random.nextBoolean(), actions));
    } else if (kind < 10) {
      post(new SeatEvent.ActionTaken(someGrant(), input.action()));
    } else if (kind == 10 && random.nextInt(4) == 0) {
      post(
          new SeatEvent.DerivationAsked(
              nextRequest++,
              someGrant(),
              random.nextBoolean()
                  ? EnumSet.of(Right.COMMIT_TEXT, Right.SHOW_CANDIDATES)
                  : EnumSet.allOf(Right.class),
              random.nextLong(5_000 * MILLISECOND),
              random.nextInt(4) == 0 ? HOLDER : HELPER));
    } else if (random.nextInt(20) == 0) {
      post(new SeatEvent.ComposeClosed(someGrant()));
    } else if (atPlugin.size() > 40) {
      atPlugin.clear();
    }
  }

  private long someGrant() {
    return Math.max(1, lastGrant - random.nextInt(4));
  }

  private void logSpeaks() {
    if (toRecord.isEmpty()) {
      return;
    }
    TokenRequest request = toRecord.remove(random.nextInt(toRecord.size()));
    if (random.nextInt(25) == 0) {
      post(new SeatEvent.TokenNotRecorded(request.issue()));
    } else {
      Token token = TestCapabilities.token();
      recorded.put(token, request);
      post(new SeatEvent.TokenRecorded(request.issue(), token));
    }
  }

  private void present() {
    if (offered.isEmpty()) {
      return;
    }
    int newest = offered.size() - 1;
    TokenRequest request =
        offered.get(random.nextInt(10) == 0 ? random.nextInt(offered.size()) : newest);
    if (now < request.expiresAt()) {
      post(
          request.renewal()
              ? new SeatEvent.RenewalPresented(TestCapabilities.verified(request))
              : new SeatEvent.ComposeOpened(nextStream++, TestCapabilities.verified(request)));
    }
    if (random.nextInt(10) > 0) {
      offered.remove(request);
    }
    if (offered.size() > 20) {
      offered.remove(0);
    }
  }

  private void trustedSpeaks() {
    if (atTrusted.isEmpty()) {
      return;
    }
    TrustedEffect.DeliverTrusted key = atTrusted.remove(0);
    if (random.nextInt(12) > 0) {
      boolean handled = random.nextInt(4) == 0;
      post(
          new SeatEvent.TrustedAnswered(
              key.instance(), key.sequence(), handled, handled && random.nextBoolean() ? "é" : ""));
    }
  }

  private void lifeHappens() {
    switch (random.nextInt(4)) {
      case 0, 1 -> {
        if (instances.size() < 3) {
          PluginInstance instance = new PluginInstance(nextInstance++);
          instances.add(instance);
          PluginFacts facts =
              new PluginFacts(
                  random.nextInt(3) > 0 ? "ime.a" : "ime.b",
                  List.of("ja"),
                  EnumSet.allOf(Right.class));
          post(new SeatEvent.PluginReady(instance, facts, HOLDER));
        }
      }
      case 2 -> {
        if (!instances.isEmpty() && random.nextInt(4) == 0) {
          post(new SeatEvent.PluginLost(instances.remove(random.nextInt(instances.size()))));
        }
      }
      default -> {
        if (trusted == 0) {
          trusted = nextInstance++;
          post(new SeatEvent.TrustedReady(trusted));
        } else if (random.nextInt(5) == 0) {
          post(new SeatEvent.TrustedLost(trusted));
          trusted = 0;
        }
      }
    }
  }

  private void userDecides() {
    switch (random.nextInt(8)) {
      case 0 -> post(new SeatEvent.PluginSelected(chosen(random.nextInt(12)), ""));
      case 1 -> post(new SeatEvent.PolicyReplaced(new SimulatedPolicy(random.nextInt(2))));
      case 2 -> post(new SeatEvent.SessionLockChanged(random.nextInt(6) == 0));
      case 3 -> post(new SeatEvent.Resumed());
      default -> post(new SeatEvent.SessionLockChanged(false));
    }
  }

  /** Mostly the same, at times another, at times none. */
  private static String chosen(int die) {
    return switch (die) {
      case 0 -> "";
      case 1, 2 -> "ime.b";
      default -> "ime.a";
    };
  }
}
