package org.keywarden.broker.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreeRemovalTest {
  @TempDir Path work;

  static void removed(Path directory, String name) throws IOException {
    try (HeldFile held = HeldFile.at(directory)) {
      TreeRemoval.remove(held, Path.of(name));
    }
  }

  @Test
  void aTreeIsRemovedAndWhereItsLinksLeadIsNot() throws IOException {
    Path outside = Files.createDirectory(work.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "x");
    Path tree = work.resolve("tree/a");
    Files.createDirectories(tree.resolve("b"));
    Files.writeString(tree.resolve("b/file"), "y");
    Files.createSymbolicLink(tree.resolve("link"), outside);
    removed(work, "tree");
    assertFalse(Files.exists(work.resolve("tree"), LinkOption.NOFOLLOW_LINKS));
    assertEquals("x", Files.readString(outside.resolve("kept")));
  }
}
