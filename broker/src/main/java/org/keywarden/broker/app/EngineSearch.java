package org.keywarden.broker.app;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.keywarden.broker.plugin.engines.EngineCatalogue;
import org.keywarden.broker.plugin.engines.InputMethods;

/**
 * Looks for engines beside the seat, one look at a time.
 *
 * <p>Thread: the seat's.
 */
final class EngineSearch {
  /** Whoever waits hears by then what is known. Programs that list engines have less time. */
  private static final long PATIENCE_MILLIS = 9_000;

  private final Look look;
  private final InputMethods methods;
  private final Executor worker;
  private final EventLoop loop;
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean looking;

  /** Finds what there is; waits for it. */
  interface Look {
    void at(Consumer<EngineCatalogue> found) throws InterruptedException;
  }

  /**
   * @param worker one thread
   */
  EngineSearch(Look look, InputMethods methods, Executor worker, EventLoop loop) {
    this.look = look;
    this.methods = methods;
    this.worker = worker;
    this.loop = loop;
  }

  /** Looks; {@code then} is run when that is over, or has taken long. */
  void refresh(Runnable then) {
    Runnable once =
        new Runnable() {
          private boolean done;

          @Override
          public void run() {
            if (!done) {
              done = true;
              then.run();
            }
          }
        };
    waiting.add(once);
    loop.schedule(once, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (!looking) {
      looking = true;
      worker.execute(this::look);
    }
  }

  private void look() {
    try {
      look.at(found -> loop.execute(() -> methods.adopt(found)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      loop.execute(this::over);
    }
  }

  private void over() {
    looking = false;
    List<Runnable> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(Runnable::run);
  }
}
