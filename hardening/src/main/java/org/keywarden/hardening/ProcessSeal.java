package org.keywarden.hardening;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keeps this process's memory to itself. Two steps, for asking the JVM about itself takes a while:
 * {@link #close} before the process learns anything, {@link #verify} before it learns a secret.
 */
public final class ProcessSeal {
  /** A process that is not protected must not see secrets. The message is a sentence. */
  public static final class Unprotected extends Exception {
    public Unprotected(String message) {
      super(message);
    }
  }

  private static final List<String> AGENTS =
      List.of(
          "-javaagent",
          "-agentlib",
          "-agentpath",
          "-Xrun",
          "-Dcom.sun.management.",
          "-XX:+ManagementServer");

  private final Kernel kernel;
  private final VirtualMachine jvm;

  ProcessSeal(Kernel kernel, VirtualMachine jvm) {
    this.kernel = kernel;
    this.jvm = jvm;
  }

  /** Of the process this runs in. */
  public static ProcessSeal ofThisProcess() {
    return new ProcessSeal(new LinuxKernel(), new HotSpot());
  }

  /**
   * Asks the kernel, for good. Whoever wants to know who owns {@code /proc/self} has to ask before:
   * it is root's from now on.
   */
  public void close() {
    kernel.makeNotDumpable();
    kernel.turnOffCoreFiles();
    kernel.ignoreQuit();
  }

  /**
   * Reads every measure back.
   *
   * @throws Unprotected if one is not in force
   */
  public void verify() throws Unprotected {
    List<Measure> missing = missing();
    if (!missing.isEmpty()) {
      throw new Unprotected(
          missing.stream()
              .map(each -> "'" + each.title() + "' is not in force: " + each.means())
              .collect(Collectors.joining("; ", "its memory is not protected: ", "")));
    }
  }

  /** Both steps. */
  public void apply() throws Unprotected {
    close();
    verify();
  }

  /** The measures that are not in force now. */
  public List<Measure> missing() {
    List<Measure> missing = new ArrayList<>();
    for (Measure each : Measure.values()) {
      if (!isInForce(each)) {
        missing.add(each);
      }
    }
    return missing;
  }

  private boolean isInForce(Measure measure) {
    return switch (measure) {
      case NO_CORE_FILE -> kernel.coreFilesAreOff();
      case NOT_DUMPABLE -> kernel.isNotDumpable();
      case NOT_TRACED -> kernel.isNotTraced();
      case QUIT_IGNORED -> kernel.ignoresQuit();
      case NO_ATTACH ->
          jvm.isOn("DisableAttachMechanism") && !jvm.isOn("EnableDynamicAgentLoading");
      case NO_CRASH_REPORT ->
          jvm.isOn("SuppressFatalErrorMessage")
              && !jvm.isOn("CreateCoredumpOnCrash")
              && !jvm.isOn("HeapDumpOnOutOfMemoryError");
      case NO_COUNTER_FILE -> !jvm.isOn("UsePerfData");
      case NO_AGENT ->
          !jvm.isOn("ManagementServer")
              && jvm.arguments().stream()
                  .noneMatch(given -> AGENTS.stream().anyMatch(given::startsWith));
    };
  }
}
