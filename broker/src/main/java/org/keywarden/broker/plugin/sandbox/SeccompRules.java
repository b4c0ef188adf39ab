package org.keywarden.broker.plugin.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.keywarden.broker.process.Confinement.Channel;

/**
 * Which system calls a confined process may not make (seccomp(2)). Calls newer than the table are
 * refused as if the kernel lacked them; calls of another architecture kill the process.
 */
final class SeccompRules {
  static final int EPERM = 1;
  static final int ENOSYS = 38;
  static final int EAFNOSUPPORT = 97;

  /** From here on numbers are the same on all architectures, and any may appear in a kernel. */
  static final int FIRST_COMMON = 424;

  static final int LAST_UNKNOWN = 1023;

  /** Refused whatever the arguments are. */
  private static final List<String> ALWAYS =
      List.of(
          // Looking into other processes.
          "ptrace",
          "process_vm_readv",
          "process_vm_writev",
          "process_madvise",
          "process_mrelease",
          "pidfd_open",
          "pidfd_getfd",
          "pidfd_send_signal",
          "kcmp",
          // Ways around this filter, and large attack surface.
          "io_uring_setup",
          "io_uring_enter",
          "io_uring_register",
          "bpf",
          "perf_event_open",
          "userfaultfd",
          "seccomp",
          "personality",
          "modify_ldt",
          "uselib",
          "lookup_dcookie",
          "remap_file_pages",
          // Keyrings are not in any namespace the sandbox makes.
          "add_key",
          "request_key",
          "keyctl",
          // Namespaces and mounts.
          "unshare",
          "setns",
          "mount",
          "umount",
          "umount2",
          "pivot_root",
          "chroot",
          "open_by_handle_at",
          "name_to_handle_at",
          "quotactl",
          "ustat",
          "sysfs",
          // Watching files is watching when somebody types.
          "inotify_init",
          "inotify_init1",
          "inotify_add_watch",
          "inotify_rm_watch",
          "fanotify_init",
          "fanotify_mark",
          // Memory placement across processes.
          "mbind",
          "set_mempolicy",
          "get_mempolicy",
          "migrate_pages",
          "move_pages",
          // The machine.
          "init_module",
          "finit_module",
          "delete_module",
          "create_module",
          "query_module",
          "get_kernel_syms",
          "kexec_load",
          "kexec_file_load",
          "reboot",
          "swapon",
          "swapoff",
          "syslog",
          "acct",
          "vhangup",
          "nfsservctl",
          "iopl",
          "ioperm",
          "settimeofday",
          "stime",
          "clock_settime",
          "clock_adjtime",
          "adjtimex",
          "sethostname",
          "setdomainname",
          "memfd_secret");

  private static final List<String> SYSV =
      List.of(
          "shmget",
          "shmat",
          "shmctl",
          "shmdt",
          "semget",
          "semop",
          "semctl",
          "semtimedop",
          "msgget",
          "msgsnd",
          "msgrcv",
          "msgctl");

  private static final List<String> QUEUES =
      List.of(
          "mq_open", "mq_unlink", "mq_timedsend", "mq_timedreceive", "mq_notify", "mq_getsetattr");

  private static final List<String> MEMORY_FILES = List.of("memfd_create");

  /** Newer calls that are harmless and in use. */
  static final List<String> COMMON_ALLOWED =
      List.of(
          "close_range",
          "openat2",
          "faccessat2",
          "epoll_pwait2",
          "futex_waitv",
          "fchmodat2",
          "cachestat",
          "map_shadow_stack",
          "futex_wake",
          "futex_wait",
          "futex_requeue",
          "mseal");

  private SeccompRules() {}

  /** Names of the calls refused with EPERM, given what the plugin declared. */
  static List<String> refused(Set<Channel> declared) {
    List<String> names = new ArrayList<>(ALWAYS);
    for (Channel channel : Channel.values()) {
      if (!declared.contains(channel)) {
        names.addAll(
            switch (channel) {
              case SYSV_IPC -> SYSV;
              case POSIX_QUEUES -> QUEUES;
              case MEMORY_FILES -> MEMORY_FILES;
              // The filter cannot read an address; the watch sees the name.
              case NAMED_SOCKETS -> List.<String>of();
            });
      }
    }
    return names;
  }

  /**
   * A call refused when one argument has a value.
   *
   * @param argument its index
   * @param mask which bits are compared; 0 for "anything but the value"
   */
  record Conditional(String name, int argument, long mask, long value, int error) {}

  static List<Conditional> conditional() {
    List<Conditional> rules = new ArrayList<>();
    // A 64-bit register carries a 32-bit request: compare what the kernel compares.
    long word = 0xFFFF_FFFFL;
    rules.add(new Conditional("ioctl", 1, word, 0x5412, EPERM)); // TIOCSTI
    rules.add(new Conditional("ioctl", 1, word, 0x541C, EPERM)); // TIOCLINUX
    rules.add(new Conditional("socket", 0, 0, 1, EAFNOSUPPORT)); // all but AF_UNIX
    rules.add(new Conditional("socketpair", 0, 0, 1, EAFNOSUPPORT));
    for (long flag :
        new long[] {
          0x0002_0000L, // CLONE_NEWNS
          0x0200_0000L, // CLONE_NEWCGROUP
          0x0400_0000L, // CLONE_NEWUTS
          0x0800_0000L, // CLONE_NEWIPC
          0x1000_0000L, // CLONE_NEWUSER
          0x2000_0000L, // CLONE_NEWPID
          0x4000_0000L // CLONE_NEWNET
        }) {
      rules.add(new Conditional("clone", 0, flag, flag, EPERM));
    }
    return rules;
  }
}
