package org.keywarden.conformance;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Types at a broker that nobody attacks, at the same time as the honest application at the one that
 * is: whatever else takes the machine's processors takes them from both.
 */
final class Control implements AutoCloseable {
  private static final long ENDING_SECONDS = 30;

  private final Victim typist;
  private final CompletableFuture<Toll> typed = new CompletableFuture<>();
  private volatile int keys;
  private volatile boolean over;

  /** Begins to type. */
  Control(Broker uninvolved) throws Unsettled {
    this.typist = new Victim(uninvolved);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                typed.complete(
                    typist.typeUntil(
                        so -> {
                          keys = so;
                          return over;
                        }));
              } catch (Unsettled | RuntimeException failure) {
                typed.completeExceptionally(failure);
              }
            });
  }

  /** How many keys were typed so far; no more follow after a failure, which {@link #end} tells. */
  int keys() {
    return typed.isCompletedExceptionally() ? Integer.MAX_VALUE : keys;
  }

  /** Types no more; how long the keys took. */
  Toll end() throws Unsettled {
    over = true;
    try {
      return typed.get(ENDING_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new Unsettled("the broker that nobody attacks does not serve: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unsettled("interrupted", e);
    }
  }

  @Override
  public void close() {
    over = true;
    typist.close();
  }
}
