package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keywarden.policy.ApplicationFacts;
import org.keywarden.policy.Decision;
import org.keywarden.policy.Facts;
import org.keywarden.policy.FieldFacts;
import org.keywarden.policy.PluginFacts;
import org.keywarden.policy.Right;
import org.keywarden.policy.RoutePolicy;
import org.keywarden.policy.SessionFacts;

/** What the policy is asked, what the user is told of its answer, and when it is asked again. */
final class RoutingRulesTest extends SeatScene {
  private final List<Facts> asked = new ArrayList<>();

  /** Decides what it is told to, and keeps what it was asked. */
  private final class Told implements RoutePolicy {
    private final Decision decision;

    Told(Decision decision) {
      this.decision = decision;
    }

    @Override
    public Decision decide(Facts facts) {
      asked.add(facts);
      return decision;
    }

    @Override
    public byte[] digest() {
      return new byte[32];
    }
  }

  private void policy(Decision decision) {
    post(new SeatEvent.PolicyReplaced(new Told(decision)));
  }

  private static Decision compose(Set<Right> rights, boolean learning) {
    return new Decision.Compose("rule", rights, Duration.ofSeconds(10), learning);
  }

  private void decided(Route route, String by) {
    assertEquals(route, seat.route());
    assertEquals(by, seat.status().decidedBy());
  }

  @Test
  void thePolicyIsAskedWithEverythingKnown() {
    FieldId field = new FieldId(3, 1);
    Application application = new Application("name", "/usr/bin/program", true, 5);
    composing();
    post(new SeatEvent.FieldOpened(field, application, new FieldTraits(true, false, false)));
    policy(new Decision.Direct("rule"));
    asked.clear();
    ContentType type = new ContentType(Purpose.EMAIL, Set.of(Hint.PRIVATE, Hint.LATIN), false);
    post(new SeatEvent.FocusGained(field, type));
    Facts facts = asked.getLast();
    assertEquals(new FieldFacts("email", Set.of("private", "latin"), true), facts.field());
    assertEquals(new ApplicationFacts("name", "/usr/bin/program", true), facts.application());
    assertEquals(new PluginFacts("ime", List.of(), rights), facts.plugin());
    assertEquals(new SessionFacts(false), facts.session());
  }

  @Test
  void ofAFieldThatAnnouncesNothingThePolicyKnowsThat() {
    FieldId field = new FieldId(3, 1);
    open(field, new FieldTraits(false, false, false));
    policy(new Decision.Direct("rule"));
    post(new SeatEvent.FocusGained(field, null));
    assertEquals(new FieldFacts("free_form", Set.of(), false), asked.getLast().field());
    assertEquals(new PluginFacts("", List.of(), Set.of()), asked.getLast().plugin());
    decided(Route.DIRECT, "rule");
  }

  @Test
  void whatTheUserKeepsInputMethodsOutOfIsNeverComposedIn() {
    FieldId field = new FieldId(3, 1);
    Application application = new Application("name", "/usr/bin/program", true, true, 5);
    composing();
    post(new SeatEvent.FieldOpened(field, application, new FieldTraits(true, false, false)));
    post(new SeatEvent.FocusGained(field, new ContentType(Purpose.FREE_FORM, Set.of(), false)));
    decided(Route.DIRECT, "you keep input methods out of this application");
    policy(new Decision.Guard("rule"));
    decided(Route.GUARDED, "rule");
  }

  @Test
  void whoDecidedIsTold() {
    composing();
    decided(Route.COMPOSING, "all");
    policy(new Decision.Guard("guarding rule"));
    decided(Route.GUARDED, "guarding rule");
    policy(new Decision.Direct("direct rule"));
    decided(Route.DIRECT, "direct rule");
    policy(compose(EnumSet.of(Right.COMMIT_TEXT), true));
    decided(Route.DIRECT, "rule");
    policy(compose(rights, true));
    decided(Route.GRANTING, "rule");
    post(new SeatEvent.TokenNotRecorded(issued.getLast().issue()));
    decided(Route.DIRECT, "the input method took no grant");
    post(new SeatEvent.PluginLost(INSTANCE));
    post(new SeatEvent.Resumed());
    decided(Route.DIRECT, "no input method is ready");
    post(new SeatEvent.FocusLost(FIELD));
    decided(Route.UNFOCUSED, "no field has focus");
  }

  @Test
  void aPolicyMayForbidLearning() {
    composing();
    policy(compose(rights, false));
    post(recorded(issued.getLast()));
    assertFalse(all(PluginEffect.OfferGrant.class).findAny().orElseThrow().learning());
  }

  @Test
  void theUserSeesApplicationAndInputMethod() {
    assertEquals("", seat.status().application());
    composing();
    assertEquals("app", seat.status().application());
    assertEquals("ime", seat.status().selectedPlugin());
    assertTrue(seat.status().trustedReady());
  }

  private List<HostEffect.RouteChanged> told() {
    return all(HostEffect.RouteChanged.class).toList();
  }

  @Test
  void applicationsAreToldOfEachRouteTheyAreIn() {
    composing();
    assertEquals(List.of(new HostEffect.RouteChanged(FIELD, Route.COMPOSING, true)), told());
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.PASSWORD)));
    assertEquals(List.of(new HostEffect.RouteChanged(NEXT, Route.GUARDED, false)), told());
    policy(new Decision.Direct("rule"));
    assertEquals(List.of(new HostEffect.RouteChanged(NEXT, Route.GUARDED, false)), told(), "anew");
    post(new SeatEvent.FocusLost(NEXT));
    assertEquals(List.of(new HostEffect.RouteChanged(null, Route.UNFOCUSED, false)), told());
    post(new SeatEvent.Resumed());
    assertEquals(List.of(), told());
  }

  // Focus taken by another application.

  private void robbed(Purpose purpose) {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type(purpose)));
    post(new SeatEvent.FocusGained(FOREIGN, type(Purpose.FREE_FORM)));
  }

  @Test
  void theRobbedApplicationMovesTheFocusItself() {
    robbed(Purpose.PASSWORD);
    assertTrue(seat.secretTyped());
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    assertFalse(seat.secretTyped());
    assertEquals(Route.GRANTING, seat.route());
  }

  @Test
  void aRobbedTerminalThatBeginsToHideWhatIsTypedIsSecret() {
    robbed(Purpose.TERMINAL);
    assertFalse(seat.secretTyped());
    post(new SeatEvent.SecrecyMarked(NEXT, SecretBy.TERMINAL, true));
    assertTrue(seat.secretTyped());
    decided(Route.GUARDED, "a secret is typed into a field that has not given up focus");
  }

  // Time.

  @Test
  void aKeyThatComesAsAPromptIsOverIsNotTheTrustedKeyboards() {
    composing();
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, true));
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, false));
    assertEquals(now + LIMITS.relaxation(), seat.nextDeadline());
    now += LIMITS.relaxation();
    press('a');
    assertEquals(Route.GRANTING, seat.route());
    assertTrue(all(TrustedEffect.DeliverTrusted.class).findAny().isEmpty());
  }

  private void moveFocus(int times) {
    for (int i = 0; i < times; i++) {
      post(new SeatEvent.FocusGained(i % 2 == 0 ? NEXT : FIELD, type(Purpose.FREE_FORM)));
    }
  }

  @Test
  void aGrantThatWaitsForThePaceIsOfTheSameStay() {
    composing();
    moveFocus(LIMITS.grantsAtOnce() + 1);
    int before = issued.size();
    long epoch = seat.status().epoch();
    now = seat.nextDeadline();
    post(new SeatEvent.TimePassed());
    assertEquals(before + 1, issued.size());
    assertEquals(epoch, seat.status().epoch());
    assertEquals(epoch, issued.getLast().epoch());
  }

  @Test
  void whileAGrantWaitsForThePaceKeysWaitForIt() {
    composing();
    moveFocus(LIMITS.grantsAtOnce() - 1);
    present();
    assertEquals(Route.COMPOSING, seat.route());
    post(new SeatEvent.FocusGained(FOREIGN, type(Purpose.FREE_FORM)));
    decided(Route.GRANTING, "all");
    key(FOREIGN, 'a', KeyAction.PRESS);
    assertEquals(List.of(), answers());
    assertFalse(shown());
  }

  @Test
  void anApplicationHeldUpHasItsGrantAtItsTimeAndInANewEpoch() {
    composing();
    Application restless = new Application("app", "/usr/bin/app", false, 7);
    FieldId one = new FieldId(8, 1);
    FieldId two = new FieldId(8, 2);
    for (FieldId each : List.of(one, two)) {
      post(new SeatEvent.FieldOpened(each, restless, new FieldTraits(true, false, false)));
    }
    int recorded = issued.size();
    for (int move = 0; seat.route() != Route.DIRECT; move++) {
      now += LIMITS.grantEvery();
      post(new SeatEvent.FocusGained(move % 2 == 0 ? one : two, type(Purpose.FREE_FORM)));
      for (; recorded < issued.size(); recorded++) {
        seat.handle(now, recorded(issued.get(recorded)));
      }
    }
    assertEquals("the application moves the focus faster than a person", seat.status().decidedBy());
    int before = issued.size();
    long epoch = seat.status().epoch();
    now = seat.nextDeadline();
    post(new SeatEvent.TimePassed());
    assertEquals(before + 1, issued.size());
    assertEquals(Route.GRANTING, seat.route());
    assertEquals(epoch + 1, seat.status().epoch());
  }
}
