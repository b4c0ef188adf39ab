package org.keywarden.ime;

import org.keywarden.proto.input.v1.Key;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.plugin.v1.ComposeResponse;
import org.keywarden.proto.plugin.v1.KeyDelivery;

/** Keys as the broker delivers them. */
final class WireKeys {
  private WireKeys() {}

  static ComposeResponse press(long sequence, int keysym) {
    return of(sequence, keysym, KeyAction.KEY_ACTION_PRESS);
  }

  static ComposeResponse of(long sequence, int keysym, KeyAction action) {
    return ComposeResponse.newBuilder()
        .setKey(
            KeyDelivery.newBuilder()
                .setSequence(sequence)
                .setKey(
                    Key.newBuilder()
                        .setKeysym(keysym)
                        .setKeycode(38)
                        .setModifiers(1)
                        .setAction(action)))
        .build();
  }
}
