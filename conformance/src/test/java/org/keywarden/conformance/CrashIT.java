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
  private static final long MOST_GAP = Duration.ofMillis(12).toNanos();
  private static final long MOST_MERCY = Duration.ofMillis(700).toNanos();

  private final int kills = Integer.getInteger("keywarden.kills", 12);
  private final long seed = Long.getLong("keywarden.seed", System.nanoTime());
  private final Path dist = Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();
  private final AtomicInteger killed = new AtomicInteger();

  /** What a broker holds on to; the same before and after. */
  private record Holdings(int processes, List<String> sockets, int mounts, int sandboxFiles) {
    static Holdings of(Broker broker, Path runtime) throws IOException {
      try (Stream<Path> all = Files.walk(runtime)) {
        List<Path> files = all.toList();
        return new Holdings(
            broker.descendants().size(),
            files.stream()
                .filter(path -> path.toString().endsWith(".sock"))
                .map(path -> path.getFileName().toString().replaceAll("\\d+", "n"))
                .sorted()
                .toList(),
            Files.readAllLines(Path.of("/proc", Long.toString(broker.pid()), "mountinfo")).size(),
            files.size());
      }
    }
  }

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
      Path runtime = broker.hostSocket().resolveSibling("");
      Holdings before = Holdings.of(broker, runtime);
      long descriptors = descriptors(broker);
      Thread killer = Thread.ofPlatform().daemon().start(() -> killOn(broker));
      type(broker, application, killer);
      check(application);
      awaitCalm(broker);
      Holdings[] after = {before};
      Await.until(
          "end of what was killed",
          Await.PATIENCE,
          () -> {
            after[0] = holdings(broker, runtime);
            return after[0].equals(before);
          },
          () -> after[0] + ", before " + before);
      assertTrue(descriptors(broker) <= descriptors + 8, "descriptors " + descriptors(broker));
      checkJournals(work);
    }
  }

  private static Holdings holdings(Broker broker, Path runtime) throws Unsettled {
    try {
      return Holdings.of(broker, runtime);
    } catch (IOException | java.io.UncheckedIOException changing) {
      return new Holdings(0, List.of(), 0, 0);
    }
  }

  private static long descriptors(Broker broker) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(broker.pid()), "fd"))) {
      return all.count();
    }
  }

  /** Kills one process of a random victim at random times, and lifts quarantines like a user. */
  private void killOn(Broker broker) {
    Random random = new Random(seed);
    while (killed.get() < kills && broker.alive()) {
      LockSupport.parkNanos((long) (random.nextDouble() * MOST_MERCY));
      List<ProcessHandle> found = broker.processes(VICTIMS.get(random.nextInt(VICTIMS.size())));
      if (!found.isEmpty() && found.get(random.nextInt(found.size())).destroyForcibly()) {
        killed.incrementAndGet();
      }
      lift(broker, random.nextBoolean() ? "kit.a" : "kit.b");
    }
  }

  private static void lift(Broker broker, String id) {
    if (broker.plugin(id).getState() == PluginState.PLUGIN_STATE_QUARANTINED) {
      broker.select(id);
    }
  }

  /** Types at random into two plain fields and a password field for as long as kills go on. */
  private void type(Broker broker, Application application, Thread killer) throws Unsettled {
    Random random = new Random(~seed);
    application.open(1);
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
