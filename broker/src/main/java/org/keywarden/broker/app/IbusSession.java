package org.keywarden.broker.app;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.ibus.session.AddressFiles;
import org.keywarden.broker.frontdoor.ibus.session.AddressKeeper;
import org.keywarden.broker.frontdoor.ibus.session.IbusDoor;
import org.keywarden.broker.frontdoor.ibus.session.LivingDaemons;
import org.keywarden.broker.frontdoor.ibus.session.SessionBus;
import org.keywarden.broker.plugin.sandbox.Companion;

/**
 * Makes the broker the session's input method: address files first, then IBus's names on the
 * session bus, as clients read the one when they see the other. What fails is said, and the broker
 * goes on.
 */
final class IbusSession {
  /** Whose owner says where the accessibility bus is. */
  private static final String ACCESSIBILITY_BUS = "org.a11y.Bus";

  /** Whose owner may be GNOME Shell. */
  private static final String SHELL = "org.gnome.Shell";

  private final Map<String, String> environment;
  private final int uid;
  private final IbusDoor door;
  private final Consumer<Boolean> accessibility;
  private final LongConsumer shell;
  private final Consumer<String> report;
  private @Nullable AddressFiles files;
  private @Nullable SessionBus bus;
  private @Nullable Process keeper;
  private String address = "";

  /**
   * @param accessibility told whether the session has an accessibility bus, whenever that changes
   * @param shell told which process is GNOME Shell, whenever that changes; 0 for none
   * @param report takes a sentence for the user
   */
  IbusSession(
      Map<String, String> environment,
      int uid,
      IbusDoor door,
      Consumer<Boolean> accessibility,
      LongConsumer shell,
      Consumer<String> report) {
    this.environment = Map.copyOf(environment);
    this.uid = uid;
    this.door = door;
    this.accessibility = accessibility;
    this.shell = shell;
    this.report = report;
  }

  /** Once the door is open. */
  void begin(EventLoopGroup loop) {
    String doorAddress = door.address();
    try {
      AddressFiles written =
          AddressFiles.of(environment, machineId(), new LivingDaemons(Path.of("/proc")));
      written.write(doorAddress, ProcessHandle.current().pid());
      files = written;
      address = doorAddress;
      keep(written);
    } catch (IOException e) {
      report.accept(String.valueOf(e.getMessage()));
      return;
    }
    SessionBus own = new SessionBus(uid, door, report);
    bus = own;
    own.follow(ACCESSIBILITY_BUS, accessibility);
    own.followProcess(SHELL, shell);
    own.own(environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", ""), loop);
  }

  private void keep(AddressFiles written) {
    try {
      keeper = Companion.start(AddressKeeper.command(written.paths(), address));
    } catch (IOException e) {
      report.accept(
          "cannot start /bin/sh ("
              + e.getMessage()
              + "); should this broker be killed, Qt applications take no keys until it runs again");
    }
  }

  private static String machineId() throws IOException {
    for (Path file : List.of(Path.of("/var/lib/dbus/machine-id"), Path.of("/etc/machine-id"))) {
      if (Files.isReadable(file)) {
        return Files.readString(file);
      }
    }
    return "";
  }

  /**
   * Tells applications that nobody serves them any more; those that are connected may need some
   * time to see it.
   *
   * @return whether any was told
   */
  boolean end() {
    if (bus != null) {
      bus.close();
    }
    if (files == null) {
      return false;
    }
    try {
      files.withdraw(address);
      if (keeper != null) {
        keeper.getOutputStream().close();
      }
    } catch (IOException e) {
      report.accept("cannot take the address back from applications: " + e);
    }
    return true;
  }
}
