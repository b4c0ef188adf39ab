package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.frontdoor.Applications;
import org.keywarden.broker.frontdoor.Executables;
import org.keywarden.broker.frontdoor.Lineage;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.ibus.context.Clients;
import org.keywarden.broker.frontdoor.ibus.context.ContextCalls;
import org.keywarden.broker.frontdoor.terminal.FakeTerminals;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.socket.Admission;
import org.keywarden.broker.socket.Admissions;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;
import org.keywarden.testbed.Await;

/** The portal on a real session bus. */
@Timeout(60)
final class PortalBusTest {
  private static final int ALLOW_REPLACEMENT = 1;
  private static final Value.UInt32 OWN = new Value.UInt32(0);

  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final BlockingQueue<SeatEvent> events = new LinkedBlockingQueue<>();
  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  @TempDir private Path directory;
  private int uid;
  private Process daemon;
  private Clients clients;
  private SessionBus ours;

  @BeforeEach
  void begin() throws IOException {
    uid = (Integer) Files.getAttribute(directory, "unix:uid");
    daemon =
        new ProcessBuilder(
                "dbus-daemon",
                "--session",
                "--nofork",
                "--print-address=1",
                "--address=unix:path=" + socket())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertTrue(daemon.inputReader().readLine().startsWith("unix:path="));
    clients =
        new Clients(
            events::add,
            Applications.read(directory),
            FakeTerminals.open(uid),
            new FocusedObjects(() -> 0),
            (pid, then) -> {},
            Panels.none(),
            (delay, action) -> () -> {});
    ours =
        new SessionBus(
            uid,
            new Portal(
                clients,
                new Admission(
                    Admissions.everybody().budget(),
                    new Lineage(Path.of("/proc")),
                    new Executables(Path.of("/proc"))::of,
                    uid),
                (delay, action) -> () -> {},
                Admissions.looks()),
            () -> false,
            said::add);
  }

  private Path socket() {
    return directory.resolve("bus");
  }

  private BusCaller caller() throws IOException {
    return BusCaller.connect(socket());
  }

  private void own() {
    ours.claim();
    ours.own("unix:path=" + socket(), loop);
  }

  private String sentence() throws InterruptedException {
    return String.valueOf(said.poll(20, TimeUnit.SECONDS));
  }

  private <T extends SeatEvent> T next(Class<T> kind) throws InterruptedException {
    SeatEvent event = events.poll(20, TimeUnit.SECONDS);
    while (event != null && !kind.isInstance(event)) {
      event = events.poll(20, TimeUnit.SECONDS);
    }
    return kind.cast(event);
  }

  /** Waits until the portal is there. */
  private void awaitPortal(BusCaller caller) throws IOException {
    Await.until("the portal", () -> ourPid().equals(pid(caller)));
  }

  private static List<Value> ourPid() {
    return List.of(new Value.UInt32((int) ProcessHandle.current().pid()));
  }

  private static List<Value> pid(BusCaller caller) throws IOException {
    return caller.askBus("GetConnectionUnixProcessID", Fixture.text(Portal.NAME)).body();
  }

  @AfterEach
  void end() throws InterruptedException {
    ours.close();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    daemon.destroy();
    daemon.waitFor();
  }

  @Test
  void textGoesToTheCallerAlone() throws Exception {
    own();
    try (BusCaller app = caller();
        BusCaller other = caller()) {
      awaitPortal(app);
      other.askBus("AddMatch", Fixture.text("type='signal',sender='" + Portal.NAME + "'"));
      String context = app.context("gtk3-im:app");
      app.on(context, "SetCapabilities", new Value.UInt32(9));
      app.on(context, "FocusIn");
      SeatEvent.FieldOpened opened = next(SeatEvent.FieldOpened.class);
      assertEquals(
          ProcessHandle.current().info().command().orElse(""), opened.application().executable());
      loop.submit(
              () -> clients.apply(new HostEffect.EditField(opened.field(), new Edit.Insert("あ"))))
          .syncUninterruptibly();
      Message signal = app.read();
      assertEquals("CommitText", signal.member());
      assertEquals(context, signal.path());
      String others = other.context("gtk3-im:other");
      assertEquals("AccessDenied", Fixture.outcome(other.on(context, "FocusOut")));
      assertEquals("ok", Fixture.outcome(other.on(others, "FocusOut")));
    }
  }

  @Test
  void aCallersEndEndsItsContexts() throws Exception {
    own();
    String context;
    try (BusCaller app = caller()) {
      awaitPortal(app);
      context = app.context("gtk3-im:app");
      app.on(context, "SetCapabilities", new Value.UInt32(9));
      app.on(context, "FocusIn");
    }
    SeatEvent.FieldOpened opened = next(SeatEvent.FieldOpened.class);
    assertEquals(opened.field(), next(SeatEvent.FieldClosed.class).field());
    try (BusCaller other = caller()) {
      assertEquals("UnknownObject", Fixture.outcome(other.on(context, "FocusIn")));
    }
  }

  @Test
  void keysAreHandledInTheOrderTheyWereSent() throws Exception {
    own();
    try (BusCaller app = caller()) {
      awaitPortal(app);
      String context = app.context("gtk3-im:app");
      app.on(context, "SetCapabilities", new Value.UInt32(9));
      app.on(context, "FocusIn");
      for (int i = 0; i < 500; i++) {
        app.send(
            Message.call(
                Portal.NAME,
                context,
                ContextCalls.INTERFACE,
                "ProcessKeyEvent",
                new Value.UInt32('a' + i % 26),
                new Value.UInt32(30),
                new Value.UInt32(0)));
      }
      for (int i = 0; i < 500; i++) {
        assertEquals('a' + i % 26, next(SeatEvent.KeyTyped.class).key().keysym());
      }
    }
  }

  @Test
  void whoAllowsToBeReplacedIs() throws Exception {
    try (BusCaller stock = caller()) {
      stock.askBus("RequestName", Fixture.text(Portal.NAME), new Value.UInt32(ALLOW_REPLACEMENT));
      own();
      awaitPortal(stock);
      assertEquals("applications of this session type through Keywarden", sentence());
      assertTrue(said.isEmpty());
    }
  }

  @Test
  void aPortalThatStaysIsSaid() throws Exception {
    try (BusCaller stock = caller()) {
      stock.askBus("RequestName", Fixture.text(Portal.NAME), OWN);
      own();
      assertEquals("applications of this session type through Keywarden", sentence());
      assertTrue(sentence().startsWith("another program owns " + Portal.NAME));
    }
  }

  @Test
  void anotherDaemonIsSaidAndLeftItsPortal() throws Exception {
    try (BusCaller stock = caller()) {
      stock.askBus("RequestName", Fixture.text(BusObject.IBUS), OWN);
      own();
      assertTrue(sentence().startsWith("another program owns " + BusObject.IBUS));
      assertEquals(
          "NameHasNoOwner",
          Fixture.outcome(stock.askBus("GetNameOwner", Fixture.text(Portal.NAME))));
    }
  }

  @Test
  void theEndOfTheBusIsSaidAndEndsEveryContext() throws Exception {
    own();
    try (BusCaller app = caller()) {
      awaitPortal(app);
      assertEquals("applications of this session type through Keywarden", sentence());
      String context = app.context("gtk3-im:app");
      app.on(context, "SetCapabilities", new Value.UInt32(9));
      app.on(context, "FocusIn");
      SeatEvent.FieldOpened opened = next(SeatEvent.FieldOpened.class);
      daemon.destroyForcibly();
      assertTrue(sentence().startsWith("the session bus has ended"));
      assertEquals(opened.field(), next(SeatEvent.FieldClosed.class).field());
    }
  }
}
