package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.keywarden.broker.process.Confinement.Channel;

/** Compiles {@link SeccompRules} with libseccomp (seccomp_init(3) and what it lists). */
final class Libseccomp {
  private static final String LIBRARY = "libseccomp.so.2";
  private static final int ALLOW = 0x7FFF_0000;
  private static final int KILL_PROCESS = 0x8000_0000;
  private static final int ERRNO = 0x0005_0000;
  private static final int ATTRIBUTE_BAD_ARCHITECTURE = 2;
  private static final int ATTRIBUTE_OPTIMIZE = 8;
  private static final int BINARY_TREE = 2;
  private static final int COMPARE_NOT_EQUAL = 1;
  private static final int COMPARE_MASKED_EQUAL = 7;
  private static final int NO_SUCH_CALL = -1;
  private static final long COMPARISON_BYTES = 24;
  private static final int OWNER_ONLY = 0600;

  private final MethodHandle init;
  private final MethodHandle release;
  private final MethodHandle attribute;
  private final MethodHandle resolve;
  private final MethodHandle addRule;
  private final MethodHandle export;
  private final MethodHandle create;
  private final MethodHandle close;

  private Libseccomp(SymbolLookup library, Linker linker) {
    ValueLayout.OfInt number = ValueLayout.JAVA_INT;
    ValueLayout address = ValueLayout.ADDRESS;
    init = find(linker, library, "seccomp_init", FunctionDescriptor.of(address, number));
    release = find(linker, library, "seccomp_release", FunctionDescriptor.ofVoid(address));
    attribute =
        find(
            linker,
            library,
            "seccomp_attr_set",
            FunctionDescriptor.of(number, address, number, number));
    resolve =
        find(
            linker,
            library,
            "seccomp_syscall_resolve_name",
            FunctionDescriptor.of(number, address));
    addRule =
        find(
            linker,
            library,
            "seccomp_rule_add_array",
            FunctionDescriptor.of(number, address, number, number, number, address));
    export =
        find(linker, library, "seccomp_export_bpf", FunctionDescriptor.of(number, address, number));
    create =
        find(
            linker,
            linker.defaultLookup(),
            "creat",
            FunctionDescriptor.of(number, address, number));
    close = find(linker, linker.defaultLookup(), "close", FunctionDescriptor.of(number, number));
  }

  private static MethodHandle find(
      Linker linker, SymbolLookup library, String name, FunctionDescriptor type) {
    return linker.downcallHandle(library.find(name).orElseThrow(), type);
  }

  /**
   * @throws IOException if the library is not installed; the message says what to install
   */
  static Libseccomp load() throws IOException {
    try {
      return new Libseccomp(
          SymbolLookup.libraryLookup(LIBRARY, Arena.global()), Linker.nativeLinker());
    } catch (IllegalArgumentException absent) {
      throw new IOException(LIBRARY + " is not installed (Debian: libseccomp2)", absent);
    }
  }

  /**
   * Writes the filter for a process that declared these channels, as bubblewrap reads it.
   *
   * @throws IOException if it cannot be built or written
   */
  void write(Path file, Set<Channel> declared) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment filter = (MemorySegment) init.invokeExact(ALLOW);
      try {
        fill(filter, declared, arena);
        int descriptor = (int) create.invokeExact(arena.allocateFrom(file.toString()), OWNER_ONLY);
        check(Math.min(descriptor, 0), "create " + file);
        try {
          check((int) export.invokeExact(filter, descriptor), "write " + file);
        } finally {
          check((int) close.invokeExact(descriptor), "close " + file);
        }
      } finally {
        release.invokeExact(filter);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("the system call filter cannot be built", e);
    }
  }

  private void fill(MemorySegment filter, Set<Channel> declared, Arena arena) throws Throwable {
    check(
        (int) attribute.invokeExact(filter, ATTRIBUTE_BAD_ARCHITECTURE, KILL_PROCESS),
        "refuse other architectures");
    check((int) attribute.invokeExact(filter, ATTRIBUTE_OPTIMIZE, BINARY_TREE), "optimise");
    Set<Integer> decided = new HashSet<>();
    for (String name : SeccompRules.COMMON_ALLOWED) {
      decided.add(number(name, arena));
    }
    for (String name : SeccompRules.refused(declared)) {
      int call = number(name, arena);
      if (call != NO_SUCH_CALL && decided.add(call)) {
        add(filter, SeccompRules.EPERM, call, MemorySegment.NULL);
      }
    }
    add(filter, SeccompRules.ENOSYS, number("clone3", arena), MemorySegment.NULL);
    decided.add(number("clone3", arena));
    for (int call = SeccompRules.FIRST_COMMON; call <= SeccompRules.LAST_UNKNOWN; call++) {
      if (decided.add(call)) {
        add(filter, SeccompRules.ENOSYS, call, MemorySegment.NULL);
      }
    }
    for (SeccompRules.Conditional rule : SeccompRules.conditional()) {
      add(filter, rule.error(), number(rule.name(), arena), comparison(rule, arena));
    }
  }

  private int number(String name, Arena arena) throws Throwable {
    return (int) resolve.invokeExact(arena.allocateFrom(name));
  }

  private void add(MemorySegment filter, int error, int call, MemorySegment comparison)
      throws Throwable {
    int comparisons = comparison.equals(MemorySegment.NULL) ? 0 : 1;
    check(
        (int) addRule.invokeExact(filter, ERRNO | error, call, comparisons, comparison),
        "refuse system call " + call);
  }

  /** {@code struct scmp_arg_cmp}: argument, operator, two 64-bit values. */
  private static MemorySegment comparison(SeccompRules.Conditional rule, Arena arena) {
    MemorySegment comparison = arena.allocate(COMPARISON_BYTES, Long.BYTES);
    boolean masked = rule.mask() != 0;
    comparison.set(ValueLayout.JAVA_INT, 0, rule.argument());
    comparison.set(ValueLayout.JAVA_INT, 4, masked ? COMPARE_MASKED_EQUAL : COMPARE_NOT_EQUAL);
    comparison.set(ValueLayout.JAVA_LONG, 8, masked ? rule.mask() : rule.value());
    comparison.set(ValueLayout.JAVA_LONG, 16, masked ? rule.value() : 0);
    return comparison;
  }

  private static void check(int result, String what) throws IOException {
    if (result < 0) {
      throw new IOException("cannot " + what + ": libseccomp or the kernel says " + result);
    }
  }
}
