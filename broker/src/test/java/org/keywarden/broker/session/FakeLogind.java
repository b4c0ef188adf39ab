package org.keywarden.broker.session;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.bus.BusService;
import org.keywarden.broker.bus.PrivateBus;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/** logind's interfaces, as far as locks go, on a real bus: its names, types and errors. */
final class FakeLogind implements AutoCloseable {
  static final String PATH = "/org/freedesktop/login1";
  static final String SESSION = PATH + "/session/_31";
  static final String NAME = "org.freedesktop.login1";
  private static final String USER = PATH + "/user/_1000";
  private static final String PROPERTIES = "org.freedesktop.DBus.Properties";
  private static final Type ENTRY = new Type.Entry(Type.Basic.STRING, Type.Variant.VARIANT);

  /** By what our session is known. */
  enum Known {
    BY_ID,
    BY_PROCESS,
    BY_DISPLAY,
    NOT_AT_ALL
  }

  private final BusService service;
  private volatile Known known;
  private volatile boolean locked;
  private volatile boolean active = true;
  private volatile boolean sleeping;
  private volatile boolean silent;

  FakeLogind(PrivateBus bus, int uid, Known known, boolean locked) throws IOException {
    this.known = known;
    this.locked = locked;
    this.service = BusService.on(bus, uid, NAME, this::answer);
  }

  private @Nullable Message answer(Message call) {
    if (silent) {
      return null;
    }
    return switch (call.path() + " " + call.member()) {
      case PATH + " GetSession" -> session(call, Known.BY_ID, "NoSuchSession");
      case PATH + " GetSessionByPID" -> session(call, Known.BY_PROCESS, "NoSessionForPID");
      case PATH + " GetUser" -> call.reply(new Value.ObjectPath(USER));
      case USER + " Get" -> call.reply(new Value.Variant(display()));
      case SESSION + " GetAll" ->
          call.reply(
              new Value.Array(
                  ENTRY, List.of(entry("LockedHint", locked), entry("Active", active))));
      case PATH + " Get" -> call.reply(new Value.Variant(new Value.Bool(sleeping)));
      default -> call.error("org.freedesktop.DBus.Error.UnknownMethod", "no");
    };
  }

  private Message session(Message call, Known by, String otherwise) {
    return known == by
        ? call.reply(new Value.ObjectPath(SESSION))
        : call.error(NAME + "." + otherwise, "no");
  }

  private Value display() {
    boolean there = known == Known.BY_DISPLAY;
    return Value.Struct.of(
        new Value.Str(there ? "1" : ""), new Value.ObjectPath(there ? SESSION : "/"));
  }

  private static Value.Entry entry(String name, boolean value) {
    return new Value.Entry(new Value.Str(name), new Value.Variant(new Value.Bool(value)));
  }

  void setLocked(boolean now) throws IOException {
    locked = now;
    changed(entry("LockedHint", now));
  }

  void setActive(boolean now) throws IOException {
    active = now;
    changed(entry("Active", now));
  }

  private void changed(Value.Entry property) throws IOException {
    properties(new Value.Array(ENTRY, List.of(property)));
  }

  /** Emits that properties have changed, with any value in their place. */
  void properties(Value changes) throws IOException {
    service.emit(
        Message.signal(
            SESSION,
            PROPERTIES,
            "PropertiesChanged",
            new Value.Str(NAME + ".Session"),
            changes,
            new Value.Array(Type.Basic.STRING, List.of())));
  }

  /** "Lock" or "Unlock". */
  void ask(String what) throws IOException {
    service.emit(Message.signal(SESSION, NAME + ".Session", what));
  }

  void sleep(boolean now) throws IOException {
    sleeping = now;
    service.emit(Message.signal(PATH, NAME + ".Manager", "PrepareForSleep", new Value.Bool(now)));
  }

  void begin(Known session) throws IOException {
    known = session;
    service.emit(
        Message.signal(
            PATH,
            NAME + ".Manager",
            "SessionNew",
            new Value.Str("1"),
            new Value.ObjectPath(SESSION)));
  }

  void endSession() throws IOException {
    known = Known.NOT_AT_ALL;
    service.emit(
        Message.signal(
            PATH,
            NAME + ".Manager",
            "SessionRemoved",
            new Value.Str("1"),
            new Value.ObjectPath(SESSION)));
  }

  void fallSilent(boolean now) {
    silent = now;
  }

  /** What is true now, without a word of it. */
  void becomes(boolean nowLocked) {
    locked = nowLocked;
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
