package org.keywarden.broker.plugin.pack;

import java.io.IOException;

/** A pack that is refused; the message says why. */
public final class BadPack extends IOException {
  private static final long serialVersionUID = 1;

  BadPack(String message) {
    super(message);
  }
}
