package org.keywarden.broker.frontdoor.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch.Reach;
import org.keywarden.broker.look.Looks;

/** What is known of terminals, how old it may be, and what one application can do to another. */
final class TerminalsTest {
  private static final long PATIENCE = 100_000_000;
  private static final long MS = 1_000_000;
  private static final Terminal OWN = Terminal.ours(1);
  private static final Terminal OTHER = Terminal.ours(2);

  private final Queue<Runnable> workers = new ArrayDeque<>();
  private final List<Runnable> stuck = new ArrayList<>();
  private final Map<Long, Runnable> timers = new HashMap<>();
  private final Set<Terminal> hiding = new HashSet<>();
  private final Map<Long, Found> found = new HashMap<>();
  private Found every = some(OWN, OTHER);
  private final List<Long> searches = new ArrayList<>();
  private final List<Terminal> asked = new ArrayList<>();
  private long now;
  private long timer;

  private final Terminals terminals =
      new Terminals(
          pid -> {
            searches.add(pid);
            return found.getOrDefault(pid, Found.NOTHING);
          },
          () -> every,
          new Terminals.Place(
              terminals -> {
                asked.addAll(terminals);
                return terminals.stream().anyMatch(hiding::contains);
              },
              workers::add,
              Runnable::run,
              () -> now,
              (delay, action) -> timers.put((now + delay) * 1_000 + timer++ % 1_000, action)));

  private static Found some(Terminal... terminals) {
    return new Found(Set.of(terminals), Found.Extent.ALL);
  }

  /** Lets every look come to its end. */
  private void work() {
    while (!workers.isEmpty()) {
      workers.remove().run();
    }
  }

  /** The looks under way do not come back. */
  private void stick() {
    stuck.addAll(workers);
    workers.clear();
  }

  private void pass(long ms) {
    long until = now + ms * MS;
    while (true) {
      Long next = timers.keySet().stream().min(Long::compare).orElse(Long.MAX_VALUE);
      if (next / 1_000 > until) {
        now = until;
        return;
      }
      now = next / 1_000;
      Runnable due = timers.remove(next);
      if (due != null) {
        due.run();
      }
    }
  }

  private List<TerminalAnswer> ask(TerminalWatch watch, Reach reach) {
    List<TerminalAnswer> answers = new ArrayList<>();
    watch.ask(reach, PATIENCE, answers::add);
    return answers;
  }

  private TerminalAnswer looked(TerminalWatch watch, Reach reach) {
    List<TerminalAnswer> answers = ask(watch, reach);
    work();
    assertEquals(1, answers.size());
    return answers.getFirst();
  }

  private TerminalWatch emulator(long pid, Terminal terminal) {
    found.put(pid, some(terminal));
    TerminalWatch watch = terminals.of(pid);
    work();
    return watch;
  }

  @Test
  void nothingIsSaidBeforeTheFirstLook() {
    TerminalWatch watch = terminals.of(1);
    assertEquals(TerminalAnswer.UNKNOWN, watch.now(Reach.OWN));
    assertEquals(TerminalAnswer.UNKNOWN, watch.last(Reach.OWN));
    assertEquals(TerminalAnswer.SHOWN, watch.now(Reach.NONE));
    work();
    assertEquals(TerminalAnswer.SHOWN, watch.now(Reach.OWN));
  }

  @Test
  void anApplicationThatHasTerminalsIsLookedAtEachTime() {
    TerminalWatch watch = emulator(1, OWN);
    assertEquals(TerminalAnswer.UNKNOWN, watch.now(Reach.OWN));
    assertEquals(TerminalAnswer.SHOWN, looked(watch, Reach.OWN));
    hiding.add(OWN);
    assertEquals(TerminalAnswer.HIDDEN, looked(watch, Reach.OWN));
    assertEquals(TerminalAnswer.HIDDEN, watch.last(Reach.OWN));
    assertEquals(List.of(1L), searches);
  }

  @Test
  void aLookThatBeganBeforeTheQuestionIsNoAnswer() {
    TerminalWatch watch = emulator(1, OWN);
    List<TerminalAnswer> first = ask(watch, Reach.OWN);
    now++;
    List<TerminalAnswer> second = ask(watch, Reach.OWN);
    workers.remove().run();
    hiding.add(OWN);
    assertEquals(List.of(TerminalAnswer.SHOWN), first);
    assertEquals(List.of(), second);
    work();
    assertEquals(List.of(TerminalAnswer.HIDDEN), second);
  }

  @Test
  void reachSaysWhoseTerminalsCount() {
    TerminalWatch emulator = emulator(1, OWN);
    TerminalWatch plain = terminals.of(2);
    work();
    hiding.add(OTHER);
    assertEquals(TerminalAnswer.SHOWN, looked(emulator, Reach.OWN));
    assertEquals(TerminalAnswer.SHOWN, looked(emulator, Reach.OWN_OR_EVERY));
    assertEquals(TerminalAnswer.HIDDEN, looked(emulator, Reach.EVERY));
    assertEquals(TerminalAnswer.SHOWN, looked(plain, Reach.OWN));
    assertEquals(TerminalAnswer.HIDDEN, looked(plain, Reach.OWN_OR_EVERY));
  }

  @Test
  void everyTerminalCountsForAProcessThatIsClosed() {
    found.put(1L, Found.CLOSED);
    TerminalWatch watch = terminals.of(1);
    work();
    hiding.add(OTHER);
    assertEquals(TerminalAnswer.HIDDEN, looked(watch, Reach.OWN));
    hiding.clear();
    assertEquals(TerminalAnswer.SHOWN, looked(watch, Reach.OWN));
  }

  @Test
  void whatIsTooMuchToLookAtHides() {
    found.put(1L, Found.TOO_MUCH);
    TerminalWatch watch = terminals.of(1);
    work();
    assertEquals(TerminalAnswer.HIDDEN, watch.now(Reach.OWN));
    assertEquals(List.of(), asked);
  }

  @Test
  void whatWasFoundIsLookedForAgainAndBelievedForASecond() {
    TerminalWatch watch = terminals.of(1);
    work();
    pass(400);
    assertEquals(TerminalAnswer.SHOWN, watch.now(Reach.OWN));
    assertEquals(1, searches.size());
    pass(200);
    assertEquals(TerminalAnswer.SHOWN, watch.now(Reach.OWN));
    stick();
    pass(400);
    assertEquals(TerminalAnswer.SHOWN, watch.now(Reach.OWN));
    pass(1);
    assertEquals(TerminalAnswer.UNKNOWN, watch.now(Reach.OWN));
    found.put(1L, some(OWN));
    hiding.add(OWN);
    List<TerminalAnswer> answers = ask(watch, Reach.OWN);
    stuck.forEach(Runnable::run);
    work();
    assertEquals(List.of(TerminalAnswer.HIDDEN), answers);
  }

  @Test
  void aFocusedWindowMayHaveATerminalMoreThanBefore() {
    TerminalWatch watch = terminals.of(1);
    work();
    found.put(1L, some(OWN));
    hiding.add(OWN);
    pass(1);
    watch.focused(Reach.OWN);
    assertEquals(TerminalAnswer.HIDDEN, looked(watch, Reach.OWN));
  }

  @Test
  void aLookThatTakesTooLongHidesUntilItEnds() {
    TerminalWatch watch = emulator(1, OWN);
    List<TerminalAnswer> answers = ask(watch, Reach.OWN);
    stick();
    pass(99);
    assertEquals(List.of(), answers);
    pass(1);
    assertEquals(List.of(TerminalAnswer.HIDDEN), answers);
    assertEquals(TerminalAnswer.HIDDEN, watch.now(Reach.OWN));
    assertEquals(List.of(TerminalAnswer.HIDDEN), ask(watch, Reach.OWN));
    assertEquals(List.of(), List.copyOf(workers));
    stuck.forEach(Runnable::run);
    assertEquals(List.of(TerminalAnswer.HIDDEN), answers);
    assertEquals(TerminalAnswer.SHOWN, looked(watch, Reach.OWN));
  }

  @Test
  void oneThatStallsDelaysNobodyElse() {
    for (long attacker = 100; attacker < 100 + Looks.MOST - 1; attacker++) {
      TerminalWatch watch = terminals.of(attacker);
      watch.focused(Reach.OWN);
      stick();
      pass(100);
    }
    assertEquals(Looks.MOST - 1, stuck.size());
    TerminalWatch victim = emulator(1, OWN);
    victim.focused(Reach.OWN);
    assertEquals(TerminalAnswer.SHOWN, looked(victim, Reach.OWN));
    hiding.add(OWN);
    assertEquals(TerminalAnswer.HIDDEN, looked(victim, Reach.OWN));
  }

  @Test
  void connectionsOfOneProcessAreLookedAtOnce() {
    for (int i = 0; i < 60; i++) {
      TerminalWatch each = terminals.of(7);
      each.focused(Reach.OWN);
    }
    assertTrue(workers.size() == 1, "looks: " + workers.size());
  }

  @Test
  void comingAnewGivesAStuckProcessNoOtherThread() {
    TerminalWatch first = terminals.of(7);
    stick();
    pass(200);
    for (int i = 0; i < 10; i++) {
      first.end();
      first = terminals.of(7);
      first.focused(Reach.OWN);
      List<TerminalAnswer> answers = ask(first, Reach.OWN);
      pass(2_000);
      assertEquals(List.of(TerminalAnswer.HIDDEN), answers);
    }
    assertEquals(1, stuck.size() + workers.size());
  }

  @Test
  void theFocusedApplicationIsLookedAtBeforeOthersThatWait() {
    for (long other = 100; other < 150; other++) {
      TerminalWatch ignored = terminals.of(other);
    }
    assertEquals(1, workers.size());
    TerminalWatch victim = terminals.of(1);
    victim.focused(Reach.OWN);
    assertEquals(2, workers.size());
    work();
    assertEquals(List.of(100L, 1L), searches.subList(0, 2));
  }

  @Test
  void stuckLooksAreBoundedAndWhoeverIsNotLookedAtHides() {
    for (long attacker = 100; attacker < 300; attacker++) {
      TerminalWatch watch = terminals.of(attacker);
      watch.focused(Reach.OWN);
      stick();
      pass(100);
    }
    assertEquals(Looks.MOST, stuck.size());
    TerminalWatch late = terminals.of(1);
    List<TerminalAnswer> answers = ask(late, Reach.OWN);
    pass(100);
    assertEquals(List.of(TerminalAnswer.HIDDEN), answers);
  }
}
