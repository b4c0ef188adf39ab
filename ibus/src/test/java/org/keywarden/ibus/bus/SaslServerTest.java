package org.keywarden.ibus.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The dialogues seen of real clients, and those of dishonest ones. */
final class SaslServerTest {
  private static final String GUID = "0123456789abcdef0123456789abcdef";
  private final SaslServer sasl = new SaslServer(1000, GUID);

  @Test
  void gdbusAsksForTheMechanismsFirst() {
    assertEquals("REJECTED EXTERNAL", sasl.line("AUTH"));
    assertEquals("OK " + GUID, sasl.line("AUTH EXTERNAL 31303030"));
    assertTrue(String.valueOf(sasl.line("NEGOTIATE_UNIX_FD")).startsWith("ERROR"));
    assertNull(sasl.line("BEGIN"));
    assertTrue(sasl.begun());
  }

  @Test
  void sdBusSendsEverythingAtOnceAndNoIdentity() {
    assertEquals("DATA", sasl.line("AUTH EXTERNAL"));
    assertEquals("OK " + GUID, sasl.line("DATA"));
    assertTrue(String.valueOf(sasl.line("NEGOTIATE_UNIX_FD")).startsWith("ERROR"));
    assertNull(sasl.line("BEGIN"));
    assertTrue(sasl.begun());
  }

  @Test
  void anotherUsersIdentityIsRejected() {
    assertEquals("REJECTED EXTERNAL", sasl.line("AUTH EXTERNAL 30"));
    assertEquals("REJECTED EXTERNAL", sasl.line("AUTH EXTERNAL zz"));
    assertEquals("REJECTED EXTERNAL", sasl.line("AUTH ANONYMOUS"));
    assertFalse(sasl.begun());
  }

  @Test
  void beginBeforeAuthenticationFails() {
    sasl.line("BEGIN");
    assertTrue(sasl.failed());
  }

  @Test
  void guessingEnds() {
    for (int i = 0; i < 6; i++) {
      sasl.line("AUTH EXTERNAL 30");
    }
    assertTrue(sasl.failed());
  }
}
