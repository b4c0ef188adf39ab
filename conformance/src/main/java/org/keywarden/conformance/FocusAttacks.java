package org.keywarden.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Hint;
import org.keywarden.proto.input.v1.Purpose;

/** Attacks on the order of focus, content type and keys. */
final class FocusAttacks {
  private static final int STORM = 100;
  private static final int UNKNOWN_PURPOSE = 999;

  /** Typed into secret fields only, so that a single sight of it is a leak. */
  static final String SECRET = "QXZ";

  private static final Duration LATE = Duration.ofSeconds(2);

  private FocusAttacks() {}

  static List<Attack> all() {
    return List.of(
        secret("password", Application.password()),
        secret("PIN", type(Purpose.PURPOSE_PIN)),
        secret(
            "sensitive hint",
            ContentType.newBuilder()
                .setPurpose(Purpose.PURPOSE_FREE_FORM)
                .addHints(Hint.HINT_SENSITIVE)
                .build()),
        secret(
            "hidden text hint",
            ContentType.newBuilder()
                .setPurpose(Purpose.PURPOSE_FREE_FORM)
                .addHints(Hint.HINT_HIDDEN_TEXT)
                .build()),
        secret(
            "secret flag",
            ContentType.newBuilder().setPurpose(Purpose.PURPOSE_FREE_FORM).setSecret(true).build()),
        secret(
            "unknown purpose", ContentType.newBuilder().setPurposeValue(UNKNOWN_PURPOSE).build()),
        secret("unspecified purpose", ContentType.getDefaultInstance()),
        Attack.of(
            "G3",
            "text to secret with keys in flight",
            "A plain field turns password behind unanswered keys: no later key at the puppet.",
            FocusAttacks::toggled),
        Attack.of(
            "G3",
            "a password shown",
            "Keys typed while a password is shown as text, in the same stay of focus: none.",
            FocusAttacks::shown),
        Attack.of(
            "G3",
            "toggle storm",
            "A field toggles 100 times between text and password: no key of a password phase.",
            FocusAttacks::toggleStorm),
        Attack.of(
            "G3",
            "keys before the content type",
            "Keys between focus and a late \"password\": never at the puppet.",
            FocusAttacks::lateType),
        Attack.of(
            "G3",
            "keys to a password field before its focus",
            "Keys from an unfocused password field while a text field composes.",
            FocusAttacks::beforeFocus),
        Attack.of(
            "G3",
            "password keys in every order",
            "Old field's blur, password's focus, its type and a key of it, in all 24 orders.",
            FocusAttacks::orders),
        Attack.of(
            "G1",
            "keys from a field that lost focus",
            "Keys of an old field after the focus moved on: never under the new field's grant.",
            FocusAttacks::afterBlur),
        Attack.of(
            "G1",
            "releases without the right to them",
            "Keys pressed and let go where the policy gives no releases: presses, nothing else.",
            FocusAttacks::releases),
        Attack.of(
            "G4",
            "focus storm",
            "100 focus changes with keys between them: every key answered once, in order.",
            FocusAttacks::focusStorm),
        Attack.of(
            "G3",
            "focus storm across a password",
            "100 changes between text and password with keys between: none of the password's.",
            FocusAttacks::passwordStorm));
  }

  private static ContentType type(Purpose purpose) {
    return ContentType.newBuilder().setPurpose(purpose).build();
  }

  private static Attack secret(String name, ContentType type) {
    return Attack.of(
        "G3",
        name + " keys never at the puppet",
        "Focus moves from text to a field marked by " + name + "; its keys never reach a plugin.",
        f -> secretField(f, type));
  }

  private static Outcome secretField(Fixture f, ContentType type) throws Unsettled {
    Application application = f.live().application();
    application.type(1, "a");
    application.awaitAnswers();
    application.focus(2, type);
    application.type(2, SECRET);
    Outcome answers = application.awaitAnswers();
    Outcome route = Outcome.expect("route", Route.ROUTE_GUARDED, application.route());
    application.blur(2);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    return answers.and(route).and(unseen(f)).and(seen(f, 'a'));
  }

  /** That the plain key came through: an attack on a puppet that is deaf would prove nothing. */
  static Outcome seen(Fixture f, char plain) throws Unsettled {
    boolean heard = f.a().keysyms().contains((int) plain);
    // A puppet on a busy machine may have been told later than the application was answered.
    long end = System.nanoTime() + LATE.toNanos();
    while (!heard && System.nanoTime() - end < 0) {
      heard = f.a().keysyms().contains((int) plain);
    }
    return Outcome.of(heard, heard ? "plain keys seen" : "plain keys missing");
  }

  /** The number of the grant there is, or was last. */
  static long grant(Fixture f) {
    return f.broker().admin().getStatus(GetStatusRequest.getDefaultInstance()).getGrant();
  }

  /** Waits until the focused field composes, whoever's it is, under another grant than this. */
  static void composing(Fixture f, long before) throws Unsettled {
    Await.until(
        "composition",
        Await.PATIENCE,
        () -> {
          var status = f.broker().admin().getStatus(GetStatusRequest.getDefaultInstance());
          return status.getRoute() == Route.ROUTE_COMPOSING && status.getGrant() != before;
        },
        () -> "none");
  }

  static Outcome unseen(Fixture f) throws Unsettled {
    List<Integer> a = f.a().keysyms();
    List<Integer> b = f.b().keysyms();
    long leaked = SECRET.chars().filter(c -> a.contains(c) || b.contains(c)).count();
    return Outcome.of(leaked == 0, leaked + " distinct secret keys seen by plugins");
  }

  private static Outcome releases(Fixture f) throws Unsettled {
    Application application = f.live("mute").application();
    application.type(1, "abc");
    Outcome answers = application.awaitAnswers();
    List<Integer> presses = "abc".chars().boxed().toList();
    return answers.and(Outcome.expect("keys seen", presses, f.a().keysyms()));
  }

  private static Outcome toggled(Fixture f) throws Unsettled {
    f.a().behave(true, "none", "");
    Application application = f.live().application();
    application.type(1, "ab");
    application.declare(1, Application.password());
    application.type(1, SECRET);
    Outcome answers = application.awaitAnswers();
    application.blur(1);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    return answers.and(unseen(f)).and(seen(f, 'a'));
  }

  private static Outcome shown(Fixture f) throws Unsettled {
    Application application = f.live().application();
    application.type(1, "a");
    application.awaitAnswers();
    application.declare(1, Application.password());
    application.type(1, SECRET);
    application.declare(1, Application.plain());
    application.type(1, SECRET);
    Outcome answers = application.awaitAnswers();
    application.type(1, SECRET);
    answers = answers.and(application.awaitAnswers());
    application.blur(1);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    return answers.and(unseen(f)).and(seen(f, 'a'));
  }

  private static Outcome toggleStorm(Fixture f) throws Unsettled {
    Application application = f.live().application();
    application.type(1, "a");
    application.awaitAnswers();
    for (int i = 0; i < STORM; i++) {
      application.declare(1, Application.password());
      application.type(1, SECRET.substring(i % SECRET.length(), i % SECRET.length() + 1));
      application.declare(1, Application.plain());
    }
    Outcome answers = application.awaitAnswers();
    application.blur(1);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    return answers.and(unseen(f)).and(seen(f, 'a'));
  }

  private static Outcome lateType(Fixture f) throws Unsettled {
    Application application = f.live().application();
    application.type(1, "a");
    application.awaitAnswers();
    application.focusUntold(2);
    application.type(2, SECRET);
    application.declare(2, Application.password());
    application.type(2, SECRET);
    Outcome answers = application.awaitAnswers();
    application.blur(2);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    return answers.and(unseen(f)).and(seen(f, 'a'));
  }

  private static Outcome beforeFocus(Fixture f) throws Unsettled {
    Application application = f.live().application();
    application.declare(2, Application.password());
    application.type(2, SECRET);
    application.type(1, "a");
    application.focus(2, Application.password());
    application.type(2, SECRET);
    Outcome answers = application.awaitAnswers();
    application.blur(2);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    return answers.and(unseen(f));
  }

  private static Outcome orders(Fixture f) throws Unsettled {
    Application application = f.live().application();
    application.type(1, "a");
    application.awaitAnswers();
    long field = 2;
    for (List<Integer> order : permutations(List.of(0, 1, 2, 3))) {
      field++;
      application.open(field);
      application.focus(1, Application.plain());
      application.awaitRoute(Route.ROUTE_COMPOSING);
      for (int step : order) {
        step(application, field, step);
      }
      application.type(field, SECRET);
      application.awaitAnswers();
      application.blur(field);
    }
    return application.awaitAnswers().and(unseen(f)).and(seen(f, 'a'));
  }

  private static void step(Application application, long field, int step) {
    switch (step) {
      case 0 -> application.blur(1);
      case 1 -> application.focusUntold(field);
      case 2 -> application.declare(field, Application.password());
      default -> application.type(field, "Q");
    }
  }

  private static List<List<Integer>> permutations(List<Integer> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (Integer first : of) {
      for (List<Integer> tail : permutations(of.stream().filter(i -> !i.equals(first)).toList())) {
        List<Integer> whole = new ArrayList<>(List.of(first));
        whole.addAll(tail);
        all.add(whole);
      }
    }
    return all;
  }

  private static Outcome afterBlur(Fixture f) throws Unsettled {
    Application application = f.live().application();
    application.type(1, "a");
    application.awaitAnswers();
    application.focus(2, Application.plain());
    application.type(1, SECRET);
    Outcome answers = application.awaitAnswers();
    application.awaitRoute(Route.ROUTE_COMPOSING);
    return answers.and(unseen(f)).and(seen(f, 'a'));
  }

  private static Outcome focusStorm(Fixture f) throws Unsettled {
    Application application = f.live().application();
    for (int i = 0; i < STORM; i++) {
      long field = 1 + i % 2;
      application.focus(field, Application.plain());
      application.type(field, "a");
    }
    return application.awaitAnswers().and(f.stillServes());
  }

  private static Outcome passwordStorm(Fixture f) throws Unsettled {
    Application application = f.live().application();
    application.type(1, "a");
    application.awaitAnswers();
    for (int i = 0; i < STORM; i++) {
      application.focus(1, Application.plain());
      application.type(1, "a");
      application.focus(2, Application.password());
      application.type(2, SECRET.substring(i % SECRET.length(), i % SECRET.length() + 1));
    }
    Outcome answers = application.awaitAnswers();
    application.blur(2);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    return answers.and(unseen(f)).and(seen(f, 'a'));
  }
}
