package org.keywarden.broker.plugin.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.broker.process.Confinement;

/** What a process in a sandbox sees and may do. */
@Timeout(120)
final class SandboxTest extends SandboxScene {
  @ParameterizedTest
  @EnumSource
  void theProcessHasOnlyTheEnvironmentItWasGiven(SandboxPlan.Proc proc) throws Exception {
    String environment = run(proc, "export -p");
    assertTrue(environment.contains("GREETING='hello there'"), environment);
    assertFalse(environment.contains("JAVA"), environment);
    assertFalse(environment.contains("USER"), environment);
  }

  @ParameterizedTest
  @EnumSource
  void itInheritsNoDescriptor(SandboxPlan.Proc proc) throws Exception {
    String out =
        run(proc, "for i in 0 1 2 3 4 5 6 7 8 9; do [ -e /proc/self/fd/$i ] && echo $i; done");
    assertEquals(List.of("0", "1", "2"), out.lines().toList());
  }

  @ParameterizedTest
  @EnumSource
  void itSeesNoStatisticsOfTheMachine(SandboxPlan.Proc proc) throws Exception {
    String out =
        run(
            proc,
            "for f in stat interrupts softirqs uptime loadavg vmstat sys/kernel/hostname; do"
                + " read -r line 2>/dev/null </proc/$f && echo $f $line; done; echo end");
    assertEquals("end", out.strip());
  }

  /** Not even through the processes that made the sandbox. */
  @ParameterizedTest
  @EnumSource
  void itSeesNoNetworkButItsOwn(SandboxPlan.Proc proc) throws Exception {
    String out =
        run(
            proc,
            "for f in /proc/net/dev /proc/[0-9]*/net/dev; do while read -r name received rest; do"
                + " echo $name $received; done 2>/dev/null <$f; done");
    assertEquals(
        Set.of("lo: 0"),
        out.lines().filter(line -> line.contains(": ")).collect(Collectors.toSet()));
  }

  @Test
  void itsProcShowsItsOwnProcessesOnly() throws Exception {
    String out = run(SandboxPlan.Proc.OWN_PROCESSES, "echo $$ /proc/[0-9]* /proc/*");
    List<String> words = List.of(out.strip().split(" ", -1));
    assertEquals(List.of("/proc/" + words.getFirst()), words.subList(1, 2));
    assertEquals(
        Set.of("/proc/" + words.getFirst(), "/proc/self", "/proc/thread-self"),
        Set.copyOf(words.subList(2, words.size())));
  }

  @ParameterizedTest
  @EnumSource
  void itRunsAsNobodyOfImportance(SandboxPlan.Proc proc) throws Exception {
    String out =
        run(proc, "while read -r l; do echo \"$l\"; done </proc/self/status; echo; ulimit -c");
    assertTrue(out.contains("Uid:\t1000\t1000\t1000\t1000"), out);
    assertTrue(out.contains("CapEff:\t0000000000000000"), out);
    assertTrue(out.contains("CapBnd:\t0000000000000000"), out);
    assertTrue(out.contains("NoNewPrivs:\t1"), out);
    assertTrue(out.contains("Seccomp:\t2"), out);
    assertTrue(out.endsWith("\n0\n"), out);
  }

  @ParameterizedTest
  @EnumSource
  void itWritesNowhereButItsState(SandboxPlan.Proc proc) throws Exception {
    String out =
        run(
            proc,
            "for d in / /dev /dev/shm /usr/lib /etc /proc /bin; do"
                + " (: >$d/x) 2>/dev/null && echo $d; done; : >$STATE/x && echo state");
    assertEquals("state", out.strip());
  }

  @Test
  void nothingIsMountedWhereTheProcessCanRearrangeIt() {
    Path inside = state.resolve("socket");
    assertThrows(
        IllegalArgumentException.class,
        () -> new Confinement(List.of(), state, inside, Confinement.Limits.DEFAULT, Set.of()));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Confinement(
                List.of(state.resolve("lib")),
                state,
                socket,
                Confinement.Limits.DEFAULT,
                Set.of()));
  }

  @Test
  void declaredChannelsAndNoOthersAreLeftOpen() {
    List<String> without = SeccompRules.refused(Set.of());
    List<String> with = SeccompRules.refused(Set.of(Confinement.Channel.SYSV_IPC));
    assertTrue(without.containsAll(List.of("shmget", "mq_open", "memfd_create", "ptrace")));
    assertFalse(with.contains("shmget"));
    assertTrue(with.containsAll(List.of("mq_open", "memfd_create", "ptrace")));
  }
}
