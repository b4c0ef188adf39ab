package org.keywarden.broker.frontdoor.terminal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.keywarden.broker.look.Looks;

/** Makes a watch for each application; connections of one process share what is known of it. */
public final class Terminals {
  private final LongFunction<Found> own;
  private final Place place;
  private final Looks looks;
  private final TerminalGroup every;
  private final Map<Long, Process> processes = new HashMap<>();

  /**
   * Where looks are made, and by which time.
   *
   * @param workers runs each look in a thread of its own
   * @param seat the seat's thread
   * @param clock in ns
   */
  public record Place(
      Echo echo, Executor workers, Executor seat, LongSupplier clock, Looks.Later later) {
    Looks looks() {
      return new Looks(new Looks.Place(workers, seat, clock, later));
    }
  }

  /** One process, by however many connections. */
  private static final class Process {
    private final TerminalGroup group;
    private int connections;

    Process(TerminalGroup group) {
      this.group = group;
    }
  }

  /**
   * @param uid whose terminals there are
   */
  public Terminals(int uid, Place place) {
    this(new PseudoTerminals(Path.of("/proc"), Path.of("/dev/pts"), uid), place);
  }

  private Terminals(PseudoTerminals pseudoTerminals, Place place) {
    this(pseudoTerminals::own, pseudoTerminals::every, place);
  }

  /**
   * @param own finds those of a process
   * @param every finds all of the user's
   */
  Terminals(LongFunction<Found> own, Supplier<Found> every, Place place) {
    this.own = own;
    this.place = place;
    this.looks = place.looks();
    this.every = new TerminalGroup(every, place, looks);
  }

  /** For an application just connected; begins to look. */
  public TerminalWatch of(long pid) {
    forgetUnused();
    Process process =
        processes.computeIfAbsent(
            pid, id -> new Process(new TerminalGroup(() -> own.apply(id), place, looks)));
    if (process.connections++ == 0) {
      process.group.ask(TerminalGroup.AGE, answer -> {});
    }
    return new TerminalWatch(process.group, every, looks::first, () -> process.connections--);
  }

  /** A process stays known while a look at it goes on, so that coming anew gains it nothing. */
  private void forgetUnused() {
    processes.values().removeIf(each -> each.connections == 0 && each.group.end());
  }
}
