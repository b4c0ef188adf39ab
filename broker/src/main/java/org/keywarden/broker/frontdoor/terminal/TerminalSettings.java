package org.keywarden.broker.frontdoor.terminal;

import org.jspecify.annotations.Nullable;

/**
 * Asks the kernel for a terminal's settings (termios(3)). The terminal is opened for the length of
 * the question only: held open, it would keep its emulator from noticing that the shell ended.
 *
 * <p>Opening waits for the terminal's lock, which other users of the terminal can hold for seconds:
 * never on the seat's thread.
 */
final class TerminalSettings {
  /** Of the device numbers of slave sides (devpts); the minor one is the index. */
  private static final int MAJOR = 136;

  private TerminalSettings() {}

  /** How it takes what is typed now. */
  static Typing typing(Native calls, Terminal terminal) {
    return terminal.process() == 0
        ? typing(calls, "/dev/pts/" + terminal.index())
        : typingElsewhere(calls, terminal);
  }

  private static Typing typing(Native calls, String name) {
    int descriptor = calls.open(name, Native.O_RDONLY | Native.O_NOCTTY | Native.O_NONBLOCK);
    if (descriptor < 0) {
      return withoutSettings(calls);
    }
    try {
      Native.Modes modes = calls.modes(descriptor);
      return modes == null ? withoutSettings(calls) : Typing.by(modes);
    } finally {
      calls.close(descriptor);
    }
  }

  private static Typing withoutSettings(Native calls) {
    int error = calls.error();
    boolean gone =
        error == Native.ENOENT
            || error == Native.EIO
            || error == Native.ENXIO
            || error == Native.ENOTTY;
    return gone ? Typing.SHOWN : Typing.HIDDEN;
  }

  /**
   * One of a container's. What lies on the way there is the container's own choice, a file system
   * that answers when it likes among others: so nothing is opened before it is known to be that
   * terminal.
   */
  private static Typing typingElsewhere(Native calls, Terminal terminal) {
    int root = calls.open("/proc/" + terminal.process() + "/root", Native.O_PATH);
    if (root < 0) {
      return Typing.HIDDEN;
    }
    try {
      int named = calls.openCached(root, "dev/pts/" + terminal.index());
      if (named < 0) {
        return Typing.HIDDEN;
      }
      try {
        return isThat(calls.stat(named, ""), terminal)
            ? typing(calls, "/proc/self/fd/" + named)
            : Typing.HIDDEN;
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
