package org.keywarden.conformance.probe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class ProbeIT {
  @TestFactory
  Stream<DynamicTest> probes(@TempDir Path work) throws Exception {
    Path dist = Path.of(System.getProperty("keywarden.dist", ""));
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    List<String> byRootOnly = ProbeRun.provenByRootOnly();
    return ProbeRun.run(dist, work).stream()
        .flatMap(
            result ->
                Stream.of(
                    DynamicTest.dynamicTest(
                        result.name() + ": refused in the sandbox",
                        () -> assertTrue(result.refused(), result.inside())),
                    DynamicTest.dynamicTest(
                        result.name() + ": would succeed without it",
                        () ->
                            assertTrue(
                                result.proven() || (!root && byRootOnly.contains(result.name())),
                                result.outside()))));
  }
}
