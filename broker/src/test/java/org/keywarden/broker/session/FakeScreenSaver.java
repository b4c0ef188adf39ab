package org.keywarden.broker.session;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.bus.BusService;
import org.keywarden.broker.bus.PrivateBus;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** A screen saver on a real bus. */
final class FakeScreenSaver implements AutoCloseable {
  static final String GNOME = "org.gnome.ScreenSaver";
  static final String FREEDESKTOP = "org.freedesktop.ScreenSaver";

  /** How it takes {@code GetActive}. */
  enum Manner {
    ANSWERS,
    HANGS,
    REFUSES,
    TALKS_NONSENSE
  }

  final AtomicInteger asked = new AtomicInteger();
  private final String name;
  private final BusService service;
  private volatile boolean active;
  private volatile Manner manner;
  private volatile @Nullable Message unanswered;

  FakeScreenSaver(PrivateBus bus, int uid, String name, boolean active, Manner manner)
      throws IOException {
    this.name = name;
    this.active = active;
    this.manner = manner;
    this.service = BusService.on(bus, uid, name, this::answer);
  }

  FakeScreenSaver(PrivateBus bus, int uid, String name) throws IOException {
    this(bus, uid, name, false, Manner.ANSWERS);
  }

  private String path() {
    return "/" + name.replace('.', '/');
  }

  private @Nullable Message answer(Message call) {
    if (!"GetActive".equals(call.member()) || !path().equals(call.path())) {
      return call.error("org.freedesktop.DBus.Error.UnknownMethod", "no");
    }
    Manner now = manner;
    unanswered = now == Manner.HANGS ? call : null;
    asked.incrementAndGet();
    return switch (now) {
      case ANSWERS -> call.reply(new Value.Bool(active));
      case HANGS -> null;
      case REFUSES -> call.error("org.freedesktop.DBus.Error.NotSupported", "not implemented");
      case TALKS_NONSENSE -> call.reply(new Value.Str("false"));
    };
  }

  /** Answers the call that was left without an answer. */
  void answerLate() throws IOException {
    Message call = unanswered;
    if (call == null) {
      throw new IllegalStateException("nothing was asked");
    }
    manner = Manner.ANSWERS;
    service.emit(call.reply(new Value.Bool(active)));
  }

  void set(boolean now) throws IOException {
    active = now;
    say(new Value.Bool(now));
  }

  void behave(Manner next) {
    manner = next;
  }

  /** Emits the signal with any body. */
  void say(Value... body) throws IOException {
    service.emit(Message.signal(path(), name, "ActiveChanged", body));
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
