package org.keywarden.benchmarks.micro;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.terminal.PasswordPrompts;
import org.keywarden.broker.frontdoor.terminal.Terminal;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What it costs, for each key typed into a terminal, to ask whether its echo is off. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TerminalBenchmark {
  private final PasswordPrompts prompts = new PasswordPrompts(0);
  private @Nullable Process terminal;
  private Terminal device = Terminal.ours(0);

  /** A pseudo-terminal made by script(1), with a program that reads lines. */
  @Setup
  public void open() throws IOException {
    Process started =
        new ProcessBuilder("script", "--quiet", "--echo", "never", "-c", "tty; cat", "/dev/null")
            .start();
    terminal = started;
    String name = started.inputReader().readLine().strip();
    device = Terminal.ours(Integer.parseInt(name.substring("/dev/pts/".length())));
  }

  /** Ends the program, and with it the terminal. */
  @TearDown
  public void close() throws InterruptedException {
    if (terminal != null) {
      terminal.descendants().forEach(ProcessHandle::destroyForcibly);
      terminal.destroyForcibly().waitFor();
    }
  }

  /** One question. */
  @Benchmark
  public boolean hidden() {
    return prompts.hidden(Set.of(device));
  }
}
