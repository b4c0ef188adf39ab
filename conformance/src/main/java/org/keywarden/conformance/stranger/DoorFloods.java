package org.keywarden.conformance.stranger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.keywarden.client.bus.BusLine;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** Floods of the IBus door. */
final class DoorFloods {
  /** A code point of two UTF-16 units and four bytes, so often as the door keeps. */
  private static final String LARGE = "\uD840\uDC00".repeat(4_096);

  private static final int PASSWORD = 8;
  private static final int UNFINISHED = 1_000_000;
  private static final int AT_ONCE = 50;
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(1);

  /** Of the stranger's time, for what could go on for ever. */
  private static final double PART = 0.5;

  private DoorFloods() {}

  /** Honest connections, but many: as many as it gets. */
  static List<BusLine> greeted(Path door, int count) {
    List<BusLine> all = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        all.add(BusLine.greeted(door));
      }
    } catch (IOException refused) {
      return all;
    }
    return all;
  }

  /** Contexts that have each reported the largest text. */
  static List<String> texts(Path door, int connections, int contexts) {
    List<String> made = new ArrayList<>();
    Value text = new Value.Variant(IbusText.plain(LARGE).toValue());
    Value zero = new Value.UInt32(0);
    for (BusLine line : greeted(door, connections)) {
      try {
        for (int i = 0; i < contexts && !Time.over(); i++) {
          String context = IbusCalls.context(line, "gtk3-im:bad");
          line.send(IbusCalls.type(context, 0, 0));
          line.send(IbusCalls.on(context, "FocusIn"));
          line.call(IbusCalls.on(context, "SetSurroundingText", text, zero, zero));
          line.send(IbusCalls.on(context, "FocusOut"));
          made.add(context);
        }
      } catch (IOException refused) {
        // Another connection may be let do more.
        continue;
      }
    }
    return made;
  }

  /** Callers over a session bus, each with input contexts that have reported the largest text. */
  static List<BusLine> portal(Path bus, int callers, int contexts) {
    List<BusLine> all = new ArrayList<>();
    Value text = new Value.Variant(IbusText.plain(LARGE).toValue());
    Value zero = new Value.UInt32(0);
    for (int i = 0; i < callers && !Time.over(); i++) {
      try {
        BusLine line = BusLine.greeted(bus);
        all.add(line);
        for (int j = 0; j < contexts && !Time.over(); j++) {
          Message made = line.call(IbusCalls.newPortalContext("bad"));
          if (!made.body().isEmpty() && made.body().getFirst() instanceof Value.ObjectPath path) {
            line.send(IbusCalls.toPortal(IbusCalls.on(path.value(), "FocusIn")));
            line.call(
                IbusCalls.toPortal(
                    IbusCalls.on(path.value(), "SetSurroundingText", text, zero, zero)));
            line.send(IbusCalls.toPortal(IbusCalls.on(path.value(), "FocusOut")));
          }
        }
      } catch (IOException refused) {
        continue;
      }
    }
    return all;
  }

  /** Messages of which all but the end was sent. */
  static List<BusLine> unfinished(Path door, int count, int bytes) {
    List<BusLine> all = new ArrayList<>();
    Value large = new Value.Str("x".repeat(UNFINISHED));
    for (int i = 0; i < count && !Time.over(); i++) {
      try {
        BusLine line = BusLine.greeted(door);
        byte[] message =
            line.written(IbusCalls.on("/org/freedesktop/IBus/InputContext_1", "X", large));
        line.bytes(Arrays.copyOf(message, bytes));
        all.add(line);
      } catch (IOException refused) {
        // The next may be let in.
        continue;
      }
    }
    return all;
  }

  /** Contexts made, focused and destroyed, as a terminal's would be. */
  static List<Integer> destroyed(Path door, int count) throws IOException {
    List<Integer> done = new ArrayList<>();
    TerminalFloods.openTerminal(false);
    BusLine line = BusLine.greeted(door);
    String first = IbusCalls.context(line, "x");
    int number = Integer.parseInt(first.substring(first.lastIndexOf('_') + 1));
    String stem = first.substring(0, first.lastIndexOf('_') + 1);
    int last = 0;
    for (int i = 1; i <= count && !Time.over(); i++) {
      String context = stem + (number + i);
      ByteArrayOutputStream batch = new ByteArrayOutputStream();
      batch.writeBytes(
          line.written(
              Message.call(
                  IbusCalls.IBUS,
                  IbusCalls.IBUS_PATH,
                  IbusCalls.IBUS,
                  "CreateInputContext",
                  new Value.Str("x"))));
      batch.writeBytes(line.written(IbusCalls.on(context, "SetCapabilities", new Value.UInt32(9))));
      batch.writeBytes(line.written(IbusCalls.on(context, "FocusIn")));
      line.bytes(batch.toByteArray());
      last =
          line.send(
              Message.call(IbusCalls.IBUS, context, "org.freedesktop.IBus.Service", "Destroy"));
      if (i % AT_ONCE == 0) {
        line.answer(last);
      }
      done.add(i);
    }
    line.call(Message.call(IbusCalls.BUS, "/org/freedesktop/DBus", IbusCalls.BUS, "GetId"));
    return done;
  }

  /** Focus moved between a plain and a password field of its own, for a while. */
  static List<Integer> refocused(Path door) throws IOException {
    BusLine line = BusLine.greeted(door);
    String plain = IbusCalls.context(line, "gtk3-im:bad");
    line.call(IbusCalls.type(plain, 0, 0));
    String password = IbusCalls.context(line, "gtk3-im:bad");
    line.call(IbusCalls.type(password, PASSWORD, 0));
    List<Integer> moves = new ArrayList<>();
    while (!Time.over(PART)) {
      String next = moves.size() % 2 == 0 ? plain : password;
      line.call(IbusCalls.on(next, "FocusIn"));
      line.send(IbusCalls.on(next, "FocusOut"));
      moves.add(moves.size());
      LockSupport.parkNanos(STEP);
    }
    return moves;
  }

  /** Keys into an unfocused context as fast as they are taken, for a while. */
  static List<Integer> keys(Path door) throws IOException {
    BusLine line = BusLine.greeted(door);
    String context = IbusCalls.context(line, "gtk3-im:bad");
    List<Integer> batches = new ArrayList<>();
    while (!Time.over(PART)) {
      ByteArrayOutputStream batch = new ByteArrayOutputStream();
      for (int i = 0; i < AT_ONCE; i++) {
        batch.writeBytes(line.written(IbusCalls.key(context, 'a')));
      }
      line.bytes(batch.toByteArray());
      line.call(IbusCalls.key(context, 'a'));
      batches.add(batches.size());
    }
    return batches;
  }
}
