package org.keywarden.broker.frontdoor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.budget.Holder;
import org.keywarden.broker.budget.Holder.Kin;

/** Whom a process descends from, by files as the kernel writes them. */
final class LineageTest {
  @TempDir private Path proc;
  private Lineage lineage;

  @BeforeEach
  void begin() {
    lineage = new Lineage(proc);
  }

  private void process(long pid, String name, long parent, long session, long start)
      throws IOException {
    Files.writeString(
        Files.createDirectories(proc.resolve("" + pid)).resolve("stat"),
        "%d (%s) S %d %d %d 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 %d 9 9 9\n"
            .formatted(pid, name, parent, session, session, start));
  }

  @Test
  void theBranchGoesFromTheEldestToTheProcess() throws IOException {
    process(1, "init", 0, 1, 5);
    process(10, "shell", 1, 10, 50);
    process(20, "app", 10, 10, 60);
    assertEquals(
        List.of(new Kin(1, 5), new Kin(10, 50), new Kin(-10, 10), new Kin(20, 60)),
        lineage.of(20).branch());
  }

  @Test
  void aNameMeansNothing() throws IOException {
    process(20, "x) S 99 99 99 (y", 0, 20, 60);
    assertEquals(List.of(new Kin(-20, 0), new Kin(20, 60)), lineage.of(20).branch());
  }

  @Test
  void whoIsMetAgainIsTheSameAlthoughItsParentHasEnded() throws IOException {
    process(10, "shell", 0, 10, 50);
    process(20, "app", 10, 10, 60);
    Holder before = lineage.of(20);
    process(20, "app", 1, 10, 60);
    assertEquals(before, lineage.of(20));
    process(20, "another", 1, 10, 61);
    assertTrue(!before.equals(lineage.of(20)), "the pid was used again");
  }

  @Test
  void whatIsGoneIsOne() {
    assertEquals(Holder.GONE, lineage.of(4));
    assertEquals(lineage.of(5), lineage.of(4));
  }

  @Test
  void orphansStayTogetherByTheirSession() throws IOException {
    process(1, "init", 0, 1, 5);
    process(21, "app", 1, 10, 60);
    process(22, "app", 1, 10, 61);
    assertEquals(lineage.of(21).branch().subList(0, 2), lineage.of(22).branch().subList(0, 2));
  }

  @Test
  void aBranchHasAnEnd() throws IOException {
    for (int pid = 1; pid < 1_000; pid++) {
      process(pid, "deep", pid - 1, pid, pid);
    }
    process(5_000, "loop", 5_000, 1, 1);
    assertEquals(34, lineage.of(999).branch().size());
    assertTrue(lineage.of(5_000).branch().size() <= 34);
  }

  @Test
  void thisProcessIsFound() {
    Holder own = new Lineage(Path.of("/proc")).of(ProcessHandle.current().pid());
    assertEquals(ProcessHandle.current().pid(), own.branch().getLast().pid());
    assertTrue(own.branch().getLast().startTime() > 0);
  }
}
