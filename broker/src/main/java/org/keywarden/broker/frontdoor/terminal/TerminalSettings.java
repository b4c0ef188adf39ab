package org.keywarden.broker.frontdoor.terminal;

import org.jspecify.annotations.Nullable;

/**
 * Asks the kernel for a terminal's settings (termios(3)). The terminal is opened for the length of
 * the question only: held open, it would keep its emulator from noticing that the shell ended.
 *
 * <p>Opening waits for the terminal's lock, which other users of the terminal can hold for seconds:
 * never on the seat's thread.
 */
public final class TerminalSettings {
  private static final int ICANON = 2;
  private static final int ECHO = 8;

  /** Of the device numbers of slave sides (devpts); the minor one is the index. */
  private static final int MAJOR = 136;

  private TerminalSettings() {}

  /** An {@link Echo}; safe in any thread. */
  public static boolean hidden(Terminal terminal) {
    try (Native calls = new Native()) {
      return terminal.process() == 0
          ? hidden(calls, "/dev/pts/" + terminal.index())
          : hiddenElsewhere(calls, terminal);
    }
  }

  private static boolean hidden(Native calls, String name) {
    int descriptor = calls.open(name, Native.O_RDONLY | Native.O_NOCTTY | Native.O_NONBLOCK);
    if (descriptor < 0) {
      return !gone(calls.error());
    }
    try {
      long modes = calls.localModes(descriptor);
      return modes < 0 ? !gone(calls.error()) : (modes & ICANON) != 0 && (modes & ECHO) == 0;
    } finally {
      calls.close(descriptor);
    }
  }

  private static boolean gone(int error) {
    return error == Native.ENOENT
        || error == Native.EIO
        || error == Native.ENXIO
        || error == Native.ENOTTY;
  }

  /**
   * One of a container's. What lies on the way there is the container's own choice, a file system
   * that answers when it likes among others: so nothing is opened before it is known to be that
   * terminal.
   */
  private static boolean hiddenElsewhere(Native calls, Terminal terminal) {
    int root = calls.open("/proc/" + terminal.process() + "/root", Native.O_PATH);
    if (root < 0) {
      return true;
    }
    try {
      int named = calls.openCached(root, "dev/pts/" + terminal.index());
      if (named < 0) {
        return true;
      }
      try {
        return !isThat(calls.stat(named, ""), terminal) || hidden(calls, "/proc/self/fd/" + named);
      } finally {
        calls.close(named);
      }
    } finally {
      calls.close(root);
    }
  }

  private static boolean isThat(Native.@Nullable Stat file, Terminal terminal) {
    return file != null
        && file.isCharacterDevice()
        && file.device() == terminal.device()
        && file.type() == Native.device(MAJOR, terminal.index());
  }
}
