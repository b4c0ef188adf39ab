package org.keywarden.broker.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.budget.Budget.Share;
import org.keywarden.broker.budget.Holder.Kin;
import org.keywarden.broker.budget.Limits.Bound;

final class BudgetTest {
  private static final Bound FEW = new Bound(4, 10);

  private final Budget budget = new Budget(new Limits(FEW, FEW, FEW, new Bound(100, 250)));
  private final List<Integer> ended = new ArrayList<>();
  private int opened;

  /** Of a process at the end of a branch of pids. */
  private static Holder holder(long... pids) {
    List<Kin> branch = new ArrayList<>();
    for (long pid : pids) {
      branch.add(new Kin(pid, 7));
    }
    return new Holder(branch);
  }

  private @Nullable Share open(long... pids) {
    int number = ++opened;
    return budget.open(holder(pids), () -> ended.add(number));
  }

  private Share opened(long... pids) {
    return Objects.requireNonNull(open(pids), "refused");
  }

  @Test
  void aProcessHasItsBoundAndAnotherIsNotTouchedByIt() {
    for (int i = 0; i < 4; i++) {
      assertNotNull(open(1, 2));
    }
    assertNull(open(1, 2));
    assertNotNull(open(1, 3));
    assertEquals(List.of(), ended);
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      shares.add(opened(1, 2));
    }
    shares.getFirst().close();
    shares.getFirst().close();
    assertNotNull(open(1, 2));
    assertNull(open(1, 2));
    shares.forEach(Share::close);
    assertEquals(1, budget.held(Resource.CONNECTIONS));
  }

  @Test
  void closingGivesEverythingBack() {
    Share share = opened(1, 2);
    assertTrue(share.take(Resource.CONTEXTS, 3));
    assertTrue(share.hold(Resource.BYTES, 80));
    assertTrue(share.hold(Resource.BYTES, 20));
    assertEquals(20, budget.held(Resource.BYTES));
    share.close();
    share.give(Resource.CONTEXTS, 3);
    assertFalse(share.take(Resource.CONTEXTS, 1));
    for (Resource each : Resource.values()) {
      assertEquals(0, budget.held(each));
    }
  }

  @Test
  void refusedBytesChangeNothing() {
    Share share = opened(1, 2);
    assertTrue(share.hold(Resource.BYTES, 60));
    assertFalse(share.hold(Resource.BYTES, 101));
    assertEquals(60, budget.held(Resource.BYTES));
    assertFalse(opened(1, 2).take(Resource.BYTES, 41), "the bound is the process's");
  }

  @Test
  void givingBackMoreThanWasTakenIsADefect() {
    Share share = opened(1, 2);
    assertThrows(IllegalStateException.class, () -> share.give(Resource.CALLS, 1));
  }

  @Test
  void aProgramThatForksIsOneBranchAndGivesWay() {
    for (int child = 0; child < 10; child++) {
      assertNotNull(open(1, 2, 100 + child));
    }
    assertNotNull(open(1, 3), "a newcomer beside it has room");
    assertEquals(List.of(10), ended, "the newest of the largest branch went");
    assertNull(open(1, 2, 200), "the branch itself has none");
    assertEquals(10, budget.held(Resource.CONNECTIONS));
  }

  @Test
  void aProcessesOwnSharesCountAgainstItsChildren() {
    for (int i = 0; i < 4; i++) {
      opened(1, 2);
      opened(1, 3);
    }
    opened(1, 4);
    opened(1, 5);
    assertNotNull(open(1, 6));
    assertEquals(1, ended.size());
    assertNotNull(open(1, 2, 20), "a child of a large one takes the place of its parent's share");
    assertEquals(2, ended.size());
  }

  @Test
  void amongEqualsNobodyGivesWay() {
    for (int process = 0; process < 10; process++) {
      assertNotNull(open(1, 100 + process));
    }
    assertNull(open(1, 500));
    assertEquals(List.of(), ended);
  }

  @Test
  void bytesOfAllAreBoundedByEndingTheLargest() {
    Share a = opened(1, 2);
    Share b = opened(1, 3);
    Share c = opened(1, 4);
    assertTrue(a.take(Resource.BYTES, 100));
    assertTrue(b.take(Resource.BYTES, 90));
    assertTrue(c.take(Resource.BYTES, 60));
    assertTrue(opened(1, 5).take(Resource.BYTES, 10));
    assertEquals(List.of(1), ended);
    assertTrue(a.over());
    assertFalse(a.take(Resource.BYTES, 1));
    a.give(Resource.BYTES, 100);
    a.close();
    assertEquals(160, budget.held(Resource.BYTES));
  }

  @Test
  void aProcessIsOneHoweverItIsMet() {
    for (int i = 0; i < 4; i++) {
      assertNotNull(open(1, 2, 3));
    }
    assertNull(open(1, 3), "its parent has ended since");
  }

  @Test
  void aReusedPidIsAnother() {
    for (int i = 0; i < 4; i++) {
      assertNotNull(open(1, 2));
    }
    assertNotNull(budget.open(new Holder(List.of(new Kin(1, 7), new Kin(2, 8))), () -> {}));
  }

  @Test
  void sharesThatEndButDoNotCloseAreBounded() {
    Budget large = new Budget(new Limits(new Bound(1_000, 1_000), FEW, FEW, FEW));
    for (int i = 0; i < 1_000; i++) {
      assertNotNull(large.open(holder(1, 2), () -> {}));
    }
    int admitted = 0;
    for (int process = 0; process < 200; process++) {
      if (large.open(holder(1, 100 + process), () -> {}) != null) {
        admitted++;
      }
    }
    assertEquals(64, admitted);
  }

  @Test
  void noOrderOfThingsBreaksABound() {
    Random random = new Random(42);
    List<Share> shares = new ArrayList<>();
    for (int step = 0; step < 100_000; step++) {
      int choice = random.nextInt(10);
      if (choice < 4 || shares.isEmpty()) {
        Share share =
            open(1, 2 + random.nextInt(3), 10 + random.nextInt(5), 100 + random.nextInt(20));
        if (share != null) {
          shares.add(share);
        }
      } else if (choice < 6) {
        shares.remove(random.nextInt(shares.size())).close();
      } else {
        Share share = shares.get(random.nextInt(shares.size()));
        boolean unused = share.hold(Resource.BYTES, random.nextInt(120));
      }
      shares.removeIf(
          share -> {
            boolean over = share.over();
            if (over) {
              share.close();
            }
            return over;
          });
      assertTrue(budget.held(Resource.CONNECTIONS) <= 10);
      assertTrue(budget.held(Resource.BYTES) <= 250);
      assertEquals(shares.size(), budget.held(Resource.CONNECTIONS));
    }
    shares.forEach(Share::close);
    assertEquals(0, budget.held(Resource.BYTES));
  }
}
