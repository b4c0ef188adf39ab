package org.keywarden.broker.indicator;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.bus.BusClient;
import org.keywarden.broker.bus.NameOwner;
import org.keywarden.broker.seat.Property;
import org.keywarden.ibus.bus.AnyObject;
import org.keywarden.ibus.bus.Errors;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/**
 * An item in the tray of the desktop. It joins whichever tray there is, and again when another
 * comes; where there is none it does nothing. Thread: the session's; {@link #show}, {@link #offer},
 * {@link #isShown} and {@link #standing} any.
 */
public final class Indicator implements BusClient.User {
  static final String WATCHER = "org.kde.StatusNotifierWatcher";

  /** In ms: what changes within that time is told at once. */
  private static final long MOMENT = 50;

  /** In ns, between two clicks of a person. */
  private static final long PACE = 100_000_000;

  private static final Type ENTRY = new Type.Entry(Type.Basic.STRING, Type.Variant.VARIANT);

  private final BusClient bus;
  private final NameOwner watcher;
  private final TrayCallers callers;
  private final DbusMenu menu;
  private final Consumer<Runnable> thread;
  private final String icons;
  private final LongSupplier clock;
  private final Consumer<TrayAct> acts;
  private final AtomicBoolean due = new AtomicBoolean();
  private volatile TrayView view = TrayView.NOTHING;
  private volatile List<Property> properties = List.of();
  private volatile String standing = "no session bus";
  private volatile boolean shown;
  private volatile TrayView told = TrayView.NOTHING;
  private @Nullable Long acted;

  /**
   * @param bus makes its connection to the session bus
   * @param unconfined whether a process, by its pid, sees the same files as the broker
   * @param thread runs something on the session's thread
   * @param icons directory of the pictures
   * @param clock in ns
   * @param acts takes what a person did, on the session's thread
   */
  public Indicator(
      Function<BusClient.User, BusClient> bus,
      LongPredicate unconfined,
      Consumer<Runnable> thread,
      String icons,
      LongSupplier clock,
      Consumer<TrayAct> acts) {
    this.bus = bus.apply(this);
    this.watcher = new NameOwner(this.bus, WATCHER, this::ownedBy);
    this.callers = new TrayCallers(this.bus, unconfined, name -> name.equals(watcher.now()));
    this.menu = new DbusMenu(() -> TrayMenu.of(view, properties), this::act);
    this.thread = thread;
    this.icons = icons;
    this.clock = clock;
    this.acts = acts;
  }

  /** Looks for a tray, from now on. */
  public void begin() {
    thread.accept(bus::start);
  }

  /** Leaves the tray. */
  public void end() {
    thread.accept(bus::close);
  }

  /** Whether a tray shows it; if not, nobody need tell it anything. */
  public boolean isShown() {
    return shown;
  }

  /** What is so, in words. */
  public String standing() {
    return standing;
  }

  /** What there is to show. */
  public void show(TrayView now) {
    view = now;
    if (!now.equals(told) && due.compareAndSet(false, true)) {
      thread.accept(() -> bus.after(MOMENT, this::tell));
    }
  }

  /**
   * The menu of the input method that composes. That it is another may follow from what is typed:
   * nobody is told, and it is there when the menu is opened.
   *
   * @param first whether it is the first since the field composes, which the tray is told of
   */
  public void offer(List<Property> items, boolean first) {
    properties = items;
    if (first && shown) {
      thread.accept(() -> bus.send(menu.changed()));
    }
  }

  private void tell() {
    due.set(false);
    TrayView now = view;
    if (!now.equals(told)) {
      told = now;
      TrayItem.changes(now).forEach(bus::send);
      bus.send(menu.changed());
    }
  }

  @Override
  public void found() {}

  @Override
  public void begun() {
    callers.forget();
    watcher.begun();
  }

  @Override
  public void gone() {
    shown = false;
    standing = "no session bus";
    watcher.gone();
    callers.forget();
  }

  @Override
  public void signalled(Message signal) {
    boolean ignored = watcher.signalled(signal);
  }

  private void ownedBy(@Nullable String owner) {
    shown = false;
    standing = "no tray here";
    if (owner != null) {
      standing = "the tray has not answered";
      bus.call(
          Message.call(
              owner,
              "/StatusNotifierWatcher",
              WATCHER,
              "RegisterStatusNotifierItem",
              new Value.Str(bus.uniqueName())),
          answer -> registered(owner, answer));
    }
  }

  private void registered(String with, @Nullable Message answer) {
    if (with.equals(watcher.now())) {
      shown = answer != null && answer.kind() == Message.Kind.RETURN;
      standing = shown ? "in the tray" : "the tray does not take it";
    }
  }

  @Override
  public void called(Message call) {
    String sender = call.sender();
    if (sender != null) {
      callers.judge(
          sender,
          trust -> {
            Message answer = answer(call, trust);
            if (call.wantsReply()) {
              bus.send(answer);
            }
          });
    }
  }

  private Message answer(Message call, TrayCallers.Trust trust) {
    if (trust == TrayCallers.Trust.NONE) {
      return Errors.denied(call, "you are neither the tray nor a program outside every sandbox");
    }
    Message general = AnyObject.answer(call);
    if (general != null) {
      return general;
    }
    boolean ofMenu = DbusMenu.PATH.equals(call.path());
    if (!ofMenu && !TrayItem.PATH.equals(call.path())) {
      return Errors.unknownObject(call);
    }
    if (Properties.INTERFACE.equals(call.interfaceName())) {
      return property(call, ofMenu ? DbusMenu.properties() : TrayItem.properties(view, icons));
    }
    if (ofMenu) {
      return menu.answer(call, trust == TrayCallers.Trust.ALL);
    }
    return switch (call.member() + " " + call.signature()) {
      // The tray shows the menu; there is nothing else to do.
      case "Activate ii", "SecondaryActivate ii", "ContextMenu ii", "Scroll is" -> call.reply();
      default -> Errors.unknownMethod(call);
    };
  }

  private static Message property(Message call, Map<String, Value> properties) {
    return switch (call.member() + " " + call.signature()) {
      case "GetAll s" -> call.reply(all(properties));
      case "Get ss" -> {
        Value found =
            call.body().get(1) instanceof Value.Str name ? properties.get(name.value()) : null;
        yield found == null
            ? Errors.named(call, "UnknownProperty", "no such property")
            : call.reply(new Value.Variant(found));
      }
      case "Set ssv" -> Errors.named(call, "PropertyReadOnly", "nothing can be set here");
      default -> Errors.unknownMethod(call);
    };
  }

  private static Value all(Map<String, Value> properties) {
    return new Value.Array(
        ENTRY,
        new TreeMap<>(properties)
            .entrySet().stream()
                .<Value>map(
                    each ->
                        new Value.Entry(
                            new Value.Str(each.getKey()), new Value.Variant(each.getValue())))
                .toList());
  }

  /** No faster than a person clicks: what comes in between is dropped. */
  private void act(TrayAct act) {
    long now = clock.getAsLong();
    if (acted == null || now - acted >= PACE) {
      acted = now;
      acts.accept(act);
    }
  }
}
