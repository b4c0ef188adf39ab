package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process that has one channel, for {@link LiveWatchTest}. */
final class WatchedChild {
  static final String READY = "ready";
  static final String PROGRAM = "program";

  private static final long BYTES = 4096;

  /** A mapping that is forgotten may be taken away. */
  private static ByteBuffer kept = ByteBuffer.allocate(0);

  /** What it has. */
  enum Kind {
    NOTHING,
    MEMORY_FILE,
    MAPPED_MEMORY_FILE,
    EVENT_COUNTER,
    PIPE,
    SEGMENT,
    MAPPED_FILE,
    /** In a directory of its own, under no name any more. */
    UNLINKED_FIFO,
    FOREIGN_PROGRAM
  }

  private WatchedChild() {}

  /**
   * @param arguments a {@link Kind}, a directory of its own, a directory of somebody else's
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path own = Path.of(arguments[1]);
    long descriptor = -1;
    switch (Kind.valueOf(arguments[0])) {
      case NOTHING -> descriptor = 0;
      case MEMORY_FILE -> descriptor = memoryFile();
      case MAPPED_MEMORY_FILE -> {
        descriptor = memoryFile();
        long ignored = SystemCalls.call(77, descriptor, BYTES);
        // PROT_READ | PROT_WRITE, MAP_SHARED
        descriptor = SystemCalls.call(9, 0, BYTES, 3, 1, descriptor, 0);
      }
      case EVENT_COUNTER -> descriptor = SystemCalls.call(290, 0, 0);
      case PIPE -> descriptor = pipe();
      case SEGMENT ->
          descriptor = SystemCalls.call(30, SystemCalls.call(29, 0, BYTES, 0_1600), 0, 0);
      case MAPPED_FILE -> {
        try (RandomAccessFile file =
            new RandomAccessFile(Path.of(arguments[2]).resolve("shared").toFile(), "rw")) {
          kept = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
          descriptor = kept.capacity();
        }
      }
      case UNLINKED_FIFO -> descriptor = unlinkedFifo(own.resolve("fifo"));
      case FOREIGN_PROGRAM -> {
        descriptor = new ProcessBuilder(own.resolve(PROGRAM).toString(), "120").start().pid();
      }
    }
    Path draft = Files.writeString(own.resolve("draft"), Long.toString(descriptor));
    Files.move(draft, own.resolve(READY));
    TimeUnit.MINUTES.sleep(2);
  }

  private static long memoryFile() {
    try (Arena arena = Arena.ofConfined()) {
      return SystemCalls.call(319, arena.allocateFrom("shared").address(), 0);
    }
  }

  private static long unlinkedFifo(Path fifo) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(fifo.toString()).address();
      // mknod, S_IFIFO | 0600; open, O_RDWR
      long made = SystemCalls.call(133, name, 0x1180, 0);
      long opened = made < 0 ? made : SystemCalls.call(2, name, 2, 0);
      Files.delete(fifo);
      return opened;
    }
  }

  private static long pipe() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(8, 4);
      long made = SystemCalls.call(22, ends.address());
      return made < 0 ? made : ends.get(java.lang.foreign.ValueLayout.JAVA_INT, 0);
    }
  }
}
