package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the daemon that an address file names is there. */
final class LivingDaemonsTest {
  private static final String ABSTRACT = "unix:abstract=/tmp/dbus-x,guid=0";

  @TempDir private Path directory;

  private LivingDaemons daemons(String name) throws IOException {
    Path process = Files.createDirectories(directory.resolve("proc/7"));
    Files.writeString(process.resolve("comm"), name + "\n");
    return new LivingDaemons(directory.resolve("proc"), "unix:path=/bus,guid=1");
  }

  @Test
  void oneThatIsGoneServesNobody() throws IOException {
    assertFalse(daemons("ibus-daemon").serves(8, ABSTRACT));
  }

  @Test
  void aProcessThatOnlyHasTheNumberIsNoDaemon() throws IOException {
    Path socket = directory.resolve("s");
    LivingDaemons daemons = daemons("bash");
    String address = "unix:path=" + socket + ",guid=0";
    assertFalse(daemons.serves(7, address), "no file");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertTrue(daemons.serves(7, address));
      assertTrue(daemons.serves(7, "unix:guid=0,path=" + socket), "in any order");
    }
    assertFalse(daemons.serves(7, address), "a file that nobody listens at");
    assertFalse(daemons.serves(7, ABSTRACT));
    assertFalse(daemons.serves(7, ""));
  }

  @Test
  void whereNobodyCanTryTheNameTells() throws IOException {
    assertTrue(daemons("ibus-daemon").serves(7, ABSTRACT));
    assertTrue(daemons("fcitx5").serves(7, ""));
  }

  @Test
  void whoGivesTheSessionBusIsADaemonByItsNameOnly() throws IOException {
    assertTrue(daemons("fcitx5").serves(7, "unix:path=/bus,fcitx_random_string=0"));
    assertFalse(daemons("bash").serves(7, "unix:path=/bus,fcitx_random_string=0"));
  }

  @Test
  void oneThatEndedAndIsStillCountedIsGone() throws IOException {
    LivingDaemons daemons = daemons("fcitx5");
    Path stat = directory.resolve("proc/7/stat");
    Files.writeString(stat, "7 (a) S) S 1 7");
    assertTrue(daemons.serves(7, ""));
    Files.writeString(stat, "7 (a) S) Z 1 7");
    assertFalse(daemons.serves(7, ""));
  }
}
