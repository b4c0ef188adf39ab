package org.keywarden.broker.frontdoor.accessibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.broker.budget.Holder;

class FocusedObjectTest {
  @Test
  void aLineIsRead() {
    assertEquals(
        Optional.of(new FocusedObject(new Holder.Kin(42, 4_200).number(), true, 123)),
        FocusedObject.of("focus 42 4200 secret 123"));
    assertEquals(
        Optional.of(new FocusedObject(new Holder.Kin(42, 4_200).number(), false, 123)),
        FocusedObject.of("focus 42 4200 plain 123"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "listening",
        "focus 42 4200 secret",
        "focus 42 4200 maybe 123",
        "focus 0 4200 secret 123",
        "focus -42 4200 secret 123",
        "focus 42 4200 secret 123 4",
        " focus 42 4200 secret 123",
        "focus 42 4200 secret 9999999999999999999",
        "focus 99999999999 4200 secret 123"
      })
  void anythingElseIsNone(String line) {
    assertEquals(Optional.empty(), FocusedObject.of(line));
  }

  @Test
  void theOldestGivesWay() {
    FocusedObjects objects = new FocusedObjects(() -> 0);
    for (int i = 0; i < 513; i++) {
      objects.take(new FocusedObject(i, true, i));
    }
    assertNull(objects.of(0));
    assertEquals(new FocusedObject(1, true, 1), objects.of(1));
    assertEquals(new FocusedObject(512, true, 512), objects.latest());
  }
}
