package org.keywarden.broker.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HeldFileTest {
  @TempDir Path work;

  @Test
  void aFileIsReadUpToItsBound() throws IOException {
    Path file = Files.writeString(work.resolve("a"), "12345");
    assertArrayEquals("12345".getBytes(UTF_8), HeldFile.read(file, 5));
    IOException larger = assertThrows(FileSystemException.class, () -> HeldFile.read(file, 4));
    assertTrue(
        String.valueOf(larger.getMessage()).contains("larger than 4 bytes"), larger.getMessage());
    assertThrows(NoSuchFileException.class, () -> HeldFile.read(work.resolve("none"), 4));
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatIsNoFileIsNotReadAndNotWaitedFor() throws Exception {
    Path fifo = work.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    for (Path each : List.of(fifo, Path.of("/dev/zero"), work)) {
      IOException refused = assertThrows(FileSystemException.class, () -> HeldFile.read(each, 9));
      assertTrue(
          String.valueOf(refused.getMessage()).contains("no regular file"), refused.getMessage());
    }
  }

  @Test
  void aLinkIsFollowedWhereThatIsSaidAndNowhereElse() throws IOException {
    Path file = Files.writeString(work.resolve("a"), "12345");
    Path link = Files.createSymbolicLink(work.resolve("link"), file);
    assertEquals(5, HeldFile.read(link, 5).length);
    try (HeldFile held = HeldFile.at(link);
        HeldFile directory = HeldFile.at(work);
        HeldFile entry = directory.entry(Path.of("link"))) {
      assertTrue(held.facts().isLink());
      assertTrue(entry.facts().isLink());
      assertTrue(directory.facts(Path.of("link")).isLink());
      assertThrows(IOException.class, () -> held.content(5));
    }
  }

  @Test
  void whatIsHeldStaysWhatItIsWhenItsNameIsGivenToAnother() throws IOException {
    Path file = Files.writeString(work.resolve("a"), "first");
    try (HeldFile held = HeldFile.at(file)) {
      Files.move(file, work.resolve("b"));
      Files.writeString(file, "second");
      assertArrayEquals("first".getBytes(UTF_8), held.content(10));
    }
  }

  @Test
  void namesInAnyScriptAndWithAnySignAreReached() throws IOException {
    List<String> names = List.of("字書", "a b+c%20&;", "line\nfeed", "trailing ");
    for (String name : names) {
      Files.writeString(Files.createDirectory(work.resolve(name)).resolve("x"), name);
    }
    List<String> read = new ArrayList<>();
    try (HeldFile directory = HeldFile.at(work);
        DirectoryStream<Path> entries = directory.entries()) {
      for (Path each : entries) {
        try (HeldFile inner = directory.entry(each.getFileName());
            HeldFile file = inner.entry(Path.of("x"))) {
          read.add(new String(file.content(100), UTF_8));
        }
      }
    }
    assertEquals(names.stream().sorted().toList(), read.stream().sorted().toList());
  }

  @Test
  void othersMayWriteWhereTheirBitsSaySo() {
    assertFalse(facts(0100644, 5, 5).isWritableByOthers());
    assertTrue(facts(0100646, 5, 5).isWritableByOthers());
    assertTrue(facts(0100664, 5, 100).isWritableByOthers());
    // The owner's own group.
    assertFalse(facts(0100664, 5, 5).isWritableByOthers());
  }

  private static FileFacts facts(int mode, int owner, int group) {
    return new FileFacts(mode, owner, group, 1, 1, 1, 0);
  }
}
