package org.keywarden.broker.frontdoor.ibus.session;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What applications may do at the door, in any order. As an ordinary test it runs random scripts
 * and the corpus; with {@code JAZZER_FUZZ=1} the second is coverage-guided and looks for more.
 */
final class DoorFuzzTest {
  private static final long SEED = 20_261_123;
  private static final int SCRIPTS = 3_000;
  private static final int LONGEST = 600;

  @Test
  void randomScriptsLeaveNoKeyUnanswered() {
    Random random = new Random(SEED);
    for (int i = 0; i < SCRIPTS; i++) {
      byte[] script = new byte[random.nextInt(LONGEST)];
      random.nextBytes(script);
      DoorMachine.run(script);
    }
  }

  @FuzzTest(maxDuration = "10m")
  void anyScriptLeavesNoKeyUnanswered(byte[] script) {
    DoorMachine.run(script);
  }
}
