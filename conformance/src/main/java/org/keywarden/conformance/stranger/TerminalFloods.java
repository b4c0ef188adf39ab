package org.keywarden.conformance.stranger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.keywarden.conformance.door.DoorLine;
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
  static List<DoorLine> descriptors(Path door, int connections, int descriptors) {
    Terminal terminal = Terminal.open();
    for (int i = 0; i < descriptors; i++) {
      terminal.copy();
    }
    return DoorLine.many(door, connections);
  }

  /** A process with many terminals takes the focus and types. */
  static List<Terminal> terminals(Path door, int terminals, int keys) throws IOException {
    List<Terminal> all = new ArrayList<>();
    for (int i = 0; i < terminals; i++) {
      all.add(Terminal.open());
    }
    DoorLine line = DoorLine.greeted(door);
    String context = line.context("gtk3-im:bad");
    line.call(DoorLine.on(context, "FocusIn"));
    LockSupport.parkNanos(FOUND);
    for (int sent = 0; sent < keys && !Time.over(); sent += AT_ONCE) {
      ByteArrayOutputStream batch = new ByteArrayOutputStream();
      for (int i = 0; i < AT_ONCE; i++) {
        batch.writeBytes(line.written(DoorLine.key(context, 'a')));
      }
      line.bytes(batch.toByteArray());
    }
    line.call(DoorLine.on(context, "FocusOut"));
    return all;
  }
}
