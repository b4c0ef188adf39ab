package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.keywarden.testbed.Await;

/**
 * What holds for every client. Its application has the ordinary fields {@code text0}, {@code text1}
 * and so on and those of {@link #secrets} and {@link #unrecognised}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientContract {
  /** None of its keys is in what is typed into ordinary fields, and none comes twice. */
  static final String PASSWORD = "p4s5w0rd";

  private static final Pattern NOT_OF_PASSWORD = Pattern.compile("[^" + PASSWORD + "]");

  private static final int REPETITIONS = Integer.getInteger("keywarden.desktop.repetitions", 5);

  /**
   * How many letters are typed in one go while the broker ends: letters that the input method does
   * not compose with, and each one long before it comes again. A press that Firefox gets back from
   * the input method it takes for a repeat, and drops, if the next one in its queue is of the same
   * key.
   */
  private static final int RUN = 15;

  /** How many runs are typed after the broker's end. */
  private static final int RUNS_AFTER = 2;

  /** Between letters, in milliseconds. */
  private static final int PAUSE = 20;

  private final String order;
  private final String title;
  private final List<Secret> secrets;
  private final List<Secret> unrecognised;
  private Table table = new Table(Session.output(), "");
  private Session session;

  /**
   * @param order sorts the clients in the table
   * @param title of the application's window
   * @param secrets whose keys no input method may see
   * @param unrecognised that the client describes as ordinary ones: known limits
   */
  ClientContract(String order, String title, List<Secret> secrets, List<Secret> unrecognised) {
    this.order = order;
    this.title = title;
    this.secrets = secrets;
    this.unrecognised = unrecognised;
  }

  /** What the client is, with its version. */
  abstract String client(Desktop desktop);

  /**
   * Whether the client itself gives keys typed at once to the field they are meant for. In order it
   * gives them only as far as it offers them to the input method ({@link Secret.Offered}).
   */
  boolean keepsOrder() {
    return true;
  }

  /** Where it runs. */
  Desktop.Display display() {
    return XKeyboard::start;
  }

  /** Whether keys are composed that come right after a focus that no key has caused. */
  boolean composesAfterEachFocus() {
    return true;
  }

  /**
   * Waits until the broker can know of a secret field that the application has moved the focus to.
   */
  void awaitSecret(Session session) {}

  /** Starts the application. */
  abstract Application launch(Session session) throws IOException;

  Session session() {
    return session;
  }

  /** Gives a field the focus for the first time, and waits until it is composed in. */
  void firstFocus(Session session) {
    session.focusToCompose("text0");
  }

  @BeforeAll
  void start() throws IOException {
    session = Session.start(order, display());
    table = new Table(Session.output(), client(session.desktop));
    session.launch(this::launch, title);
    firstFocus(session);
    session.compose("text0", "ka", "か");
  }

  @AfterAll
  void end() throws IOException {
    try (Session ended = session) {
      table.write(order);
      ended.desktop.screenshot("end");
    }
  }

  @Test
  void kanaAppearInATextField() throws IOException {
    session.seenSince("text0");
    session.focusToCompose("text0");
    session.keyboard.press(Keys.of("kana"));
    Await.until(
        "last key at the input method",
        () -> session.ime.seen().getLast() == 'a',
        () -> Keys.named(session.ime.seen()));
    session.desktop.screenshot("composing");
    session.keyboard.press(List.of("Return"));
    session.awaitText("text0", "かな");
    session.desktop.screenshot("kana");
    String seen = Keys.named(session.seenSince("text0"));
    table.add("text", "`kana` Return", "k a n a Return", "かな");
    assertEquals("k a n a Return", seen);
  }

  /** For clients that prove what they have handled. */
  final void composeWordsBehindReturn() {
    new BehindReturn(session).compose(table);
  }

  @Test
  void deadKeysAreComposedOnceInEveryField() throws IOException {
    session.keyboard.layout("us", "intl");
    try {
      session.seenSince("text0");
      typeDeadKeys("text0");
      for (Secret secret : secrets) {
        if (secret.offered() != Secret.Offered.NONE || composesWhatItKeeps()) {
          session.focus(secret.name());
          typeDeadKeys(secret.name());
        }
      }
    } finally {
      session.keyboard.layout("hu", "");
    }
    table.add("every field, layout us intl", "`´` `e` `´` `e`", "only in ordinary ones", "éé");
  }

  /** Whether the client composes dead keys in fields that it keeps to itself. */
  boolean composesWhatItKeeps() {
    return true;
  }

  private void typeDeadKeys(String field) {
    session.keyboard.press(List.of("dead_acute", "e", "dead_acute", "e"));
    session.awaitText(field, "éé");
  }

  @Test
  void noKeyOfASecretFieldIsSeen() throws IOException {
    session.seenSince("text0");
    for (Secret secret : secrets) {
      session.focus(secret.name());
      awaitSecret(session);
      for (int i = 0; i < PASSWORD.length(); i++) {
        session.keyboard.press(Keys.of(PASSWORD.substring(i, i + 1)));
        session.awaitText(secret.name(), PASSWORD.substring(0, i + 1));
      }
      session.desktop.screenshot(secret.name());
      List<Integer> seen = session.seenSince("text0");
      table.add(secret.how(), "`" + PASSWORD + "`", "" + seen.size(), "`" + PASSWORD + "`");
      assertEquals("", Keys.named(seen), secret.how());
    }
  }

  @Test
  void noKeyTypedAheadOfTheFocusIsSeen() {
    for (Secret secret : secrets) {
      session.seenSince("text0");
      int inOrder = 0;
      int composed = 0;
      for (int i = 0; i < REPETITIONS; i++) {
        typeAhead(secret, "Tab");
        String password = session.text(secret.name());
        inOrder += password.equals(PASSWORD) ? 1 : 0;
        if (keepsOrder()) {
          assertTrue(isAsOrdered(password, secret.offered()), secret.how() + ": " + password);
        }
        composed += session.text(secret.before()).equals("かな") ? 1 : 0;
      }
      List<Integer> seen = session.seenSince("text0");
      long leaked = seen.stream().filter(key -> PASSWORD.indexOf(key) >= 0).count();
      table.add(
          secret.how(),
          "`kana` Tab `%s` without a pause, %d times".formatted(PASSWORD, REPETITIONS),
          "%d of %d".formatted(leaked, REPETITIONS * PASSWORD.length()),
          "every key; in order %d times; かな before it %d times".formatted(inOrder, composed));
      assertEquals(0, leaked, secret.how());
      if (keepsOrder() && composesAfterEachFocus()) {
        assertEquals(REPETITIONS, composed, secret.how());
      }
    }
  }

  /** Whether what arrived is the password, but for what the client itself may have let overtake. */
  private static boolean isAsOrdered(String arrived, Secret.Offered offered) {
    return switch (offered) {
      case ALL -> arrived.equals(PASSWORD);
      case ONCE_TOLD -> isInOrderButForARun(arrived);
      case NONE -> true;
    };
  }

  /** Whether taking out one run of letters in sequence leaves the others in theirs. */
  private static boolean isInOrderButForARun(String arrived) {
    for (int from = 0; from < PASSWORD.length(); from++) {
      for (int to = from; to <= PASSWORD.length(); to++) {
        String run = PASSWORD.substring(from, to);
        String others = PASSWORD.substring(0, from) + PASSWORD.substring(to);
        int at = arrived.indexOf(run);
        if (at >= 0
            && (arrived.substring(0, at) + arrived.substring(at + run.length())).equals(others)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The keys of the password that the input method sees when these keys move the focus to it. */
  final long seenBehind(Secret secret, String... end) {
    session.seenSince("text0");
    typeAhead(secret, end);
    return session.seenSince("text0").stream().filter(key -> PASSWORD.indexOf(key) >= 0).count();
  }

  /** Types a word, what ends it, and the password at once, and waits for all of the password. */
  private void typeAhead(Secret secret, String... end) {
    session.focusToCompose(secret.before());
    List<String> keys = new ArrayList<>(Keys.of("kana", end));
    keys.addAll(Keys.of(PASSWORD));
    session.keyboard.press(keys);
    Await.until(
        "all keys in the application",
        () -> {
          String password = session.text(secret.name());
          return keepsOrder()
              ? sorted(password).equals(sorted(PASSWORD))
              : holdsAllOfThePassword(session.text(secret.before()) + password);
        },
        session::fields);
  }

  /** Whether each character of the password is there as often as it has it, among others. */
  static boolean holdsAllOfThePassword(String text) {
    return sorted(NOT_OF_PASSWORD.matcher(text).replaceAll("")).equals(sorted(PASSWORD));
  }

  private static String sorted(String text) {
    return text.chars()
        .sorted()
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void whatTheClientDescribesAsOrdinaryIsSeen() {
    session.seenSince("text0");
    for (Secret secret : unrecognised) {
      session.focusToCompose(secret.name());
      int before = session.ime.seen().size();
      session.keyboard.press(Keys.of("p4"));
      Await.until(
          "keys at the input method",
          () -> session.ime.seen().size() >= before + 2,
          () -> Keys.named(session.ime.seen()));
      String seen = Keys.named(session.seenSince("text0"));
      table.add(secret.how(), "`p4`", seen + " (a limit)", "composed as any text");
      assertEquals("p 4", seen, secret.how());
    }
  }

  @Test
  void noKeyIsLostWhenTheBrokerStops() throws IOException, InterruptedException {
    Across typed = typeAcross(session.broker::stop, "broker stopped");
    assertEquals(typed.letters(), typed.without());
    assertEquals(typed.letters(), typed.again());
  }

  @Test
  void typingGoesOnWhenTheBrokerIsKilled() throws IOException, InterruptedException {
    Across typed = typeAcross(session.broker::kill, "broker killed");
    long lost = typed.letters() - typed.again();
    assertTrue(lost >= 0 && lost <= mostLostWithTheBroker(session), lost + " lost");
  }

  /** Types letters until the broker has ended, and some more; how many. */
  private int typeUntil(AtomicBoolean ended) {
    int typed = 0;
    for (int after = 0; after < RUNS_AFTER; ) {
      after += ended.get() ? 1 : 0;
      int from = typed;
      session.keyboard.press(
          PAUSE,
          IntStream.range(from, from + RUN)
              .mapToObj(i -> Keys.ACCENTED.get(i % Keys.ACCENTED.size()))
              .toList());
      typed += RUN;
    }
    return typed;
  }

  /** Ends the broker. */
  private interface End {
    void now() throws InterruptedException;
  }

  /**
   * How many of the letters were in the field.
   *
   * @param letters typed
   * @param without when there was no broker
   * @param again when it ran again
   */
  private record Across(long letters, long without, long again) {}

  /** Types while the broker ends, types while there is none, starts it again and composes. */
  private Across typeAcross(End end, String how) throws IOException, InterruptedException {
    session.focusToCompose("text0");
    session.compose("text0", "ka", "か");
    AtomicBoolean ended = new AtomicBoolean();
    CompletableFuture<Integer> typing = CompletableFuture.supplyAsync(() -> typeUntil(ended));
    try {
      Await.until("typing", () -> letters() > 5, session::fields);
      end.now();
    } finally {
      ended.set(true);
    }
    int typed = typing.join();
    awaitNoBroker(session);
    session.keyboard.press(Keys.of("kana"));
    Await.until(
        "keys after the broker's end",
        () -> session.text("text0").endsWith("kana"),
        session::fields);
    long without = letters();
    session.desktop.screenshot("without-broker");
    session.broker.startAgain();
    comeBack(session);
    session.compose("text0", "ka", "か");
    session.desktop.screenshot("with-broker-again");
    long again = letters();
    table.add(
        "text",
        "%d letters, %s among them; `kana`; broker started; `ka` Return".formatted(typed, how),
        "k a Return (after the start)",
        "%d letters, kana, か; %d letters in the end".formatted(without, again));
    return new Across(typed, without, again);
  }

  private long letters() {
    return session.text("text0").chars().filter(Keys::isAccented).count();
  }

  /** Waits until the client gives keys to the application by itself, should it take long. */
  void awaitNoBroker(Session session) {}

  /** How many keys the client itself may lose for good when the broker is killed. */
  long mostLostWithTheBroker(Session session) {
    return 0;
  }

  /** Waits until a broker that was started again composes in the field that has the focus. */
  void comeBack(Session session) {
    session.broker.awaitComposing();
  }
}
