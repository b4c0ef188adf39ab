package org.keywarden.planted.plugin;

import com.google.inject.Inject;
import java.io.IOException;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A plugin package that starts processes, knows Guice and Bouncy Castle. */
final class StartsAProcess {
  @Inject
  StartsAProcess() {}

  Process start() throws IOException {
    return new ProcessBuilder("true").start();
  }

  int keySize() {
    byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
    return Ed25519.validatePublicKeyFull(key, 0) ? key.length : 0;
  }
}
