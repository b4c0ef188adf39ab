package org.keywarden.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.keywarden.proto.host.v1.Route;

/**
 * Somebody typing at random moments, whose keys leave the marks of a real keyboard's: for each, a
 * packet over the loopback device stands in for the interrupt, since its softirq is counted where
 * interrupts are.
 */
final class Typist implements AutoCloseable {
  private static final double MEAN_GAP = Duration.ofMillis(120).toNanos();
  private static final long LEAST_GAP = Duration.ofMillis(50).toNanos();
  private static final long PLAIN = 1;
  private static final long SECRET = 2;

  private final Application application;
  private final Random random;
  private final boolean interrupting;
  private final DatagramChannel interrupts;
  private final InetSocketAddress address;
  private final List<Long> keys = new ArrayList<>();
  private long field = PLAIN;

  /**
   * @param random for the gaps
   * @param interrupting whether keys come with packets
   */
  Typist(Broker broker, Random random, boolean interrupting) throws IOException, Unsettled {
    this.random = random;
    this.interrupting = interrupting;
    this.application = new Application(broker.hostSocket(), "kit");
    this.interrupts =
        DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    this.address = (InetSocketAddress) interrupts.getLocalAddress();
    application.awaitAttached();
    application.open(PLAIN);
    application.open(SECRET);
  }

  /** Goes to a field, and waits until the broker has. */
  void focus(boolean secret) throws Unsettled {
    field = secret ? SECRET : PLAIN;
    application.focus(field, secret ? Application.password() : Application.plain());
    application.awaitRoute(secret ? Route.ROUTE_GUARDED : Route.ROUTE_COMPOSING);
  }

  /** Leaves the field, as long after the last key as one key comes after another at least. */
  void leave() throws Unsettled {
    LockSupport.parkNanos(LEAST_GAP);
    application.blur(field);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
  }

  /** Types at random moments. */
  void typeUntil(BooleanSupplier enough) throws IOException {
    while (!enough.getAsBoolean()) {
      LockSupport.parkNanos(LEAST_GAP - (long) (MEAN_GAP * Math.log(1 - random.nextDouble())));
      if (!enough.getAsBoolean()) {
        keys.add(System.nanoTime());
        int ignored = interrupting ? interrupts.send(ByteBuffer.allocate(1), address) : 0;
        application.tap(field, 'a' + random.nextInt(26));
      }
    }
  }

  /** When keys were typed from one moment to another, in ns of {@link System#nanoTime}. */
  long[] keys(long from, long to) {
    return keys.stream()
        .mapToLong(Long::longValue)
        .filter(key -> key >= from && key <= to)
        .toArray();
  }

  @Override
  public void close() throws IOException {
    application.close();
    interrupts.close();
  }
}
