package org.keywarden.conformance.stranger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.keywarden.conformance.door.DoorLine;
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

  /** Honest connections, but many. */
  static List<DoorLine> greeted(Path door, int count) {
    return DoorLine.many(door, count);
  }

  /** Contexts that have each reported the largest text. */
  static List<String> texts(Path door, int connections, int contexts) {
    List<String> made = new ArrayList<>();
    Value text = new Value.Variant(IbusText.plain(LARGE).toValue());
    Value zero = new Value.UInt32(0);
    for (DoorLine line : DoorLine.many(door, connections)) {
      try {
        for (int i = 0; i < contexts && !Time.over(); i++) {
          String context = line.context("gtk3-im:bad");
          line.send(DoorLine.type(context, 0, 0));
          line.send(DoorLine.on(context, "FocusIn"));
          line.call(DoorLine.on(context, "SetSurroundingText", text, zero, zero));
          line.send(DoorLine.on(context, "FocusOut"));
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
  static List<DoorLine> portal(Path bus, int callers, int contexts) {
    List<DoorLine> all = new ArrayList<>();
    Value text = new Value.Variant(IbusText.plain(LARGE).toValue());
    Value zero = new Value.UInt32(0);
    for (int i = 0; i < callers && !Time.over(); i++) {
      try {
        DoorLine line = DoorLine.greeted(bus);
        all.add(line);
        for (int j = 0; j < contexts && !Time.over(); j++) {
          Message made = line.call(DoorLine.portalContext("bad"));
          if (!made.body().isEmpty() && made.body().getFirst() instanceof Value.ObjectPath path) {
            line.send(DoorLine.toPortal(DoorLine.on(path.value(), "FocusIn")));
            line.call(
                DoorLine.toPortal(
                    DoorLine.on(path.value(), "SetSurroundingText", text, zero, zero)));
            line.send(DoorLine.toPortal(DoorLine.on(path.value(), "FocusOut")));
          }
        }
      } catch (IOException refused) {
        continue;
      }
    }
    return all;
  }

  /** Messages of which all but the end was sent. */
  static List<DoorLine> unfinished(Path door, int count, int bytes) {
    List<DoorLine> all = new ArrayList<>();
    Value large = new Value.Str("x".repeat(UNFINISHED));
    for (int i = 0; i < count && !Time.over(); i++) {
      try {
        DoorLine line = DoorLine.greeted(door);
        byte[] message =
            line.written(DoorLine.on("/org/freedesktop/IBus/InputContext_1", "X", large));
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
    DoorLine line = DoorLine.greeted(door);
    String first = line.context("x");
    int number = Integer.parseInt(first.substring(first.lastIndexOf('_') + 1));
    String stem = first.substring(0, first.lastIndexOf('_') + 1);
    int last = 0;
    for (int i = 1; i <= count && !Time.over(); i++) {
      String context = stem + (number + i);
      ByteArrayOutputStream batch = new ByteArrayOutputStream();
      batch.writeBytes(
          line.written(
              Message.call(
                  DoorLine.IBUS,
                  DoorLine.IBUS_PATH,
                  DoorLine.IBUS,
                  "CreateInputContext",
                  new Value.Str("x"))));
      batch.writeBytes(line.written(DoorLine.on(context, "SetCapabilities", new Value.UInt32(9))));
      batch.writeBytes(line.written(DoorLine.on(context, "FocusIn")));
      line.bytes(batch.toByteArray());
      last =
          line.send(
              Message.call(DoorLine.IBUS, context, "org.freedesktop.IBus.Service", "Destroy"));
      if (i % AT_ONCE == 0) {
        line.answer(last);
      }
      done.add(i);
    }
    line.call(Message.call(DoorLine.BUS, "/org/freedesktop/DBus", DoorLine.BUS, "GetId"));
    return done;
  }

  /** Focus moved between a plain and a password field of its own, for a while. */
  static List<Integer> refocused(Path door) throws IOException {
    DoorLine line = DoorLine.greeted(door);
    String plain = line.context("gtk3-im:bad");
    line.call(DoorLine.type(plain, 0, 0));
    String password = line.context("gtk3-im:bad");
    line.call(DoorLine.type(password, PASSWORD, 0));
    List<Integer> moves = new ArrayList<>();
    while (!Time.over(PART)) {
      String next = moves.size() % 2 == 0 ? plain : password;
      line.call(DoorLine.on(next, "FocusIn"));
      line.send(DoorLine.on(next, "FocusOut"));
      moves.add(moves.size());
      LockSupport.parkNanos(STEP);
    }
    return moves;
  }

  /** Keys into an unfocused context as fast as they are taken, for a while. */
  static List<Integer> keys(Path door) throws IOException {
    DoorLine line = DoorLine.greeted(door);
    String context = line.context("gtk3-im:bad");
    List<Integer> batches = new ArrayList<>();
    while (!Time.over(PART)) {
      ByteArrayOutputStream batch = new ByteArrayOutputStream();
      for (int i = 0; i < AT_ONCE; i++) {
        batch.writeBytes(line.written(DoorLine.key(context, 'a')));
      }
      line.bytes(batch.toByteArray());
      line.call(DoorLine.key(context, 'a'));
      batches.add(batches.size());
    }
    return batches;
  }
}
