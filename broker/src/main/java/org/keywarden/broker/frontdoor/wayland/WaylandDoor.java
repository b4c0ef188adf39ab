package org.keywarden.broker.frontdoor.wayland;

import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.field.Timers;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch;
import org.keywarden.broker.look.Looks;
import org.keywarden.broker.process.Backoff;
import org.keywarden.broker.seat.Application;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Key;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.wayland.socket.DescriptorSocket;

/**
 * Makes the broker the input method of a Wayland compositor, and again whenever it was lost or
 * another input method has the seat.
 */
public final class WaylandDoor implements InputMethod.Surroundings {
  /** No session of another door has this number: theirs are counted up and down from 0. */
  private static final long HOST = Long.MIN_VALUE;

  /** How long a compositor may take to say goodbye, in ns. */
  private static final long FAREWELL = 200_000_000;

  /** The protocol tells nobody's name: all have one pace of grants. */
  private static final Application UNKNOWN = new Application("wayland", "", false, Long.MIN_VALUE);

  /**
   * What it needs of others.
   *
   * @param terminals of whoever is behind the compositor
   * @param switches takes a key of the focused field that switches the input method
   * @param looks where keymaps are read
   * @param connecting where a socket may be waited for
   * @param loop the seat's thread
   * @param clock in ns
   * @param pace of connecting again
   * @param report takes a sentence for the user
   */
  public record Place(
      SeatInbox inbox,
      TerminalWatch terminals,
      FocusedObjects objects,
      BiPredicate<FieldId, Key> switches,
      Timers timers,
      Looks looks,
      Executor connecting,
      IoEventLoop loop,
      LongSupplier clock,
      Supplier<Backoff> pace,
      Consumer<String> report) {}

  /** How the broker stands with the compositor. */
  public enum State {
    /** No compositor, or none that has input methods. */
    NONE,
    /** Not connected, or not yet. */
    WAITING,
    OPEN,
    /** Another input method has the seat. */
    TAKEN
  }

  private final Place place;
  private final Backoff pace;
  private @Nullable Libxkbcommon library;
  private @Nullable CompositorLink link;
  private @Nullable InputMethod method;
  private State state = State.NONE;
  private String said = "";
  private String socket = "";
  private long lastField;
  private boolean ended;

  public WaylandDoor(Place place) {
    this.place = place;
    this.pace = place.pace().get();
    place
        .objects()
        .follow(
            () -> {
              if (method != null) {
                method.lookAtFocusedObject();
              }
            });
  }

  /**
   * Connects, and stays connected.
   *
   * @param path of the compositor's socket
   */
  public void begin(String path) {
    socket = path;
    place
        .connecting()
        .execute(
            () -> {
              try {
                Libxkbcommon loaded = new Libxkbcommon();
                KeymapReader.warm(loaded);
                place.loop().execute(() -> loaded(loaded));
              } catch (IllegalArgumentException | NoSuchElementException missing) {
                place.loop().execute(() -> say(Libxkbcommon.NAME + " cannot be loaded"));
              }
            });
  }

  private void loaded(Libxkbcommon loaded) {
    library = loaded;
    connect();
  }

  private void connect() {
    if (ended) {
      return;
    }
    waitForIt();
    pace.started(place.clock().getAsLong());
    place
        .connecting()
        .execute(
            () -> {
              try {
                DescriptorSocket made = DescriptorSocket.connect(socket);
                place.loop().execute(() -> connected(made));
              } catch (IOException e) {
                place.loop().execute(() -> again(String.valueOf(e.getMessage())));
              }
            });
  }

  private void connected(DescriptorSocket made) {
    Libxkbcommon loaded = library;
    if (ended || loaded == null) {
      made.close();
      return;
    }
    CompositorLink begun =
        new CompositorLink(
            made,
            new CompositorLink.Fate() {
              @Override
              public void begun() {
                state = State.OPEN;
                said = "";
                place.report().accept("text inputs of the compositor at " + socket + " come in");
              }

              @Override
              public void unsupported() {
                drop();
                state = State.NONE;
              }

              @Override
              public void lost(String why) {
                again(why);
              }
            },
            compositor -> {
              InputMethod one =
                  new InputMethod(
                      this, compositor, new KeymapReader(loaded, place.looks(), place.timers()));
              method = one;
              return one;
            });
    link = begun;
    begun.begin(place.loop());
  }

  /** It is known to be taken until it is open again. */
  private void waitForIt() {
    state = state == State.TAKEN ? State.TAKEN : State.WAITING;
  }

  private void drop() {
    CompositorLink closing = link;
    InputMethod ending = method;
    link = null;
    method = null;
    if (ending != null) {
      ending.end();
    }
    if (closing != null) {
      closing.close();
    }
  }

  private void again(String why) {
    drop();
    if (ended) {
      return;
    }
    waitForIt();
    say(why);
    pace.died(place.clock().getAsLong())
        .ifPresent(delay -> place.timers().after(delay, this::connect));
  }

  /** Once, until it is open again. */
  private void say(String sentence) {
    if (!sentence.equals(said)) {
      said = sentence;
      place.report().accept("no text inputs from the compositor at " + socket + ": " + sentence);
    }
  }

  public State state() {
    return state;
  }

  /** Does what the seat asks, if it concerns a field of this door. */
  public void apply(HostEffect effect) {
    FieldId field =
        switch (effect) {
          case HostEffect.AnswerKey e -> e.field();
          case HostEffect.EditField e -> e.field();
          case HostEffect.RouteChanged e -> e.field();
          case HostEffect.FenceRaised e -> e.field();
        };
    if (field != null && field.host() == HOST && method != null) {
      method.apply(effect);
    }
  }

  /** Gives the seat and the keyboard back, and passes on what was still on its way. */
  public void end() {
    ended = true;
    place.terminals().end();
    InputMethod leaving = method;
    CompositorLink left = link;
    if (leaving != null && left != null && state == State.OPEN) {
      leaving.leave();
      left.sync(
          () ->
              soon(
                  () -> {
                    leaving.flush();
                    drop();
                  }));
      place.timers().after(FAREWELL, this::drop);
    } else {
      drop();
    }
    state = State.NONE;
  }

  // For the input method.

  @Override
  public void post(SeatEvent.OfField event) {
    place.inbox().post(event);
  }

  @Override
  public Timers timers() {
    return place.timers();
  }

  @Override
  public void soon(Runnable action) {
    place.loop().execute(action);
  }

  @Override
  public FieldId nextField() {
    return new FieldId(HOST, ++lastField);
  }

  @Override
  public Application application() {
    return UNKNOWN;
  }

  @Override
  public TerminalWatch terminals() {
    return place.terminals();
  }

  @Override
  public FocusedObjects objects() {
    return place.objects();
  }

  @Override
  public boolean switches(FieldId field, Key key) {
    return place.switches().test(field, key);
  }

  @Override
  public void unavailable() {
    state = State.TAKEN;
    // Not here: its messages are still being read.
    soon(() -> again("another input method has the seat"));
  }
}
