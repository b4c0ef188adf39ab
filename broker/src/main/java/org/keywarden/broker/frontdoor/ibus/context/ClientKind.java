package org.keywarden.broker.frontdoor.ibus.context;

import org.keywarden.broker.frontdoor.terminal.TerminalWatch.Reach;
import org.keywarden.broker.seat.FieldTraits;
import org.keywarden.broker.seat.Purpose;

/**
 * How a client behaves, by the name it gives to {@code CreateInputContext}: a claim, trusted for
 * nothing but when to wait for what. Its program can only take something away.
 *
 * @param announces it says what its fields are for
 * @param bridge it speaks for applications of its own
 * @param typeFollowsFocus it says so only after the focus, and has one context for many fields
 * @param qt it is Qt
 * @param xim it is {@code ibus-x11}, which gives X programs their keys back as X does
 * @param fake its keys go to no input method
 * @param handling how it comes to keys that are given back to it
 * @param late it may say of a field what is so of another
 */
public record ClientKind(
    boolean announces,
    boolean bridge,
    boolean typeFollowsFocus,
    boolean qt,
    boolean xim,
    boolean fake,
    Handling handling,
    boolean late) {
  /** How a client comes to a key that it was given back. */
  enum Handling {
    /** Nobody knows. */
    UNKNOWN,

    /** In its event loop, one after another. */
    IN_TURN,

    /** So too, or it waits for each key's answer in a loop inside the one before. */
    MAY_NEST
  }

  /** Flatpak's: it stands for one sandboxed application, whose processes are not below it. */
  private static final String PROXY = "xdg-dbus-proxy";

  /** IBus's own: it puts what one client sends into another order, so keys overtake purposes. */
  private static final String REORDERS = "ibus-portal";

  /**
   * @param executable as the kernel says, empty if unknown
   */
  public static ClientKind of(String name, String executable) {
    String program = executable.substring(executable.lastIndexOf('/') + 1);
    if (program.equals(REORDERS)) {
      return new ClientKind(
          false, true, false, false, false, name.startsWith("fake"), Handling.UNKNOWN, false);
    }
    boolean xim = name.equals("xim");
    boolean compositor = name.equals("gnome-shell") || name.equals("wayland");
    boolean gtk =
        name.startsWith("gtk-im") || name.startsWith("gtk3-im") || name.startsWith("gtk4-im");
    boolean qt = name.equals("QIBusInputContext");
    boolean bridge = compositor || xim || program.isEmpty() || program.equals(PROXY);
    return new ClientKind(
        compositor || gtk,
        bridge,
        compositor,
        qt,
        xim,
        name.startsWith("fake"),
        bridge ? Handling.UNKNOWN : handling(qt, gtk),
        LateAnnouncers.include(name, program));
  }

  private static Handling handling(boolean qt, boolean gtk) {
    if (qt) {
      return Handling.IN_TURN;
    }
    return gtk ? Handling.MAY_NEST : Handling.UNKNOWN;
  }

  /** A reset may be all it says when a field without input method gains the focus. */
  boolean resetMayHideFocus() {
    return qt;
  }

  /**
   * It may take an answer before the signals that came ahead of it: Qt's {@code filterEvent} looks
   * at once whether its call has been answered, {@code ibus-x11} waits for the answer, and signals
   * wait for the event loop.
   */
  boolean answersOvertakeSignals() {
    return qt || xim;
  }

  /** Whether it may be given this key as a signal instead of an answer. */
  boolean takesForwarded(int keysym, int state) {
    return xim ? !ForwardedKeys.isRelease(state) : ForwardedKeys.include(keysym, state);
  }

  /** Whose terminals may be what the client's field is. */
  Reach terminals(Purpose purpose) {
    boolean terminal = purpose == Purpose.TERMINAL;
    if (bridge && (terminal || !announces)) {
      return Reach.EVERY;
    }
    if (typeFollowsFocus) {
      return Reach.NONE;
    }
    return terminal ? Reach.OWN_OR_EVERY : Reach.OWN;
  }

  /**
   * @param believed what it says of its fields is believed for now
   */
  FieldTraits traits(boolean believed) {
    return new FieldTraits(announces && believed, resetMayHideFocus(), typeFollowsFocus);
  }
}
