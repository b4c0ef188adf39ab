package org.keywarden.broker.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a confined process may reach; everything else it may not.
 *
 * @param readable files and directories it may read, absolute, none below {@code state}
 * @param programs files it may run beside its own program and what is below {@code readable};
 *     absolute, links followed
 * @param examined those of {@code readable} that came with the program: they are what their paths
 *     say, without a link, and what is in them is looked at as long as it runs
 * @param state directory it may write, null for none
 * @param socket the one socket it may connect to
 * @param channels channels it may use beside that socket
 */
public record Confinement(
    List<Path> readable,
    List<Path> programs,
    List<Examined> examined,
    @Nullable Path state,
    Path socket,
    Limits limits,
    Set<Channel> channels) {
  public Confinement {
    readable = List.copyOf(readable);
    programs = List.copyOf(programs);
    examined = List.copyOf(examined);
    channels = Set.copyOf(channels);
    Path own = state;
    if (own != null
        && (socket.startsWith(own) || anyBelow(readable, own) || anyBelow(programs, own))) {
      throw new IllegalArgumentException(
          "nothing may be mounted below " + own + ", which the process itself can rearrange");
    }
  }

  /** For a process that runs no other program. */
  public Confinement(
      List<Path> readable,
      List<Examined> examined,
      @Nullable Path state,
      Path socket,
      Limits limits,
      Set<Channel> channels) {
    this(readable, List.of(), examined, state, socket, limits, channels);
  }

  /** For a process that nothing came with that is not the system's or ours. */
  public Confinement(
      List<Path> readable,
      @Nullable Path state,
      Path socket,
      Limits limits,
      Set<Channel> channels) {
    this(readable, List.of(), state, socket, limits, channels);
  }

  /** Files shown to the process, and what they are for. */
  public record Examined(Path path, Finding.Place place) {}

  private static boolean anyBelow(List<Path> paths, Path directory) {
    return paths.stream().anyMatch(path -> path.startsWith(directory));
  }

  /** A way to hand data on that a plugin has to declare. All are private to its namespaces. */
  public enum Channel {
    /** System V shared memory, semaphores, message queues (sysvipc(7)). */
    SYSV_IPC,
    /** POSIX message queues (mq_overview(7)). */
    POSIX_QUEUES,
    /** Files without a name (memfd_create(2)). */
    MEMORY_FILES,
    /** Unix sockets with an abstract name, or a path below the sandbox's own {@code /tmp}. */
    NAMED_SOCKETS
  }

  /**
   * How much it may use.
   *
   * @param memoryBytes of private memory, for each of its processes
   * @param processes processes and threads together
   * @param files open descriptors, for each process
   * @param stateBytes in its state directory
   */
  public record Limits(long memoryBytes, int processes, int files, long stateBytes) {
    private static final long MIB = 1 << 20;

    /** For a plugin whose manifest says nothing. */
    public static final Limits DEFAULT = new Limits(512 * MIB, 128, 256, 256 * MIB);
  }
}
