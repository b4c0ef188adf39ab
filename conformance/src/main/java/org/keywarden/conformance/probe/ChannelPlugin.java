package org.keywarden.conformance.probe;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A plugin that opens one channel and keeps it: writes what came of it to {@link #OPENED}, and, for
 * channels that hold a value, what it reads there to {@link #READ} once {@link #GO} exists.
 */
public final class ChannelPlugin {
  static final String OPENED = "opened";
  static final String READ = "read";

  /** Made by the kit. */
  static final String GO = "go";

  /** A program the kit may put into the state directory. */
  static final String PROGRAM = "program";

  private static final long KEY = 42;
  private static final long CREATE_OWN = 0_1600;
  private static final long BYTES = 4096;
  private static final long STEP = Duration.ofMillis(5).toNanos();

  /** What it opens. */
  enum Kind {
    NOTHING,
    ABSTRACT_SOCKET,
    PATH_SOCKET,
    FOREIGN_PROGRAM,
    /** Many files, none of which is too large. */
    FULL_STATE,
    /** Somebody outside may read there what it writes. */
    STATE_FIFO,
    /** Somebody outside may connect to it. */
    STATE_SOCKET,
    SEGMENT,
    QUEUE,
    /** A memory file with a name of its own choice, kept open. */
    MEMORY_FILE
  }

  private ChannelPlugin() {}

  /**
   * @param arguments the state directory, a {@link Kind}, a value from 1 to 127, perhaps a name
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path state = Path.of(arguments[0]);
    long value = Long.parseLong(arguments[2]);
    switch (Kind.valueOf(arguments[1])) {
      case NOTHING -> tell(state, OPENED, 0);
      case ABSTRACT_SOCKET -> {
        SystemCalls.listen("@kit");
        tell(state, OPENED, 0);
      }
      case PATH_SOCKET -> {
        SystemCalls.listen("/tmp/kit");
        tell(state, OPENED, 0);
      }
      case FOREIGN_PROGRAM -> {
        new ProcessBuilder(state.resolve(PROGRAM).toString(), "600").start();
        tell(state, OPENED, 0);
      }
      case FULL_STATE -> {
        for (int i = 0; i <= ChannelFolder.STATE_MIB; i++) {
          Files.write(state.resolve("part" + i), new byte[1 << 20]);
        }
        tell(state, OPENED, 0);
      }
      case STATE_FIFO -> {
        try (Arena arena = Arena.ofConfined()) {
          // mknod, S_IFIFO | 0600
          long made =
              SystemCalls.call(133, SystemCalls.text(arena, state + "/typed").address(), 0x1180, 0);
          tell(state, OPENED, made);
        }
      }
      case STATE_SOCKET -> {
        SystemCalls.listen(state + "/typed");
        tell(state, OPENED, 0);
      }
      case SEGMENT -> segment(state, value);
      case QUEUE -> queue(state, value);
      case MEMORY_FILE -> memoryFile(state, arguments[3]);
    }
    Thread.currentThread().join();
  }

  private static void segment(Path state, long value) throws IOException {
    long id = SystemCalls.call(29, KEY, BYTES, CREATE_OWN);
    long address = SystemCalls.call(30, id, 0, 0);
    if (address > 0) {
      MemorySegment.ofAddress(address)
          .reinterpret(BYTES)
          .set(ValueLayout.JAVA_BYTE, 0, (byte) value);
    }
    tell(state, OPENED, Math.min(id, address));
    awaitGo(state);
    long again = SystemCalls.call(30, SystemCalls.call(29, KEY, BYTES, 0), 0, 0);
    tell(
        state,
        READ,
        again < 0
            ? again
            : MemorySegment.ofAddress(again).reinterpret(BYTES).get(ValueLayout.JAVA_BYTE, 0));
  }

  private static void queue(Path state, long value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      // struct mq_attr: flags, most messages, their size, and what is not read.
      MemorySegment attributes = arena.allocate(64);
      attributes.set(ValueLayout.JAVA_LONG, 8, 4);
      attributes.set(ValueLayout.JAVA_LONG, 16, 8);
      MemorySegment name = SystemCalls.text(arena, "kit");
      // O_RDWR | O_CREAT | O_NONBLOCK
      long queue = SystemCalls.call(240, name.address(), 0_4102, 0_600, attributes.address());
      MemorySegment message = arena.allocate(8);
      message.set(ValueLayout.JAVA_BYTE, 0, (byte) value);
      long sent = SystemCalls.call(242, queue, message.address(), 1, 0, 0);
      tell(state, OPENED, Math.min(queue, sent));
      awaitGo(state);
      MemorySegment read = arena.allocate(8);
      long length = SystemCalls.call(243, queue, read.address(), 8, 0, 0);
      long first = length < 0 ? length : read.get(ValueLayout.JAVA_BYTE, 0);
      long more = SystemCalls.call(243, queue, read.address(), 8, 0, 0);
      tell(state, READ, more >= 0 ? Long.MAX_VALUE : first);
    }
  }

  private static void memoryFile(Path state, String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      tell(state, OPENED, SystemCalls.call(319, SystemCalls.text(arena, name).address(), 0));
    }
  }

  private static void awaitGo(Path state) {
    while (!Files.exists(state.resolve(GO))) {
      LockSupport.parkNanos(STEP);
    }
  }

  private static void tell(Path state, String file, long what) throws IOException {
    Path draft = Files.writeString(state.resolve(file + ".new"), Long.toString(what));
    Files.move(draft, state.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }
}
