package org.keywarden.conformance.probe;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The master side of a new pseudo-terminal (pty(7), ioctl_tty(2)), open until the process ends. */
public final class Terminal {
  private static final long OPEN = 2;
  private static final long IOCTL = 16;
  private static final long DUP = 32;
  private static final long READ_WRITE_NOT_OURS = 0x102;
  private static final long UNLOCK = 0x40045431;
  private static final long GET = 0x5401;
  private static final long SET = 0x5402;
  private static final int LOCAL_MODES = 12;
  private static final int ECHO = 8;
  private static final int LINES = 2;
  private static final int SETTINGS_BYTES = 64;

  private final long master;

  private Terminal(long master) {
    this.master = master;
  }

  /** Opens one; its other side can be opened. */
  public static Terminal open() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = SystemCalls.text(arena, "/dev/ptmx");
      long master = SystemCalls.call(OPEN, path.address(), READ_WRITE_NOT_OURS);
      MemorySegment zero = arena.allocate(ValueLayout.JAVA_INT);
      require("terminal", master);
      require("unlocked terminal", SystemCalls.call(IOCTL, master, UNLOCK, zero.address()));
      return new Terminal(master);
    }
  }

  /** Has it read lines and show them, or not show them as for a password. */
  public void echo(boolean on) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment settings = arena.allocate(SETTINGS_BYTES, Integer.BYTES);
      require("settings", SystemCalls.call(IOCTL, master, GET, settings.address()));
      int modes = settings.get(ValueLayout.JAVA_INT, LOCAL_MODES) | LINES;
      settings.set(ValueLayout.JAVA_INT, LOCAL_MODES, on ? modes | ECHO : modes & ~ECHO);
      require("new settings", SystemCalls.call(IOCTL, master, SET, settings.address()));
    }
  }

  /** Opens one more descriptor of it. */
  public void copy() {
    require("descriptor", SystemCalls.call(DUP, master));
  }

  /** Gives it up. */
  public void close() {
    SystemCalls.close(master);
  }

  private static void require(String what, long result) {
    if (result < 0) {
      throw new IllegalStateException("no " + what + ": error " + -result);
    }
  }
}
