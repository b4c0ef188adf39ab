package org.keywarden.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.keywarden.client.bus.BusLine;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.ibus.wire.Message;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.host.v1.Route;

/**
 * Somebody who goes on typing while others attack: a few keys through the IBus door, a few through
 * the host door, each waited for, and now and then a first key into an application that has just
 * been started.
 */
final class Victim implements AutoCloseable {
  private static final long GAP = Duration.ofMillis(12).toNanos();
  private static final int BURST = 10;

  /** A person looks where they are before they type. Who takes the focus away ends the wait. */
  private static final Duration GLANCE = Duration.ofMillis(400);

  private static final int BURSTS_PER_NEWCOMER = 3;
  private static final int KEYS_OF_NEWCOMER = 3;
  private static final Duration GIVING_UP = Duration.ofSeconds(15);

  private final Broker broker;
  private final BusLine door;
  private final String context;
  private final Application host;
  private int newcomers;
  private int admitted;
  private int bursts;

  Victim(Broker broker) throws Unsettled {
    this.broker = broker;
    try {
      this.door = BusLine.greeted(broker.ibusSocket());
      this.context = plain(door);
    } catch (IOException e) {
      throw new Unsettled("the honest application is not let in: " + e.getMessage(), e);
    }
    this.host = new Application(broker.hostSocket(), "kit");
    host.awaitAttached();
    host.open(1);
  }

  private static String plain(BusLine line) throws IOException {
    String context = IbusCalls.context(line, "gtk3-im:kit");
    line.call(IbusCalls.type(context, 0, 0));
    return context;
  }

  /** Types for a while. */
  Toll typeFor(Duration time) throws Unsettled {
    long end = System.nanoTime() + time.toNanos();
    return typeUntil(keys -> System.nanoTime() - end > 0);
  }

  /**
   * Types until it is enough, and the burst ends.
   *
   * @param enough given how many keys were typed
   * @throws Unsettled if the broker leaves the honest application or does not answer it any more
   */
  Toll typeUntil(IntPredicate enough) throws Unsettled {
    Toll toll = new Toll();
    do {
      within(() -> burst(toll));
    } while (!enough.test(toll.keys()));
    return toll;
  }

  private interface Step {
    void run() throws IOException, Unsettled;
  }

  /** Reading from the door has no time limit of its own. */
  private void within(Step step) throws Unsettled {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                step.run();
                done.complete(null);
              } catch (IOException | Unsettled | RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    try {
      done.get(GIVING_UP.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new Unsettled("an honest key waits for " + GIVING_UP.toSeconds() + " s already", e);
    } catch (ExecutionException e) {
      throw new Unsettled(
          "the honest application was left alone: "
              + e.getCause()
              + (broker.alive() ? "" : "; the broker has ended"),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unsettled("interrupted", e);
    }
  }

  private void burst(Toll toll) throws IOException, Unsettled {
    bursts++;
    if (bursts % BURSTS_PER_NEWCOMER == 0) {
      newcomers++;
      if (bursts % 2 == 0) {
        newcomerAtDoor(toll);
      } else {
        newcomerAtHost(toll);
      }
      admitted++;
    } else if (bursts % 2 == 0) {
      atDoor(door, context, toll, BURST);
    } else {
      atHost(host, toll, BURST);
    }
  }

  private void atDoor(BusLine line, String at, Toll toll, int keys) throws IOException {
    line.call(IbusCalls.on(at, "FocusIn"));
    glance();
    for (int i = 0; i < keys; i++) {
      LockSupport.parkNanos(GAP);
      long start = System.nanoTime();
      Message answer = line.call(IbusCalls.key(at, 'a' + i));
      toll.add(System.nanoTime() - start);
      if (answer.errorName() != null) {
        throw new IOException("a key was refused: " + answer.errorName());
      }
    }
    line.call(IbusCalls.on(at, "FocusOut"));
  }

  private void atHost(Application application, Toll toll, int keys) throws Unsettled {
    application.focus(1, Application.plain());
    glance();
    for (int i = 0; i < keys; i++) {
      LockSupport.parkNanos(GAP);
      long start = System.nanoTime();
      application.key(1, 'a' + i, org.keywarden.proto.input.v1.KeyAction.KEY_ACTION_PRESS);
      Outcome answers = application.awaitAnswers();
      toll.add(application.answeredAt() - start);
      if (!answers.passed()) {
        throw new Unsettled(answers.observed());
      }
    }
    application.blur(1);
  }

  private void newcomerAtDoor(Toll toll) throws IOException {
    try (BusLine line = BusLine.greeted(broker.ibusSocket())) {
      atDoor(line, plain(line), toll, KEYS_OF_NEWCOMER);
    }
  }

  private void newcomerAtHost(Toll toll) throws Unsettled {
    try (Application newcomer = new Application(broker.hostSocket(), "kit")) {
      newcomer.awaitAttached();
      newcomer.open(1);
      atHost(newcomer, toll, KEYS_OF_NEWCOMER);
    }
  }

  private void glance() {
    long end = System.nanoTime() + GLANCE.toNanos();
    while (route() != Route.ROUTE_COMPOSING && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(GAP);
    }
  }

  private Route route() {
    return broker.admin().getStatus(GetStatusRequest.getDefaultInstance()).getRoute();
  }

  /** That every key was answered once, and everybody who came was let in. */
  Outcome served() {
    return Outcome.expect("answers too many", 0, door.strays())
        .and(Outcome.expect("newcomers let in", newcomers, admitted));
  }

  @Override
  public void close() {
    host.close();
    try {
      door.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
