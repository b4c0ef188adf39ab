package org.keywarden.broker.frontdoor.ibus.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch.Reach;
import org.keywarden.broker.seat.Purpose;

/** What a client's program takes away from what its name claims. */
final class ClientKindTest {
  private static Reach reach(String name, String executable, Purpose purpose) {
    return ClientKind.of(name, executable).terminals(purpose);
  }

  @Test
  void aProgramThatReordersAnnouncesNothing() {
    assertTrue(ClientKind.of("gtk3-im:app", "/usr/bin/app").announces());
    assertFalse(ClientKind.of("gtk3-im:app", "/usr/libexec/ibus-portal").announces());
    assertFalse(ClientKind.of("gnome-shell", "/usr/libexec/ibus-portal").announces());
  }

  @Test
  void terminalsBehindAProxyMayBeAny() {
    for (String program :
        new String[] {"/usr/bin/xdg-dbus-proxy", "", "/usr/libexec/ibus-portal"}) {
      assertEquals(Reach.EVERY, reach("SDL2_Application", program, Purpose.FREE_FORM));
      assertEquals(Reach.EVERY, reach("gtk3-im:app", program, Purpose.TERMINAL));
    }
    assertTrue(ClientKind.of("gtk3-im:app", "/usr/bin/xdg-dbus-proxy").announces());
    assertEquals(Reach.OWN, reach("gtk3-im:app", "/usr/bin/xdg-dbus-proxy", Purpose.FREE_FORM));
  }

  @Test
  void anApplicationHasItsOwnTerminals() {
    assertEquals(Reach.OWN, reach("SDL2_Application", "/usr/bin/game", Purpose.FREE_FORM));
    assertEquals(Reach.OWN_OR_EVERY, reach("gtk3-im:app", "/usr/bin/app", Purpose.TERMINAL));
    assertEquals(Reach.EVERY, reach("xim", "/usr/libexec/ibus-x11", Purpose.FREE_FORM));
    assertEquals(Reach.NONE, reach("gnome-shell", "/usr/bin/gnome-shell", Purpose.FREE_FORM));
    assertEquals(Reach.EVERY, reach("gnome-shell", "/usr/bin/gnome-shell", Purpose.TERMINAL));
  }

  @Test
  void ibusX11TakesAnyKeyBehindTextAsASignalAndQtWhatWritesOrMoves() {
    int left = 0xFF51;
    int control = 4;
    int release = 1 << 30;
    ClientKind xim = ClientKind.of("xim", "/usr/libexec/ibus-x11");
    assertTrue(xim.answersOvertakeSignals());
    assertTrue(xim.takesForwarded(left, 0));
    assertTrue(xim.takesForwarded('s', control));
    assertFalse(xim.takesForwarded(left, release));
    ClientKind qt = ClientKind.of("QIBusInputContext", "/usr/bin/app");
    assertTrue(qt.answersOvertakeSignals());
    assertTrue(qt.takesForwarded(left, 0));
    assertFalse(qt.takesForwarded('s', control));
    assertFalse(ClientKind.of("gtk3-im:app", "/usr/bin/app").answersOvertakeSignals());
  }
}
