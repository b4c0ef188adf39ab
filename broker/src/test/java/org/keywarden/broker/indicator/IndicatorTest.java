package org.keywarden.broker.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.bus.BusClient;
import org.keywarden.broker.bus.BusPeer;
import org.keywarden.broker.bus.BusService;
import org.keywarden.broker.bus.PrivateBus;
import org.keywarden.broker.process.Backoff;
import org.keywarden.broker.seat.Property;
import org.keywarden.broker.seat.Route;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;
import org.keywarden.testbed.Await;

/** The indicator on a real bus, with a watcher and a reader of menus of the test's own. */
@Timeout(20)
final class IndicatorTest {
  private static final Property MODE =
      new Property("mode", Property.Kind.NORMAL, "Hiragana", "あ", "", true, true, false, "");

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final List<String> registered = new CopyOnWriteArrayList<>();
  private final List<TrayAct> acts = new CopyOnWriteArrayList<>();
  private final AtomicLong clock = new AtomicLong();
  private volatile boolean unconfined = true;
  @TempDir private Path directory;
  private int uid;
  private PrivateBus bus;
  private Indicator indicator;
  private BusPeer reader;

  @BeforeEach
  void start() throws IOException {
    uid = (Integer) Files.getAttribute(directory, "unix:uid");
    bus = PrivateBus.start(directory, "session");
    reader = BusPeer.connect(bus.socket(), uid);
    EventLoop loop = group.next();
    indicator =
        new Indicator(
            user ->
                new BusClient(
                    uid,
                    "the session bus",
                    bus.address(),
                    loop,
                    System::nanoTime,
                    new Backoff(Backoff.Patience.ENDLESS, new Random(1)),
                    user),
            pid -> unconfined,
            loop::execute,
            "/icons",
            () -> clock.addAndGet(1_000_000_000),
            acts::add);
    indicator.begin();
  }

  @AfterEach
  void end() throws IOException {
    indicator.end();
    reader.close();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    bus.close();
  }

  private BusService watcher() throws IOException {
    return BusService.on(
        bus,
        uid,
        Indicator.WATCHER,
        call -> {
          if ("RegisterStatusNotifierItem".equals(call.member())) {
            registered.add(text(call.body().getFirst()));
            return call.reply();
          }
          return call.error("org.freedesktop.DBus.Error.UnknownMethod", "no");
        });
  }

  /** Joins a tray, and shows a field in which an input method composes. */
  private String joined() throws IOException {
    Await.until("registration", indicator::isShown);
    show("editor");
    return registered.getLast();
  }

  private void show(String program) {
    indicator.show(view(Route.COMPOSING, program));
  }

  private static TrayView view(Route route, String program) {
    return new TrayView(
        route,
        "romaji",
        List.of(new TrayView.Method("romaji", "Romaji_IME"), new TrayView.Method("b", "Other")),
        false,
        new TrayView.Program(program, "/usr/bin/" + program, false, false, false),
        List.of());
  }

  private Message call(String item, String path, String of, String member, Value... body)
      throws IOException {
    return reader.answer(reader.send(Message.call(item, path, of, member, body)));
  }

  private MenuReader menu(String item) {
    return new MenuReader(reader, item);
  }

  private static String text(Value of) {
    return ((Value.Str) of).value();
  }

  @Test
  void whereNoTrayIsNothingHappensAndThatIsSaid() {
    Await.until("standing", () -> indicator.standing().equals("no tray here"));
    assertFalse(indicator.isShown());
    assertEquals(List.of(), registered);
  }

  @Test
  void itJoinsTheTrayAndEachThatComesLater() throws IOException {
    try (BusService first = watcher()) {
      Await.until("registration", indicator::isShown);
      assertEquals("in the tray", indicator.standing());
    }
    Await.until("no tray", () -> !indicator.isShown());
    try (BusService second = watcher()) {
      Await.until("registration", indicator::isShown);
      assertEquals(2, registered.size());
    }
  }

  @Test
  void theTrayIsTold() throws IOException {
    try (BusService tray = watcher()) {
      String item = joined();
      Message all =
          call(
              item,
              TrayItem.PATH,
              "org.freedesktop.DBus.Properties",
              "GetAll",
              new Value.Str(TrayItem.INTERFACE));
      String facts = "";
      for (Value each : ((Value.Array) all.body().getFirst()).elements()) {
        Value.Entry fact = (Value.Entry) each;
        if (((Value.Variant) fact.value()).value() instanceof Value.Str value) {
          facts += text(fact.key()) + "=" + value.value() + " ";
        }
      }
      assertTrue(facts.contains("IconName=keywarden-composing IconThemePath=/icons "), facts);
      assertTrue(facts.contains("Status=Active"), facts);
    }
  }

  @Test
  void theMenuSaysWhatIsSoAndAClickChooses() throws IOException {
    try (BusService tray = watcher()) {
      String item = joined();
      indicator.offer(List.of(MODE), false);
      assertEquals(
          List.of(
              "Composing with Romaji__IME in editor",
              "Romaji__IME",
              "Other",
              "Keyboard only",
              "Pause composing",
              "Romaji__IME",
              "Hiragana",
              "Let it compose in editor, passwords too",
              "Never compose in editor",
              "Open the audit report"),
          menu(item).entries().stream()
              .map(MenuReader.Seen::label)
              .filter(each -> !each.isEmpty())
              .toList());
      assertTrue(menu(item).entry("Romaji__IME").checked());
      assertFalse(menu(item).entry("Other").checked());
      List<TrayAct> wanted =
          List.of(
              new TrayAct.Choose("b"),
              new TrayAct.Activate("mode", false),
              new TrayAct.Allow("/usr/bin/editor", true),
              new TrayAct.OpenReport());
      for (String each :
          List.of(
              "Other",
              "Hiragana",
              "Let it compose in editor, passwords too",
              "Open the audit report")) {
        assertEquals(Message.Kind.RETURN, menu(item).click(menu(item).entry(each).number()).kind());
      }
      assertEquals(wanted, acts);
    }
  }

  @Test
  void aConfinedProgramThatIsNotTheTrayLearnsNothing() throws IOException {
    unconfined = false;
    try (BusService tray = watcher()) {
      String item = joined();
      assertEquals("org.freedesktop.DBus.Error.AccessDenied", menu(item).layout().errorName());
      assertEquals("org.freedesktop.DBus.Error.AccessDenied", menu(item).click(1).errorName());
      assertEquals(
          "org.freedesktop.DBus.Error.AccessDenied",
          call(
                  item,
                  TrayItem.PATH,
                  "org.freedesktop.DBus.Properties",
                  "GetAll",
                  new Value.Str(TrayItem.INTERFACE))
              .errorName());
    }
  }

  @Test
  void aConfinedTrayTakesAndGivesNothing() throws IOException {
    unconfined = false;
    reader.askBus("RequestName", new Value.Str(Indicator.WATCHER), new Value.UInt32(0));
    Message registration = reader.read();
    while (!"RegisterStatusNotifierItem".equals(registration.member())) {
      registration = reader.read();
    }
    String item = text(registration.body().getFirst());
    reader.send(registration.reply());
    Await.until("registration", indicator::isShown);
    show("editor");
    assertFalse(menu(item).entry("Other").enabled());
    assertFalse(menu(item).entry("Let it compose in editor, passwords too").enabled());
    menu(item).click(menu(item).entry("Other").number());
    menu(item).click(menu(item).entry("Let it compose in editor, passwords too").number());
    assertTrue(menu(item).entry("Keyboard only").enabled());
    menu(item).click(menu(item).entry("Pause composing").number());
    menu(item).click(menu(item).entry("Never compose in editor").number());
    assertEquals(
        List.of(new TrayAct.Pause(true), new TrayAct.KeepOut("/usr/bin/editor", true)), acts);
  }

  @Test
  void aClickIsForWhatWasShown() throws IOException {
    try (BusService tray = watcher()) {
      String item = joined();
      int before = menu(item).entry("Never compose in editor").number();
      show("mail");
      int after = menu(item).entry("Never compose in mail").number();
      assertNotEquals(before, after);
      assertEquals(Message.Kind.ERROR, menu(item).click(before).kind());
      assertEquals(List.of(), acts);
    }
  }

  @Test
  void clicksFasterThanAPersonsAreDropped() throws IOException {
    try (BusService tray = watcher()) {
      String item = joined();
      int number = menu(item).entry("Keyboard only").number();
      menu(item).click(number);
      clock.set(-999_999_999);
      menu(item).click(number);
      assertEquals(1, acts.size());
    }
  }

  @Test
  void nobodyIsToldThatTheInputMethodsMenuChanged() throws IOException {
    try (BusService tray = watcher()) {
      String item = joined();
      menu(item).layout();
      reader.askBus("AddMatch", new Value.Str("type='signal',sender='" + item + "'"));
      indicator.offer(List.of(MODE), false);
      indicator.show(view(Route.COMPOSING, "editor"));
      indicator.show(view(Route.GUARDED, "editor"));
      List<String> signals = new ArrayList<>();
      while (!signals.contains("LayoutUpdated") || !signals.contains("NewStatus")) {
        signals.add(reader.read().member());
      }
      indicator.offer(List.of(), false);
      int asked =
          reader.send(
              Message.call(
                  item, DbusMenu.PATH, DbusMenu.INTERFACE, "AboutToShow", new Value.Int32(0)));
      Message next = reader.read();
      assertEquals(asked, next.replySerial(), "nothing came before the answer");
      assertEquals(new Value.Bool(true), next.body().getFirst());
    }
  }

  @Test
  void theFirstMenuOfAStayOfFocusIsTold() throws IOException {
    try (BusService tray = watcher()) {
      String item = joined();
      menu(item).layout();
      reader.askBus("AddMatch", new Value.Str("type='signal',sender='" + item + "'"));
      indicator.offer(List.of(MODE), true);
      Message told = reader.read();
      while (!"LayoutUpdated".equals(told.member())) {
        told = reader.read();
      }
      assertTrue(menu(item).entry("Hiragana").enabled());
    }
  }

  @Test
  void whatMakesNoSenseIsRefused() throws IOException {
    try (BusService tray = watcher()) {
      String item = joined();
      menu(item).layout();
      assertEquals(Message.Kind.ERROR, menu(item).click(77).kind());
      assertEquals(Message.Kind.ERROR, menu(item).menu("GetLayout").kind());
      assertEquals(
          Message.Kind.ERROR, call(item, "/elsewhere", DbusMenu.INTERFACE, "GetLayout").kind());
      assertEquals(
          Message.Kind.ERROR,
          call(
                  item,
                  TrayItem.PATH,
                  "org.freedesktop.DBus.Properties",
                  "Get",
                  new Value.Str(TrayItem.INTERFACE),
                  new Value.Str("Nothing"))
              .kind());
      assertEquals(List.of(), acts);
    }
  }
}
