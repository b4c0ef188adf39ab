package org.keywarden.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.hardening.ProcessSeal.Unprotected;

/** What is asked of the kernel, what is read back, and what is made of it. */
final class ProcessSealTest {
  private final FakeKernel kernel = new FakeKernel();
  private final FakeVirtualMachine jvm = new FakeVirtualMachine();

  /** Does what it is asked, but for what is refused. */
  private static final class FakeKernel implements Kernel {
    final Set<Measure> refused = EnumSet.noneOf(Measure.class);
    final Set<Measure> done = EnumSet.of(Measure.NOT_TRACED);

    @Override
    public void turnOffCoreFiles() {
      done.add(Measure.NO_CORE_FILE);
    }

    @Override
    public void makeNotDumpable() {
      done.add(Measure.NOT_DUMPABLE);
    }

    @Override
    public void ignoreQuit() {
      done.add(Measure.QUIT_IGNORED);
    }

    private boolean is(Measure measure) {
      return done.contains(measure) && !refused.contains(measure);
    }

    @Override
    public boolean coreFilesAreOff() {
      return is(Measure.NO_CORE_FILE);
    }

    @Override
    public boolean isNotDumpable() {
      return is(Measure.NOT_DUMPABLE);
    }

    @Override
    public boolean ignoresQuit() {
      return is(Measure.QUIT_IGNORED);
    }

    @Override
    public boolean isNotTraced() {
      return is(Measure.NOT_TRACED);
    }
  }

  private static final class FakeVirtualMachine implements VirtualMachine {
    final Set<String> on =
        new TreeSet<>(Set.of("DisableAttachMechanism", "SuppressFatalErrorMessage"));
    final List<String> given = new ArrayList<>(List.of("-Xmx64m"));

    @Override
    public boolean isOn(String option) {
      return on.contains(option);
    }

    @Override
    public List<String> arguments() {
      return given;
    }
  }

  private List<Measure> missing() {
    ProcessSeal seal = new ProcessSeal(kernel, jvm);
    seal.close();
    return seal.missing();
  }

  @Test
  void allIsInForceOnceClosed() throws Unprotected {
    new ProcessSeal(kernel, jvm).apply();
    assertEquals(List.of(), missing());
  }

  @Test
  void nothingIsTakenForGrantedBefore() {
    assertEquals(
        List.of(Measure.NO_CORE_FILE, Measure.NOT_DUMPABLE, Measure.QUIT_IGNORED),
        new ProcessSeal(kernel, jvm).missing());
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_CORE_FILE", "NOT_DUMPABLE", "NOT_TRACED", "QUIT_IGNORED"})
  void whatTheKernelDoesNotConfirmIsMissing(Measure measure) {
    kernel.refused.add(measure);
    assertEquals(List.of(measure), missing());
    Unprotected refused =
        assertThrows(Unprotected.class, () -> new ProcessSeal(kernel, jvm).apply());
    assertTrue(String.valueOf(refused.getMessage()).contains(measure.title()));
    assertTrue(String.valueOf(refused.getMessage()).contains(measure.means()));
  }

  @ParameterizedTest
  @CsvSource({
    "DisableAttachMechanism, NO_ATTACH",
    "SuppressFatalErrorMessage, NO_CRASH_REPORT",
    "EnableDynamicAgentLoading, NO_ATTACH",
    "CreateCoredumpOnCrash, NO_CRASH_REPORT",
    "HeapDumpOnOutOfMemoryError, NO_CRASH_REPORT",
    "UsePerfData, NO_COUNTER_FILE",
    "ManagementServer, NO_AGENT"
  })
  void anOptionTheOtherWayRoundIsMissing(String option, Measure measure) {
    if (!jvm.on.remove(option)) {
      jvm.on.add(option);
    }
    assertEquals(List.of(measure), missing());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n",
        "-agentpath:/tmp/x.so",
        "-javaagent:/tmp/x.jar",
        "-Xrunjdwp:server=y",
        "-Dcom.sun.management.jmxremote.port=1"
      })
  void anAgentWhoeverNamedItIsFound(String argument) {
    jvm.given.add(argument);
    assertEquals(List.of(Measure.NO_AGENT), missing());
  }
}
