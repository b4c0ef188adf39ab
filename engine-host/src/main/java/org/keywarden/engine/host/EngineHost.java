package org.keywarden.engine.host;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.engine.bus.EngineConnection;
import org.keywarden.engine.bus.EngineSocket;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ime.FieldInfo;
import org.keywarden.ime.Outbound;

/**
 * Keeps one component's engine running, and brings together the field that has it now and the
 * engine that serves it.
 *
 * <p>Thread: its event loop's; {@link #admit} and {@link #connected} are called there too.
 */
final class EngineHost implements EngineSocket.Doorman {
  /** How long an engine may take from its start to its name on the bus, in ms. */
  private static final long START_TIME = 15_000;

  /** How long an engine may be silent after a key that it did not answer in time, in ms. */
  private static final long SILENCE = 2_000;

  /**
   * A timer that is later than this, in ns, says nothing of the engine: the host stood still too.
   */
  private static final long STOOD_STILL = 200_000_000;

  private final EventLoop loop;
  private final Launch launch;
  private final Starter starter;
  private final PrintStream log;
  private final Backoff backoff = new Backoff();
  private @Nullable Attempt attempt;
  private @Nullable Stay stay;
  private @Nullable RemoteEngine used;
  private final Map<String, Runnable> whenReady = new HashMap<>();
  private boolean closed;
  private boolean complained;

  /**
   * @param starter starts what serves
   * @param log for sentences that hold nothing typed
   */
  EngineHost(EventLoop loop, Launch launch, Starter starter, PrintStream log) {
    this.loop = loop;
    this.launch = launch;
    this.starter = starter;
    this.log = log;
  }

  /** Starts the engine. */
  interface Starter {
    /**
     * @param whenOver called on {@code executor} when the process is gone
     */
    EngineProcess start(Executor executor, Runnable whenOver) throws IOException;
  }

  /** One process and what it does. */
  private final class Attempt implements EngineRun.Owner {
    final EngineRun run;
    @Nullable EngineProcess process;
    long usable;

    Attempt() {
      run =
          new EngineRun(
              launch.guid(), launch.component().name(), launch.config(), launch.activate(), this);
    }

    @Override
    public void arrived() {
      usable = System.nanoTime();
      make(run);
    }

    @Override
    public void made(String name, RemoteEngine engine) {
      Runnable waiting = whenReady.remove(name);
      if (waiting != null) {
        waiting.run();
      }
      if (attempt == this && stay != null && wanted().equals(name)) {
        begin(stay, engine);
      }
    }

    @Override
    public void notMade(String name) {
      log.println("keywarden: the engine makes no " + name);
    }

    @Override
    public void said(String path, Message signal) throws Malformed {
      RemoteEngine engine = run.engine(wanted());
      if (stay != null && engine != null && engine.path().equals(path)) {
        stay.said(signal);
      }
    }

    @Override
    public void menuChanged(String path) {
      RemoteEngine engine = run.engine(wanted());
      if (stay != null && engine != null && engine.path().equals(path)) {
        stay.menu(engine.menu().items());
      }
    }

    @Override
    public void paused() {
      if (stay != null) {
        stay.sendLate();
      }
    }

    @Override
    public void over(String why) {
      lost(this, why);
    }
  }

  /** Has the engine made that is meant, if that is known already. */
  private void make(EngineRun run) {
    if (!wanted().isEmpty()) {
      run.make(wanted());
    }
  }

  /** One engine of a process is in use at a time. */
  private void begin(Stay of, RemoteEngine engine) {
    if (used != null && used != engine) {
      used.disable();
    }
    used = engine;
    of.begin(engine);
  }

  /** Which of the component's engines is meant. */
  private String wanted() {
    String named = stay == null ? "" : stay.field().inputMethod();
    return named.isEmpty() ? launch.engine() : named;
  }

  /** Starts the engine. */
  void start() {
    if (closed) {
      return;
    }
    Attempt next = new Attempt();
    attempt = next;
    try {
      next.process = starter.start(loop, () -> lost(next, next.run.why("the engine ended")));
    } catch (IOException e) {
      lost(next, "the engine cannot be started: " + e.getMessage());
      return;
    }
    var ignored =
        loop.schedule(
            () -> {
              if (next.usable == 0) {
                lost(next, "the engine was not ready within " + START_TIME / 1_000 + " s");
              }
            },
            START_TIME,
            TimeUnit.MILLISECONDS);
  }

  private void lost(Attempt old, String why) {
    if (attempt != old) {
      return;
    }
    attempt = null;
    used = null;
    old.run.end(why);
    if (old.process != null) {
      old.process.kill();
    }
    if (stay != null) {
      stay.lost();
    }
    if (!closed) {
      long lived = old.usable == 0 ? 0 : System.nanoTime() - old.usable;
      long delay = backoff.afterDeath(lived);
      log.println("keywarden: " + why + "; it is started again in " + delay + " ms");
      var ignored = loop.schedule(this::start, delay, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public EngineConnection.@Nullable Party admit(int pid) {
    Attempt now = attempt;
    return now != null && now.process != null && !now.run.isConnected() && now.process.owns(pid)
        ? now.run
        : null;
  }

  @Override
  public void connected(EngineConnection connection) {
    if (attempt != null) {
      attempt.run.connected(connection);
    }
  }

  /** A field has the engine from now on. */
  void enter(FieldInfo field, Outbound outbound) {
    leave();
    stay = new Stay(field, outbound, loop, launch.keyTime().toMillis(), this::watch);
    if (attempt != null) {
      RemoteEngine engine = attempt.run.engine(wanted());
      if (engine == null) {
        make(attempt.run);
      } else {
        begin(stay, engine);
      }
    }
  }

  /** No field has it. */
  void leave() {
    if (stay != null) {
      stay.end();
      if (stay.leftOut() > 0 && !complained) {
        complained = true;
        log.println(
            "keywarden: "
                + stay.leftOut()
                + " things that the engine may not do, or too late, were left out in one field"
                + " (said once)");
      }
      stay = null;
    }
  }

  /** Does something with the field that has the engine now, if one has. */
  void with(Consumer<Stay> what, Runnable otherwise) {
    if (stay == null) {
      otherwise.run();
    } else {
      what.accept(stay);
    }
  }

  /** Ends an engine that does not answer at all. */
  private void watch(RemoteEngine late) {
    Attempt of = attempt;
    long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SILENCE);
    var ignored =
        loop.schedule(
            () -> {
              if (attempt == of && of != null && late.owes()) {
                if (System.nanoTime() - due > STOOD_STILL) {
                  watch(late);
                } else {
                  lost(of, "the engine does not answer");
                }
              }
            },
            SILENCE,
            TimeUnit.MILLISECONDS);
  }

  /** Calls {@code then} when an engine of this name is there. */
  void whenReady(String name, Runnable then) {
    if (attempt != null && attempt.run.engine(name) != null) {
      then.run();
    } else {
      whenReady.put(name, then);
    }
  }

  /** Ends the engine for good. */
  void close() {
    closed = true;
    if (attempt != null) {
      lost(attempt, "the host ends");
    }
  }
}
