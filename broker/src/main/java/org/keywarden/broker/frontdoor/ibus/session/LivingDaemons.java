package org.keywarden.broker.frontdoor.ibus.session;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Daemons by what the system says of them. A file outlives a daemon that was killed, and the number
 * of its process may be another program's by now: so somebody must also listen where the file says,
 * or, where that cannot be tried, the process must be a daemon's by its name.
 *
 * <p>Thread: any; nothing here waits.
 */
public final class LivingDaemons implements AddressFiles.Daemons {
  private static final Pattern AT_PATH = Pattern.compile("unix:(?:[^;]*,)?path=([^,;]+)");
  private static final Set<String> NAMES = Set.of("ibus-daemon", "fcitx5", "fcitx");

  private final Path proc;

  /**
   * @param proc {@code /proc}
   */
  public LivingDaemons(Path proc) {
    this.proc = proc;
  }

  @Override
  public boolean serves(long pid, String address) {
    if (!Files.isDirectory(proc.resolve(Long.toString(pid)))) {
      return false;
    }
    Matcher path = AT_PATH.matcher(address);
    return path.find() ? listens(path.group(1)) : isDaemon(pid);
  }

  private static boolean listens(String path) {
    try (SocketChannel tried = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return tried.isConnected();
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
