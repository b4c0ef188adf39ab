package org.keywarden.broker.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.budget.Limits.Bound;

/** The sum of docs/decisions/0070: whatever peers do at once fits into what the broker has. */
final class LimitsTest {
  private static final long MIB = 1_024 * 1_024;

  /** Of -Xmx64m, without the young generation (-Xmn16m). */
  private static final long HEAP = 48 * MIB;

  /** The JVM's default: as much as the heap. */
  private static final long DIRECT = 64 * MIB;

  /** Of a broker that nobody has spoken to, after a collection. */
  private static final long OWN_HEAP = 17 * MIB;

  private static final long OWN_DIRECT = 4 * MIB;

  private static final List<Limits> ALL =
      List.of(Limits.APPLICATIONS, Limits.PLUGINS, Limits.TOOLS);

  private static long sum(Resource what) {
    return ALL.stream().mapToLong(each -> each.of(what).total() * Limits.cost(what)).sum();
  }

  @Test
  void everythingAtOnceFitsIntoTheHeap() {
    long heap =
        OWN_HEAP
            + sum(Resource.CONNECTIONS)
            + sum(Resource.CONTEXTS)
            + Limits.APPLICATIONS.bytes().total();
    assertTrue(heap <= HEAP, heap / MIB + " MiB");
  }

  @Test
  void everythingAtOnceFitsIntoDirectMemory() {
    long direct = OWN_DIRECT + sum(Resource.CALLS) + sum(Resource.BYTES);
    assertTrue(direct <= DIRECT, direct / MIB + " MiB");
  }

  @Test
  void aBoundInAllIsNotBelowThatOfOne() {
    assertThrows(IllegalArgumentException.class, () -> new Bound(3, 2));
    assertEquals(2, new Bound(2, 2).total());
  }
}
