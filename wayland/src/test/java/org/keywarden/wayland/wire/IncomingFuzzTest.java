package org.keywarden.wayland.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Coverage-guided. As an ordinary test it runs the corpus; with {@code JAZZER_FUZZ=1} it looks for
 * more.
 */
final class IncomingFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void anyBytesAreReadOrRefused(byte[] bytes) {
    HostileBytes.read(bytes);
  }
}
