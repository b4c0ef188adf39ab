package org.keywarden.conformance.stranger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.keywarden.client.bus.BusLine;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.conformance.probe.Terminal;

/** Floods of those who look for terminals. */
final class TerminalFloods {
  /** Longer than what was found of terminals stays fresh. */
  private static final long FOUND = 1_500_000_000L;

  private static final int AT_ONCE = 100;

  private TerminalFloods() {}

  static Terminal openTerminal(boolean echo) {
    Terminal terminal = Terminal.open();
    terminal.echo(echo);
    return terminal;
  }

  /** Connections of a process with many descriptors of one terminal. */
  static List<BusLine> descriptors(Path door, int connections, int descriptors) {
    Terminal terminal = Terminal.open();
    for (int i = 0; i < descriptors; i++) {
      terminal.copy();
    }
    return DoorFloods.greeted(door, connections);
  }

  /** A process with many terminals takes the focus and types. */
  static List<Terminal> terminals(Path door, int terminals, int keys) throws IOException {
    List<Terminal> all = new ArrayList<>();
    for (int i = 0; i < terminals; i++) {
      all.add(Terminal.open());
    }
    BusLine line = BusLine.greeted(door);
    String context = IbusCalls.context(line, "gtk3-im:bad");
    line.call(IbusCalls.on(context, "FocusIn"));
    LockSupport.parkNanos(FOUND);
    for (int sent = 0; sent < keys && !Time.over(); sent += AT_ONCE) {
      ByteArrayOutputStream batch = new ByteArrayOutputStream();
      for (int i = 0; i < AT_ONCE; i++) {
        batch.writeBytes(line.written(IbusCalls.key(context, 'a')));
      }
      line.bytes(batch.toByteArray());
    }
    line.call(IbusCalls.on(context, "FocusOut"));
    return all;
  }
}
