package org.keywarden.broker.frontdoor.terminal;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Makes a watch for each application. */
public final class Terminals {
  private final PseudoTerminals pseudoTerminals;
  private final Echo echo;
  private final Executor background;
  private final Executor seat;
  private final LongSupplier clock;

  /**
   * @param background where terminals are looked for, in one thread
   * @param seat the seat's thread
   * @param clock in ns
   */
  public Terminals(int uid, Echo echo, Executor background, Executor seat, LongSupplier clock) {
    this.pseudoTerminals =
        new PseudoTerminals(Path.of("/proc"), Path.of("/dev/pts"), uid, Terminals::descendants);
    this.echo = echo;
    this.background = background;
    this.seat = seat;
    this.clock = clock;
  }

  /** For an application just connected; begins to look. */
  public TerminalWatch of(long pid) {
    TerminalWatch watch =
        new TerminalWatch(() -> pseudoTerminals.find(pid), echo, background, seat, clock);
    watch.lookAgain();
    return watch;
  }

  private static List<Long> descendants(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .map(ProcessHandle::pid)
        .toList();
  }
}
