package org.keywarden.broker.budget;

/**
 * The bounds of all doors, in one place, with their reasons. docs/decisions/0070 has their sum
 * against the heap that is shipped.
 */
public record Limits(Bound connections, Bound contexts, Bound calls, Bound bytes) {
  /**
   * A bound.
   *
   * @param each what one process may hold
   * @param total what all may hold together
   */
  public record Bound(long each, long total) {
    public Bound {
      if (each < 0 || total < each) {
        throw new IllegalArgumentException(each + " of one, but " + total + " in all");
      }
    }
  }

  private static final long KIB = 1_024;
  private static final long MIB = 1_024 * KIB;

  /**
   * Applications: the IBus socket, the portal and the host socket together.
   *
   * <ul>
   *   <li>Connections: a toolkit opens one or two in a process, a compositor three; a desktop has
   *       some 40 processes that type.
   *   <li>Contexts: GTK makes one for each text widget that had the focus; the largest seen was a
   *       browser with 300. A client may have 1,024 in one connection besides.
   *   <li>Calls: an adapter needs one.
   *   <li>Bytes: one message of IBus has 1 MiB at most, and none is left half sent by an honest
   *       toolkit.
   * </ul>
   */
  public static final Limits APPLICATIONS =
      new Limits(
          new Bound(32, 512),
          new Bound(2_048, 5_120),
          new Bound(16, 64),
          new Bound(2 * MIB, 8 * MIB));

  /**
   * Plugins and the trusted keyboard, on sockets of their own: one connection each, a second while
   * a helper takes over; calls: one session, one composition, one derivation, and those that end.
   */
  public static final Limits PLUGINS =
      new Limits(new Bound(4, 64), new Bound(0, 0), new Bound(12, 64), new Bound(MIB, 4 * MIB));

  /** The user's tools: a command makes one connection and one call; the report page a few. */
  public static final Limits TOOLS =
      new Limits(new Bound(16, 64), new Bound(0, 0), new Bound(20, 32), new Bound(MIB, 2 * MIB));

  Bound of(Resource what) {
    return switch (what) {
      case CONNECTIONS -> connections;
      case CONTEXTS -> contexts;
      case CALLS -> calls;
      case BYTES -> bytes;
    };
  }

  /** Bytes that one of each takes at most, measured and rounded up; bytes count as they are. */
  static long cost(Resource what) {
    return switch (what) {
      case CONNECTIONS -> 20 * KIB;
      case CONTEXTS -> 2 * KIB;
      case CALLS -> 96 * KIB;
      case BYTES -> 1;
    };
  }
}
