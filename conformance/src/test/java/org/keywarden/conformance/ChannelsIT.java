package org.keywarden.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.conformance.probe.ChannelFolder;
import org.keywarden.proto.admin.v1.PluginState;

/** Channels of plugins in a real broker: undeclared ones end them, declared ones are their own. */
final class ChannelsIT {
  private final Path dist = Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();
  @TempDir private Path work;

  private void plugin(String id, String kind, int value, String declared) throws IOException {
    ChannelFolder.make(dist, work.resolve("plugins").resolve(id), id, kind, value, declared);
  }

  private Path state(String id) {
    return work.resolve("state/plugins").resolve(id);
  }

  /**
   * Whether the grant log names a plugin otherwise than as one that was found; it does so here only
   * when one is put down.
   */
  private boolean isRecorded(String id) {
    try {
      return new RecordedState(work.resolve("state"))
          .records().stream()
              .filter(record -> !record.hasPluginFound())
              .anyMatch(record -> record.toString().contains(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anUndeclaredChannelEndsThePluginForGoodAndIsRecorded() throws Exception {
    Map<String, String> kinds =
        Map.of(
            "kit.abstract", "ABSTRACT_SOCKET",
            "kit.path", "PATH_SOCKET",
            "kit.program", "FOREIGN_PROGRAM",
            "kit.filler", "FULL_STATE",
            "kit.fifo", "STATE_FIFO",
            "kit.socket", "STATE_SOCKET");
    for (Map.Entry<String, String> each : kinds.entrySet()) {
      plugin(each.getKey(), each.getValue(), 1, "");
    }
    plugin("kit.nothing", "NOTHING", 1, "");
    Files.createDirectories(state("kit.program"));
    Files.copy(
        Path.of("/usr/bin/sleep"),
        ChannelFolder.program(state("kit.program")),
        StandardCopyOption.COPY_ATTRIBUTES);
    try (Broker broker = Broker.start(dist, work)) {
      for (String id : kinds.keySet()) {
        Await.until(
            "quarantine of " + id,
            Await.PATIENCE,
            () -> broker.plugin(id).getState() == PluginState.PLUGIN_STATE_QUARANTINED,
            () -> broker.plugin(id).getState() + ", opened: " + ChannelFolder.opened(state(id)));
        Await.until(
            "end of " + id,
            Await.PATIENCE,
            () -> broker.processes("plugins/" + id).isEmpty(),
            () -> "still there");
        Await.until("record of " + id, Await.PATIENCE, () -> isRecorded(id), () -> "none");
      }
      assertEquals(
          "keeps more than " + ChannelFolder.STATE_MIB + " MiB in its state directory",
          broker.plugin("kit.filler").getProblem());
      assertProblem(broker, "kit.abstract", "has a named socket (process ");
      assertProblem(broker, "kit.path", "has a named socket (process ");
      assertProblem(broker, "kit.program", "runs an unexpected program (process ");
      assertProblem(
          broker, "kit.fifo", "has a socket, FIFO or device in its state directory (inode ");
      // Whichever look comes first: at its descriptors, or at its files.
      assertProblem(broker, "kit.socket", "has a ");
      assertTrue(ChannelFolder.opened(state("kit.nothing")));
      assertFalse(broker.processes("plugins/kit.nothing").isEmpty());
      assertFalse(isRecorded("kit.nothing"));
    }
  }

  private static void assertProblem(Broker broker, String id, String start) {
    String problem = broker.plugin(id).getProblem();
    assertTrue(problem.startsWith(start), problem);
    // What it chose itself is in no name of it.
    assertFalse(problem.contains("kit"), problem);
  }

  /** What somebody puts among the files a plugin is shown, long after it began. */
  @Test
  void whatAppearsInAPluginsDirectoryEndsItAndIsRecorded() throws Exception {
    plugin("kit.shown", "NOTHING", 1, "");
    plugin("kit.nothing", "NOTHING", 1, "");
    try (Broker broker = Broker.start(dist, work)) {
      for (String id : List.of("kit.shown", "kit.nothing")) {
        Await.until(
            "start of " + id,
            Await.PATIENCE,
            () -> ChannelFolder.opened(state(id)),
            () -> broker.plugin(id).getState().toString());
      }
      Path fifo = Files.createDirectory(work.resolve("plugins/kit.shown/later")).resolve("typed");
      assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
      Await.until(
          "quarantine",
          Await.PATIENCE,
          () -> broker.plugin("kit.shown").getState() == PluginState.PLUGIN_STATE_QUARANTINED,
          () -> broker.plugin("kit.shown").getState().toString());
      Await.until("record", Await.PATIENCE, () -> isRecorded("kit.shown"), () -> "none");
      assertFalse(broker.processes("plugins/kit.nothing").isEmpty());
    }
  }

  @Test
  void declaredChannelsAreOfOnePluginAlone() throws Exception {
    List<String> ids = List.of("kit.segment1", "kit.segment2", "kit.queue1", "kit.queue2");
    for (String id : ids) {
      boolean segment = id.startsWith("kit.segment");
      plugin(
          id,
          segment ? "SEGMENT" : "QUEUE",
          id.endsWith("1") ? 11 : 22,
          segment ? "sysv_ipc" : "posix_queues");
    }
    try (Broker broker = Broker.start(dist, work)) {
      for (String id : ids) {
        Await.until(
            "channel of " + id,
            Await.PATIENCE,
            () -> ChannelFolder.opened(state(id)),
            () -> broker.plugin(id).getState() + " " + broker.plugin(id).getProblem());
        assertTrue(ChannelFolder.outcome(state(id)) >= 0, id + ChannelFolder.outcome(state(id)));
      }
      for (String id : ids) {
        ChannelFolder.go(state(id));
      }
      for (String id : ids) {
        Await.until(
            "value of " + id,
            Await.PATIENCE,
            () -> ChannelFolder.hasRead(state(id)),
            () -> broker.plugin(id).getState() + " " + broker.plugin(id).getProblem());
        assertEquals(id.endsWith("1") ? 11 : 22, ChannelFolder.read(state(id)), id);
      }
    }
  }

  @Test
  void undeclaredSharedMemoryAndQueuesAreRefused() throws Exception {
    plugin("kit.segment", "SEGMENT", 11, "");
    plugin("kit.queue", "QUEUE", 11, "");
    try (Broker broker = Broker.start(dist, work)) {
      for (String id : List.of("kit.segment", "kit.queue")) {
        Await.until(
            "attempt of " + id,
            Await.PATIENCE,
            () -> ChannelFolder.opened(state(id)),
            () -> broker.plugin(id).getState().toString());
        assertTrue(ChannelFolder.outcome(state(id)) < 0, id);
      }
    }
  }
}
