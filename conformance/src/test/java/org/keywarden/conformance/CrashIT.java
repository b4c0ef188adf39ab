package org.keywarden.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.conformance.puppet.Journal;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.admin.v1.PluginState;

/**
 * Plugins and the trusted keyboard are killed at random while somebody types: no key is lost,
 * doubled or put elsewhere, no secret reaches an input method, nothing is left behind.
 *
 * <p>{@code -Dkeywarden.kills=1000} kills so often, {@code -Dkeywarden.seed} repeats the choices
 * (not the moments).
 */
final class CrashIT {
  private static final List<String> VICTIMS =
      List.of("plugins/kit.a", "plugins/kit.b", "TrustedKeyboard");
  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz";
  private static final String SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final long PASSWORD_FIELD = 3;

  private static final int MOST_UNANSWERED = 12;
  private static final int MOST_LOOKS = 1_000;
  private static final long LOOK = Duration.ofMillis(10).toNanos();
  private static final long MOST_GAP = Duration.ofMillis(12).toNanos();
  private static final long MOST_MERCY = Duration.ofMillis(700).toNanos();

  private final int kills = Integer.getInteger("keywarden.kills", 12);
  private final long seed = Long.getLong("keywarden.seed", System.nanoTime());
  private final Path dist = Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();
  private final AtomicInteger killed = new AtomicInteger();

  @Test
  void deathsCostNoKeyAndNoSecret(@TempDir Path work) throws Exception {
    for (String id : List.of("kit.a", "kit.b")) {
      Path state = Files.createDirectories(work.resolve("state/plugins").resolve(id));
      // The puppets may run as another user.
      Files.setPosixFilePermissions(
          Files.createFile(state.resolve(Journal.FILE)),
          PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    System.err.println("keywarden: " + kills + " kills, seed " + seed);
    try (Broker broker = Broker.start(dist, work);
        Application application = new Application(broker.hostSocket(), "kit")) {
      application.awaitAttached();
      awaitCalm(broker);
      composeOnce(application, work);
      application.blur(1);
      Path runtime = broker.runtime();
      Holdings before = Holdings.of(broker, dist);
      List<String> kept = kept(work.resolve("state"));
      Thread killer = Thread.ofPlatform().daemon().start(() -> killOn(broker));
      type(broker, application, killer);
      check(application);
      checkJournals(work);
      application.blur(1);
      awaitCalm(broker);
      awaitNothingMore(broker, before);
      application.close();
      broker.stop();
      checkNothingLeft(work, runtime, kept);
    }
  }

  private void awaitNothingMore(Broker broker, Holdings before) throws Unsettled {
    Holdings[] after = {before};
    Await.until(
        "end of what was killed",
        Await.PATIENCE,
        () -> {
          after[0] = Holdings.of(broker, dist);
          return after[0].equals(before);
        },
        () -> after[0] + ", before " + before);
  }

  /** Of a broker that has ended there is its lock, and what it keeps on purpose. */
  private static void checkNothingLeft(Path work, Path runtime, List<String> kept)
      throws IOException, Unsettled {
    Holdings.awaitNoneNamed(List.of(runtime.toString(), work.toString()));
    assertEquals(
        List.of("broker.lock", "f", "i", "k", "s"), names(runtime), "in the runtime directory");
    assertEquals(kept, kept(work.resolve("state")), "in the state directory");
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> !path.equals(directory))
          .map(path -> directory.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  /** What is in the state directory beside the grant log and the bounded logs of output. */
  private static List<String> kept(Path state) throws IOException {
    return names(state).stream()
        .filter(name -> !name.startsWith("log/") && !name.startsWith("logs/"))
        .toList();
  }

  /** Kills one process of a random victim at random times, and lifts quarantines like a user. */
  private void killOn(Broker broker) {
    Random random = new Random(seed);
    while (killed.get() < kills && broker.alive()) {
      LockSupport.parkNanos((long) (random.nextDouble() * MOST_MERCY));
      if (random.nextBoolean()) {
        awaitOneReady(broker);
      }
      List<ProcessHandle> found = broker.processes(VICTIMS.get(random.nextInt(VICTIMS.size())));
      if (!found.isEmpty() && found.get(random.nextInt(found.size())).destroyForcibly()) {
        killed.incrementAndGet();
      }
      lift(broker, random.nextBoolean() ? "kit.a" : "kit.b");
    }
  }

  /** On a slow machine nothing would ever be composed, were every start cut short. */
  private static void awaitOneReady(Broker broker) {
    for (int i = 0; i < MOST_LOOKS; i++) {
      if (isReady(broker, "kit.a") || isReady(broker, "kit.b")) {
        return;
      }
      lift(broker, "kit.a");
      LockSupport.parkNanos(LOOK);
    }
  }

  private static boolean isReady(Broker broker, String id) {
    return broker.plugin(id).getState() == PluginState.PLUGIN_STATE_READY;
  }

  private static void lift(Broker broker, String id) {
    if (broker.plugin(id).getState() == PluginState.PLUGIN_STATE_QUARANTINED) {
      broker.select(id);
    }
  }

  /** Types until an input method was shown a key. */
  private static void composeOnce(Application application, Path work) throws Unsettled {
    application.open(1);
    application.focus(1, Application.plain());
    Await.until(
        "key at an input method",
        Await.PATIENCE,
        () -> {
          application.tap(1, 'a');
          application.awaitAnswers();
          return journal(work, "kit.a").length > 0;
        },
        () -> "none");
  }

  private static byte[] journal(Path work, String id) {
    try {
      return Files.readAllBytes(work.resolve("state/plugins").resolve(id).resolve(Journal.FILE));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Types at random into two plain fields and a password field for as long as kills go on. */
  private void type(Broker broker, Application application, Thread killer) throws Unsettled {
    Random random = new Random(~seed);
    application.open(2);
    application.open(PASSWORD_FIELD);
    while (killer.isAlive() && broker.alive()) {
      long field = 1 + random.nextInt((int) PASSWORD_FIELD);
      boolean secret = field == PASSWORD_FIELD;
      application.focus(field, secret ? Application.password() : Application.plain());
      String letters = secret ? SECRET : PLAIN;
      int taps = 1 + random.nextInt(40);
      for (int i = 0; i < taps; i++) {
        application.tap(field, letters.charAt(random.nextInt(letters.length())));
        LockSupport.parkNanos((long) (random.nextDouble() * MOST_GAP));
        Await.until(
            "answers",
            Await.PATIENCE,
            () -> application.unanswered() < MOST_UNANSWERED,
            application::toString);
      }
      if (random.nextBoolean()) {
        application.blur(field);
      }
    }
    // Plugins stand still while a field is guarded, and would not come back.
    application.focus(1, Application.plain());
  }

  private void check(Application application) throws Unsettled {
    assertEquals(kills, killed.get(), "kills");
    Outcome answers = application.awaitAnswers();
    assertTrue(answers.passed(), answers.observed());
    for (long field = 1; field <= PASSWORD_FIELD; field++) {
      assertEquals(application.typed(field), application.text(field), "field " + field);
    }
  }

  private void awaitCalm(Broker broker) throws Unsettled {
    Await.until(
        "every process ready",
        Duration.ofSeconds(40),
        () -> {
          lift(broker, "kit.a");
          lift(broker, "kit.b");
          return Stream.of("kit.a", "kit.b")
                  .allMatch(id -> broker.plugin(id).getState() == PluginState.PLUGIN_STATE_READY)
              && broker
                  .admin()
                  .getStatus(GetStatusRequest.getDefaultInstance())
                  .getTrustedKeyboardReady();
        },
        () -> broker.plugin("kit.a").getState() + ", " + broker.plugin("kit.b").getState());
  }

  private static void checkJournals(Path work) throws IOException {
    TreeSet<Character> seen = new TreeSet<>();
    long shown = 0;
    for (String id : List.of("kit.a", "kit.b")) {
      ByteBuffer keys =
          ByteBuffer.wrap(
              Files.readAllBytes(work.resolve("state/plugins").resolve(id).resolve(Journal.FILE)));
      while (keys.remaining() >= Integer.BYTES) {
        seen.add((char) keys.getInt());
        shown++;
      }
    }
    assertTrue(shown > 0, "keys shown to input methods");
    assertEquals(
        List.of(),
        seen.stream().filter(c -> PLAIN.indexOf(c) < 0).collect(Collectors.toList()),
        "secret keys shown to input methods");
  }
}
