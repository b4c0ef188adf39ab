package org.keywarden.broker.seat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.capability.TestCapabilities;
import org.keywarden.broker.capability.Token;
import org.keywarden.policy.Decision;
import org.keywarden.policy.Facts;
import org.keywarden.policy.PluginFacts;
import org.keywarden.policy.Right;
import org.keywarden.policy.RoutePolicy;

/** A seat with an input method, as a typist and an input method meet it. */
abstract class SeatScene {
  static final FieldId FIELD = new FieldId(1, 1);
  static final FieldId NEXT = new FieldId(1, 2);
  static final FieldId FOREIGN = new FieldId(2, 1);
  static final PluginInstance INSTANCE = new PluginInstance(1);
  static final Digest HOLDER = Digest.sha256(new byte[] {1});
  static final Token TOKEN = TestCapabilities.token();
  static final int TAB = 0xFF09;
  static final int RETURN = 0xFF0D;
  static final SeatLimits LIMITS = SeatLimits.DEFAULT;

  final Seat seat = new Seat(LIMITS, new ComposeAnnounced(), "ime");
  final List<TokenRequest> issued = new ArrayList<>();
  final List<String> withheld = new ArrayList<>();
  final Set<Right> rights = EnumSet.allOf(Right.class);
  List<Effect> last = List.of();
  long now = 1;
  long keyId;

  record ComposeAnnounced() implements RoutePolicy {
    @Override
    public Decision decide(Facts facts) {
      return facts.field().announced()
          ? new Decision.Compose("all", facts.plugin().rights(), Duration.ofMinutes(10), true)
          : new Decision.Guard("unannounced");
    }

    @Override
    public byte[] digest() {
      return new byte[32];
    }
  }

  List<Effect> post(SeatEvent event) {
    last = seat.handle(now, event);
    all(RecordEffect.IssueToken.class).forEach(issue -> issued.add(issue.request()));
    all(RecordEffect.WithholdGrant.class).forEach(each -> withheld.add(each.application()));
    return last;
  }

  <T extends Effect> Stream<T> all(Class<T> kind) {
    return last.stream().filter(kind::isInstance).map(kind::cast);
  }

  void open(FieldId field, FieldTraits traits) {
    post(new SeatEvent.FieldOpened(field, new Application("app", "", false), traits));
  }

  static ContentType type(Purpose purpose) {
    return new ContentType(purpose, Set.of(), false);
  }

  void composing(FieldTraits traits, Purpose purpose) {
    open(FIELD, traits);
    open(NEXT, traits);
    open(FOREIGN, traits);
    post(new SeatEvent.TrustedReady(1));
    post(new SeatEvent.PluginReady(INSTANCE, new PluginFacts("ime", List.of(), rights), HOLDER));
    post(new SeatEvent.FocusGained(FIELD, type(purpose)));
    present();
  }

  void composing() {
    composing(new FieldTraits(true, false, false), Purpose.FREE_FORM);
  }

  static SeatEvent recorded(TokenRequest request) {
    return new SeatEvent.TokenRecorded(request.issue(), TOKEN);
  }

  void present() {
    TokenRequest request = issued.getLast();
    post(recorded(request));
    post(new SeatEvent.ComposeOpened(1, TestCapabilities.verified(request)));
  }

  long grant() {
    return issued.getLast().grant();
  }

  List<Effect> key(FieldId field, int keysym, KeyAction action) {
    return post(new SeatEvent.KeyTyped(field, ++keyId, new Key(keysym, keysym & 0xFF, 0, action)));
  }

  void press(int keysym) {
    key(FIELD, keysym, KeyAction.PRESS);
  }

  boolean shown() {
    return all(PluginEffect.DeliverKey.class).findAny().isPresent();
  }

  List<Boolean> answers() {
    return all(HostEffect.AnswerKey.class).map(HostEffect.AnswerKey::handled).toList();
  }

  void answer(long sequence, boolean handled, Action... actions) {
    post(new SeatEvent.KeyAnswered(grant(), sequence, handled, List.of(actions)));
  }

  List<Refusal> refusals() {
    return all(PluginEffect.RefuseAction.class).map(PluginEffect.RefuseAction::refusal).toList();
  }

  void pass(long nanos) {
    now += nanos;
    post(new SeatEvent.TimePassed());
  }

  static Action preedit(String text) {
    return new Action.ShowPreedit(new Preedit(text, text.length(), true));
  }
}
