package org.keywarden.broker.plugin.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.plugin.sandbox.LinkedPath.Link;

final class LinkedPathTest {
  @TempDir private Path temporary;
  private Path work = Path.of("");
  private Path program = Path.of("");

  @BeforeEach
  void directories() throws IOException {
    work = temporary.toRealPath();
    program =
        Files.createFile(Files.createDirectories(work.resolve("real/bin")).resolve("program"));
  }

  private Link link(String place, String target) throws IOException {
    Path at = work.resolve(place);
    Files.createDirectories(at.getParent());
    Files.createSymbolicLink(at, Path.of(target));
    return new Link(at, Path.of(target));
  }

  @Test
  void whatIsBehindNoLinkIsWhereItIs() throws IOException {
    assertEquals(new LinkedPath(program, List.of()), LinkedPath.of(program));
  }

  /** As /usr/bin/awk is, where /bin is a link too. */
  @Test
  void linksAreGivenInOrderEachWhereItReallyLies() throws IOException {
    Link directory = link("bin", "real/bin");
    Link first = link("real/bin/name", "../../alternatives/name");
    Link second = link("alternatives/name", work.resolve("bin/program").toString());
    assertEquals(
        new LinkedPath(program, List.of(directory, first, second)),
        LinkedPath.of(work.resolve("bin/name")));
  }

  @Test
  void whatLeadsNowhereIsRefused() throws IOException {
    link("round", "and-round");
    link("and-round", "round");
    link("lost", "nothing");
    assertThrows(FileSystemLoopException.class, () -> LinkedPath.of(work.resolve("round")));
    assertThrows(NoSuchFileException.class, () -> LinkedPath.of(work.resolve("lost")));
  }
}
