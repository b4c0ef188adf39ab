package org.keywarden.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class ConformanceIT {
  @TestFactory
  Stream<DynamicTest> attacks(@TempDir Path work) {
    Path dist = Path.of(System.getProperty("keywarden.dist", ""));
    Conformance conformance = new Conformance(dist, work, Length.SHORT);
    return Conformance.catalogue().stream()
        .map(attack -> DynamicTest.dynamicTest(attack.title(), () -> hold(conformance, attack)))
        .onClose(conformance::close);
  }

  private static void hold(Conformance conformance, Attack attack) throws Exception {
    Result result = conformance.run(attack);
    assertTrue(result.passed(), () -> attack.description() + " Observed: " + result.observed());
  }
}
