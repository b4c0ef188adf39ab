package org.keywarden.broker.frontdoor.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch.Reach;

final class TerminalWatchTest {
  private static final Path OWN = Path.of("/dev/pts/1");
  private static final Path OTHER = Path.of("/dev/pts/2");

  private final Queue<Runnable> background = new ArrayDeque<>();
  private final Set<Path> hiding = new HashSet<>();
  private PseudoTerminals.Found found = new PseudoTerminals.Found(Set.of(OWN), Set.of(OWN, OTHER));
  private int looks;
  private long now;

  private final TerminalWatch watch =
      new TerminalWatch(
          () -> {
            looks++;
            return found;
          },
          hiding::contains,
          background::add,
          Runnable::run,
          () -> now);

  private void search() {
    while (!background.isEmpty()) {
      background.remove().run();
    }
  }

  @Test
  void nothingIsShownToAnyoneBeforeTerminalsHaveBeenLookedFor() {
    assertTrue(watch.hidden(Reach.OWN));
    assertFalse(watch.hidden(Reach.NONE));
    search();
    assertFalse(watch.hidden(Reach.OWN));
  }

  @Test
  void reachSaysWhoseTerminalsCount() {
    watch.lookAgain();
    search();
    hiding.add(OTHER);
    assertFalse(watch.hidden(Reach.OWN));
    assertFalse(watch.hidden(Reach.OWN_OR_EVERY));
    assertTrue(watch.hidden(Reach.EVERY));
    hiding.add(OWN);
    assertTrue(watch.hidden(Reach.OWN));
    hiding.remove(OWN);
    found = new PseudoTerminals.Found(Set.of(), Set.of(OTHER));
    watch.lookAgain();
    search();
    assertFalse(watch.hidden(Reach.OWN));
    assertTrue(watch.hidden(Reach.OWN_OR_EVERY));
  }

  @Test
  void aLookAskedForDuringALookIsNotLost() {
    watch.lookAgain();
    watch.lookAgain();
    watch.lookAgain();
    search();
    assertEquals(2, looks);
  }

  @Test
  void typingLooksAgainOnceWhatWasFoundIsOld() {
    watch.lookAgain();
    search();
    now += 400_000_000;
    boolean ignored = watch.hidden(Reach.OWN);
    search();
    assertEquals(1, looks);
    now += 200_000_000;
    ignored = watch.hidden(Reach.OWN);
    search();
    assertEquals(2, looks);
  }

  @Test
  void whoeverWaitsIsToldOnce() {
    int[] told = {0};
    watch.whenKnown(() -> told[0]++);
    watch.lookAgain();
    assertEquals(0, told[0]);
    search();
    watch.lookAgain();
    search();
    assertEquals(1, told[0]);
    watch.whenKnown(() -> told[0]++);
    assertEquals(2, told[0]);
  }
}
