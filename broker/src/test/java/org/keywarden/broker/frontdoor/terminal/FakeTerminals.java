package org.keywarden.broker.frontdoor.terminal;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;

/** One terminal of the application, one of another, and a search that runs when told. */
public final class FakeTerminals {
  private static final Path OWN = Path.of("/dev/pts/1");
  private static final Path ELSEWHERE = Path.of("/dev/pts/2");

  private final Queue<Runnable> background = new ArrayDeque<>();
  private boolean hidden;
  private boolean hiddenElsewhere;
  private final TerminalWatch watch =
      new TerminalWatch(
          () -> new PseudoTerminals.Found(Set.of(OWN), Set.of(OWN, ELSEWHERE)),
          terminal -> terminal.equals(OWN) ? hidden : hiddenElsewhere,
          background::add,
          Runnable::run,
          () -> 0);

  /** For the client under test. */
  public TerminalWatch watch() {
    watch.lookAgain();
    return watch;
  }

  /** Finishes the search for terminals. */
  public void search() {
    while (!background.isEmpty()) {
      background.remove().run();
    }
  }

  /** The application's own terminal hides what is typed, or shows it. */
  public void hide(boolean now) {
    hidden = now;
  }

  /** Another application's terminal hides what is typed, or shows it. */
  public void hideElsewhere(boolean now) {
    hiddenElsewhere = now;
  }
}
