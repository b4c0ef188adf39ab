package org.keywarden.broker.frontdoor.ibus.session;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Daemons by what the system says of them. A file outlives a daemon that was killed, and the number
 * of its process may be another program's by now: so somebody must also listen where the file says,
 * or, where that cannot be tried or tells nothing, the process must be a daemon's by its name.
 * fcitx5 gives the session's own bus as its address, where somebody always listens.
 *
 * <p>Thread: any; nothing here waits.
 */
public final class LivingDaemons implements AddressFiles.Daemons {
  private static final Pattern AT_PATH = Pattern.compile("unix:(?:[^;]*,)?path=([^,;]+)");
  private static final Set<String> NAMES = Set.of("ibus-daemon", "fcitx5", "fcitx");

  private final Path proc;
  private final String sessionBus;

  /**
   * @param proc {@code /proc}
   * @param sessionBus value of {@code DBUS_SESSION_BUS_ADDRESS}, empty if unset
   */
  public LivingDaemons(Path proc, String sessionBus) {
    this.proc = proc;
    Matcher path = AT_PATH.matcher(sessionBus);
    this.sessionBus = path.find() ? path.group(1) : "";
  }

  @Override
  public boolean serves(long pid, String address) {
    if (!lives(pid)) {
      return false;
    }
    Matcher path = AT_PATH.matcher(address);
    return path.find() && !path.group(1).equals(sessionBus)
        ? listens(path.group(1))
        : isDaemon(pid);
  }

  /** Whether it is there, and not only its number, which its parent has not taken yet. */
  private boolean lives(long pid) {
    Path process = proc.resolve(Long.toString(pid));
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      return !stat.startsWith(") Z", stat.lastIndexOf(')'));
    } catch (IOException unknown) {
      return Files.isDirectory(process);
    }
  }

  private static boolean listens(String path) {
    try (SocketChannel tried = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      // Where more wait than it accepts, somebody listens; this does not wait behind them.
      tried.configureBlocking(false);
      boolean ignored = tried.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (IOException | IllegalArgumentException nobody) {
      return false;
    }
  }

  private boolean isDaemon(long pid) {
    try {
      return NAMES.contains(
          Files.readString(proc.resolve(Long.toString(pid)).resolve("comm")).strip());
    } catch (IOException gone) {
      return false;
    }
  }
}
