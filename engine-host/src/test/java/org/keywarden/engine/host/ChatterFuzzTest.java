package org.keywarden.engine.host;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Coverage-guided. As an ordinary test it runs the corpus; with {@code JAZZER_FUZZ=1} it looks for
 * more.
 */
final class ChatterFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void whateverAnEngineSaysIsShownWithinBoundsOrRefused(byte[] bytes) {
    new Chatter(bytes).talk();
  }
}
