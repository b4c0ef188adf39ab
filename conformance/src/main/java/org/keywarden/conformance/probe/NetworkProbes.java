package org.keywarden.conformance.probe;

import java.util.List;
import org.keywarden.conformance.probe.Probe.Seen;

/** Ways to somebody on a network, on this machine or another. */
final class NetworkProbes {
  private static final String NO_NETWORK = "no address family but unix";
  private static final String NOT_THERE = "not in the plugin's file tree";

  private NetworkProbes() {}

  static List<Probe> all() {
    return List.of(
        Probe.of("ipv4", NO_NETWORK, around -> socket(2, 1, 0)),
        Probe.of("ipv6", NO_NETWORK, around -> socket(10, 1, 0)),
        Probe.of("dns", NO_NETWORK, around -> socket(2, 2, 17)),
        Probe.of("netlink", NO_NETWORK, around -> socket(16, 3, 0)),
        Probe.of("vsock", NO_NETWORK, around -> socket(40, 1, 0)),
        Probe.asRoot("packet", NO_NETWORK, around -> socket(17, 3, 0)),
        Probe.asRoot("raw ip", NO_NETWORK, around -> socket(2, 3, 1)),
        Probe.of(
            "abstract socket",
            "own network namespace",
            around -> Seen.of(SystemCalls.connect("@" + around.abstractName()))),
        Probe.of(
            "socket at a path",
            NOT_THERE,
            around -> Seen.of(SystemCalls.connect(around.outside().resolve("socket").toString()))),
        Probe.of(
            "session bus",
            NOT_THERE,
            around -> endpoint("DBUS_SESSION_BUS_ADDRESS", "/run/user/1000/bus")),
        Probe.of(
            "system bus",
            NOT_THERE,
            around -> endpoint("DBUS_SYSTEM_BUS_ADDRESS", "/run/dbus/system_bus_socket")),
        Probe.of(
            "at-spi bus",
            NOT_THERE,
            around -> endpoint("AT_SPI_BUS_ADDRESS", "/run/user/1000/at-spi/bus_0")),
        Probe.of(
            "wayland",
            NOT_THERE,
            around -> endpoint("WAYLAND_DISPLAY", "/run/user/1000/wayland-0")),
        Probe.of("x11", NOT_THERE, around -> endpoint("DISPLAY", "/tmp/.X11-unix/X0")));
  }

  private static Seen socket(int family, int type, int protocol) {
    return Seen.opened(SystemCalls.call(41, family, type, protocol));
  }

  /** Connects to what an environment variable names, or to where it usually is. */
  private static Seen endpoint(String variable, String usually) {
    String value = System.getenv(variable);
    return Seen.of(SystemCalls.connect(value == null ? usually : value.replace("unix:path=", "")));
  }
}
