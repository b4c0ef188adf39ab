package org.keywarden.broker.frontdoor.accessibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keywarden.broker.budget.Holder;
import org.keywarden.broker.process.Backoff;

/** The listener's life, with processes that say what each test has them say. */
@Timeout(30)
class ListenerTest {
  private static final long PROCESS = new Holder.Kin(42, 4_200).number();

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final BlockingQueue<FakeProcess> started = new LinkedBlockingQueue<>();
  private final List<Runnable> later = new ArrayList<>();
  private final List<String> reports = new ArrayList<>();
  private final FocusedObjects objects = new FocusedObjects(() -> 0);
  private boolean startable = true;

  private final Listener listener =
      new Listener(
          objects,
          new Listener.Place() {
            @Override
            public Process start() throws IOException {
              if (!startable) {
                throw new IOException("no such program");
              }
              FakeProcess process = new FakeProcess();
              started.add(process);
              return process;
            }

            @Override
            public Executor seatThread() {
              return tasks::add;
            }

            @Override
            public void schedule(long delay, Runnable action) {
              later.add(action);
            }

            @Override
            public long now() {
              return 0;
            }
          },
          new Backoff(Backoff.Patience.LIMITED, RandomGenerator.of("L64X128MixRandom")),
          reports::add);

  /** Says what it is told to say. */
  private static final class FakeProcess extends Process {
    private final PipedOutputStream says = new PipedOutputStream();
    private final PipedInputStream output;
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    FakeProcess() throws IOException {
      output = new PipedInputStream(says, 1 << 16);
    }

    void say(String line) throws IOException {
      says.write(line.getBytes(StandardCharsets.US_ASCII));
      says.flush();
    }

    void end(int with) throws IOException {
      status.complete(with);
      says.close();
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return output;
    }

    @Override
    public InputStream getErrorStream() {
      return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public int waitFor() {
      return status.join();
    }

    @Override
    public int exitValue() {
      return status.join();
    }

    @Override
    public void destroy() {
      status.complete(143);
    }
  }

  /** Does what the seat's thread has to do next. */
  private void turn() throws InterruptedException {
    Runnable next = tasks.poll(20, TimeUnit.SECONDS);
    assertNotNull(next, "nothing happens");
    next.run();
  }

  private FakeProcess launched() throws InterruptedException {
    FakeProcess process = started.poll(20, TimeUnit.SECONDS);
    assertNotNull(process, "nothing was started");
    turn();
    return process;
  }

  @Test
  void nothingRunsWithoutABus() {
    assertEquals("off: no accessibility bus in this session", listener.status());
    listener.busIs(false);
    assertTrue(started.isEmpty());
  }

  @Test
  void whatItSaysIsTaken() throws Exception {
    listener.busIs(true);
    assertEquals("starting", listener.status());
    FakeProcess process = launched();
    process.say("listening\n");
    turn();
    assertEquals("listening", listener.status());
    process.say("focus 42 4200 secret 5\n");
    turn();
    assertEquals(new FocusedObject(PROCESS, true, 5), objects.of(PROCESS));
  }

  @Test
  void ofWhatComesAtOnceOnlyTheLastWordOnAnApplicationIsTaken() throws Exception {
    listener.busIs(true);
    FakeProcess process = launched();
    List<FocusedObject> taken = new ArrayList<>();
    objects.follow(() -> taken.add(objects.latest()));
    StringBuilder flood = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      flood.append("focus 42 4200 ").append(i % 2 == 0 ? "plain " : "secret ").append(i);
      flood.append('\n');
    }
    process.say(flood.append("listening\n").toString());
    process.end(0);
    while (!listener.status().startsWith("not listening")) {
      turn();
    }
    assertTrue(taken.size() < 1_000, taken.size() + " taken");
    assertEquals(new FocusedObject(PROCESS, true, 999), taken.getLast());
  }

  @Test
  void oneThatEndsIsStartedAgain() throws Exception {
    listener.busIs(true);
    FakeProcess process = launched();
    process.say("focus 42 4200 secret 5\n");
    turn();
    process.end(69);
    turn();
    assertNull(objects.of(PROCESS), "nobody listens");
    assertEquals("not listening: it ended with status 69", listener.status());
    later.removeFirst().run();
    launched().say("listening\n");
    turn();
    assertEquals("listening", listener.status());
  }

  @Test
  void oneThatEndsAgainAndAgainIsGivenUpUntilTheBusIsAnother() throws Exception {
    startable = false;
    listener.busIs(true);
    turn();
    for (int i = 0; i < 4; i++) {
      later.removeFirst().run();
      turn();
    }
    assertTrue(later.isEmpty());
    assertEquals(
        List.of(
            "the accessibility bus is not listened to any more: it cannot be started: no such program"),
        reports);
    startable = true;
    listener.busIs(false);
    listener.busIs(true);
    launched().say("listening\n");
    turn();
    assertEquals("listening", listener.status());
  }

  @Test
  void itEndsWithTheBus() throws Exception {
    listener.busIs(true);
    FakeProcess process = launched();
    listener.busIs(false);
    assertEquals(143, process.waitFor());
    process.end(143);
    turn();
    assertEquals("off: no accessibility bus in this session", listener.status());
    assertTrue(later.isEmpty());
  }

  @Test
  void oneThatStartsTooLateEndsAtOnce() throws Exception {
    listener.busIs(true);
    listener.busIs(false);
    assertEquals(143, launched().waitFor());
  }

  @Test
  void whatIsNoLineOfItsEndsIt() throws Exception {
    for (String bad : List.of("focus 42 4200 perhaps 5\n", "x".repeat(200), "\n")) {
      listener.busIs(true);
      FakeProcess process = launched();
      process.say(bad);
      turn();
      assertEquals("not listening: it said what it does not say", listener.status(), bad);
      assertEquals(143, process.waitFor());
      assertFalse(later.isEmpty());
      later.clear();
      listener.busIs(false);
    }
  }
}
