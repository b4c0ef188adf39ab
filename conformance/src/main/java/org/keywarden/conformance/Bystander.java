package org.keywarden.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Two processes that have nothing to do with the broker and pass a byte to and fro: how long that
 * takes at the same moment tells how much of a key's time is the machine's.
 */
final class Bystander implements AutoCloseable {
  private static final long GAP = Duration.ofMillis(8).toNanos();

  private final Process partner;
  private final List<Long> nanos = new ArrayList<>();
  private volatile boolean over;

  Bystander() {
    try {
      partner = new ProcessBuilder("cat").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().start(this::pass);
  }

  private void pass() {
    try {
      while (!over) {
        LockSupport.parkNanos(GAP);
        long start = System.nanoTime();
        partner.getOutputStream().write(1);
        partner.getOutputStream().flush();
        if (partner.getInputStream().read() < 0) {
          return;
        }
        add(System.nanoTime() - start);
      }
    } catch (IOException gone) {
      over = true;
    }
  }

  private synchronized void add(long each) {
    nanos.add(each);
  }

  /** What it took since the last time this was asked. */
  synchronized Toll toll() {
    Toll toll = new Toll();
    nanos.forEach(toll::add);
    nanos.clear();
    return toll;
  }

  @Override
  public void close() {
    over = true;
    partner.destroy();
  }
}
