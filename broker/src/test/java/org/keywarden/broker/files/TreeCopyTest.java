package org.keywarden.broker.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.broker.files.TreeCopy.Bounds;

@Timeout(60)
final class TreeCopyTest {
  private static final Bounds BOUNDS = new Bounds(20, 1000, 3);

  @TempDir Path work;
  private Path from = Path.of("");
  private Path to = Path.of("");

  @BeforeEach
  void directories() throws IOException {
    from = Files.createDirectory(work.resolve("from"));
    to = Files.createDirectory(work.resolve("to"));
  }

  private void copy() throws IOException {
    try (HeldFile source = HeldFile.at(from);
        HeldFile target = HeldFile.at(to)) {
      TreeCopy.copy(source, target, BOUNDS);
    }
  }

  private String refusal() {
    FileSystemException refused = assertThrows(FileSystemException.class, this::copy);
    return refused.getFile() + ": " + refused.getReason();
  }

  @Test
  void filesDirectoriesAndLinksWithinAreCopied() throws IOException {
    Path program =
        Files.writeString(Files.createDirectories(from.resolve("a/b")).resolve("p"), "x");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setLastModifiedTime(program, FileTime.fromMillis(86_400_000));
    Files.createSymbolicLink(from.resolve("a/b/l"), Path.of("../../c"));
    Files.writeString(from.resolve("c"), "y");
    copy();
    Path copied = to.resolve("a/b/p");
    assertEquals("x", Files.readString(copied));
    assertEquals(FileTime.fromMillis(86_400_000), Files.getLastModifiedTime(copied));
    assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(copied)));
    assertEquals(
        "rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(to.resolve("c"))));
    assertEquals("y", Files.readString(to.resolve("a/b/l")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../../x", "../../../x", "d/../../x", "../a/../../x"})
  void aLinkThatMayLeadOutIsRefused(String leads) throws IOException {
    Files.createSymbolicLink(Files.createDirectory(from.resolve("a")).resolve("l"), Path.of(leads));
    assertTrue(refusal().startsWith("a/l: a link that leads out"), this::refusal);
  }

  @Test
  void specialFilesAreRefused() throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", from.resolve("f").toString()).start().waitFor());
    assertEquals("f: a socket, FIFO or device", refusal());
  }

  @Test
  void boundsHold() throws IOException {
    Files.write(from.resolve("large"), new byte[1001]);
    assertEquals("large: more than 0 MiB in all", refusal());
    Files.delete(from.resolve("large"));
    Files.delete(to.resolve("large"));
    Files.createDirectories(from.resolve("1/2/3/4"));
    assertEquals("1/2/3/4: more than 3 directories deep", refusal());
    TreeRemovalTest.removed(work, "from");
    TreeRemovalTest.removed(work, "to");
    directories();
    for (int i = 0; i < 21; i++) {
      Files.createFile(from.resolve("f" + i));
    }
    assertEquals(".: more than 20 files in all", refusal());
  }

  /**
   * Somebody swaps a directory for a link to one with a secret, and back, for as long as copies are
   * made. Whichever the copy meets, it has the directory's own file or refuses the link.
   */
  @Test
  void aDirectorySwappedForALinkMeanwhileIsNotFollowed() throws Exception {
    Path secret = Files.createDirectory(work.resolve("secret"));
    Files.writeString(secret.resolve("id"), "secret");
    Path real = Files.createDirectory(from.resolve("d"));
    Files.writeString(real.resolve("id"), "plain");
    Path aside = work.resolve("aside");
    Path link = Files.createSymbolicLink(work.resolve("link"), secret);
    AtomicBoolean ends = new AtomicBoolean();
    Thread swapper =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!ends.get()) {
                    try {
                      Files.move(real, aside);
                      Files.move(link, real, StandardCopyOption.ATOMIC_MOVE);
                      Files.move(real, link, StandardCopyOption.ATOMIC_MOVE);
                      Files.move(aside, real);
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  }
                });
    try {
      for (int i = 0; i < 2_000; i++) {
        Path target = Files.createDirectory(work.resolve("copy"));
        try (HeldFile source = HeldFile.at(from);
            HeldFile held = HeldFile.at(target)) {
          TreeCopy.copy(source, held, BOUNDS);
        } catch (FileSystemException met) {
          assertFalse(Files.exists(target.resolve("d/id")) && isSecret(target));
        }
        assertFalse(isSecret(target), "the secret was copied");
        TreeRemovalTest.removed(work, "copy");
      }
    } finally {
      ends.set(true);
      swapper.join();
    }
  }

  private static boolean isSecret(Path target) throws IOException {
    Path copied = target.resolve("d/id");
    return Files.isRegularFile(copied, LinkOption.NOFOLLOW_LINKS)
        && Files.readString(copied).equals("secret");
  }
}
