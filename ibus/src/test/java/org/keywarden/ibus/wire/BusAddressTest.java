package org.keywarden.ibus.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unix:path=/run/user/1000/bus | /run/user/1000/bus",
        "unix:path=/run/bus,guid=0123456789abcdef0123456789abcdef | /run/bus",
        "tcp:host=localhost,port=1;unix:path=/b | /b",
        "unix:guid=01,path=/a%20b%c3%a9 | /a bé"
      })
  void theFirstSocketCounts(String addresses, String name) {
    assertEquals(Optional.of(new BusAddress(name)), BusAddress.first(addresses));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "unix:", "unix:tmpdir=/tmp", "tcp:host=h", "unix:path=/a%2", "path=/a"})
  void othersAreNone(String addresses) {
    assertEquals(Optional.empty(), BusAddress.first(addresses));
  }

  @org.junit.jupiter.api.Test
  void anAbstractNameBeginsWithZero() {
    assertEquals(
        Optional.of(new BusAddress("\0/tmp/dbus-x")),
        BusAddress.first("unix:abstract=/tmp/dbus-x"));
  }
}
