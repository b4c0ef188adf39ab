package org.keywarden.audit.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A frontier has the roots that RFC 6962 says, wherever it is put down and taken up again. */
final class FrontierTest {
  @Test
  void itsRootIsThatOfTheTree() throws Exception {
    List<Hash> leaves = new ArrayList<>();
    Frontier frontier = new Frontier();
    for (int i = 0; i < 600; i++) {
      assertEquals(Rfc6962.root(leaves), frontier.root());
      TreeProofs proofs =
          new TreeProofs(
              (height, index) ->
                  Rfc6962.root(
                      leaves.subList((int) (index << height), (int) ((index + 1) << height))));
      assertEquals(frontier.roots(), proofs.frontier(i));
      frontier = new Frontier(i, frontier.roots());
      Hash leaf = Rfc6962.leaf(new byte[] {(byte) i, (byte) (i >> 8)});
      leaves.add(leaf);
      frontier.append(leaf);
    }
  }

  @Test
  void itHasOneHashForEachBitOfItsSize() {
    assertThrows(
        IllegalArgumentException.class, () -> new Frontier(3, List.of(Rfc6962.EMPTY_ROOT)));
    assertThrows(IllegalArgumentException.class, () -> new Frontier(-1, List.of()));
  }
}
