package org.keywarden.broker.plugin.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.process.Confinement;
import org.keywarden.testbed.Await;

/** The files written, in a group file system made by hand; and the kernel's own where allowed. */
final class ControlGroupsTest {
  private static final Path KERNEL = Path.of("/sys/fs/cgroup/unified");

  @TempDir Path root;
  private Path group = Path.of("");

  @BeforeEach
  void tree() throws IOException {
    group = Files.createDirectories(root.resolve("sys/fs/cgroup/user/broker.service"));
    Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(root.resolve("proc/self/cgroup"), "4:memory:/x\n0::/user/broker.service\n");
    Files.writeString(
        root.resolve("proc/self/mountinfo"),
        "41 31 0:38 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw\n");
    Files.writeString(group.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
    Files.createFile(group.resolve("cgroup.procs"));
    Files.createFile(group.resolve("cgroup.subtree_control"));
  }

  private static void delegate(Path directory) throws IOException {
    Files.getFileAttributeView(directory, UserDefinedFileAttributeView.class)
        .write("delegate", ByteBuffer.wrap(new byte[] {'1'}));
  }

  @Test
  void aGroupThatIsOnlyWritableIsNotOurs() throws IOException {
    assertEquals(Optional.empty(), ControlGroups.delegated(root));
    delegate(group);
    assertEquals(Optional.of(group), ControlGroups.delegated(root));
    Files.writeString(root.resolve("proc/self/cgroup"), "4:memory:/x\n");
    assertEquals(Optional.empty(), ControlGroups.delegated(root));
  }

  @Test
  void thePluginsLimitsAreWritten() throws IOException {
    Files.createDirectory(group.resolve("keywarden-plugin-7"));
    ControlGroups groups = ControlGroups.take(group);
    assertFalse(Files.exists(group.resolve("keywarden-plugin-7")), "what an earlier broker left");
    assertEquals(Set.of("memory", "pids", "cpu"), groups.controllers());
    assertEquals(
        Long.toString(ProcessHandle.current().pid()),
        Files.readString(group.resolve("keywarden-broker/cgroup.procs")).strip());
    ControlGroups.Group made = groups.enter(9, new Confinement.Limits(1 << 20, 8, 32, 1 << 20));
    Path own = group.resolve("keywarden-plugin-9");
    assertEquals("1048576", Files.readString(own.resolve("memory.max")).strip());
    assertEquals("12", Files.readString(own.resolve("pids.max")).strip());
    assertEquals("9", Files.readString(own.resolve("cgroup.procs")).strip());
    Files.writeString(own.resolve("cgroup.events"), "populated 1\nfrozen 0\n");
    assertFalse(made.freeze(), "the kernel does not say so");
    Files.writeString(own.resolve("cgroup.events"), "populated 1\nfrozen 1\n");
    assertTrue(made.freeze());
    made.thaw();
    assertEquals("0", Files.readString(own.resolve("cgroup.freeze")).strip());
  }

  /** Only root, and only where the kernel's root group is shown there, can make a group to test. */
  @Test
  void theKernelStopsAndContinuesAGroup() throws Exception {
    if (!Files.isWritable(KERNEL.resolve("cgroup.procs"))) {
      assertFalse(
          ControlGroups.delegated(Path.of("/")).filter(path -> path.equals(KERNEL)).isPresent());
      return;
    }
    Path made = Files.createDirectory(KERNEL.resolve("keywarden-test-" + System.nanoTime()));
    Process child = new ProcessBuilder("/bin/sh", "-c", "while :; do :; done").start();
    ControlGroups.Group own = new ControlGroups.Group(made);
    try {
      Files.writeString(made.resolve("cgroup.procs"), child.pid() + "\n");
      assertTrue(own.freeze());
      long ticks = ticks(child);
      for (int i = 0; i < 50; i++) {
        assertEquals(ticks, ticks(child), "it ran while frozen");
        Thread.onSpinWait();
      }
      own.thaw();
      Await.until("the thawed process to run", () -> ticks(child) != ticks);
    } finally {
      child.destroyForcibly().waitFor();
      own.remove();
    }
    assertFalse(Files.exists(made));
  }

  private static long ticks(Process process) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[11]);
  }
}
