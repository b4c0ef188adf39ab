package org.keywarden.conformance.stranger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The stranger's process: prints {@code done} and what it got away with, then waits for its end.
 */
public final class Stranger {
  /** What its output begins with once its work is done. */
  public static final String DONE = "done ";

  private Stranger() {}

  /**
   * @param arguments name of a misdeed, the socket it is done at, numbers it takes; of none of
   *     these has {@code compute} any
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("compute")) {
      compute();
      return;
    }
    Path socket = Path.of(arguments[1]);
    int[] numbers = Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
    // Held until the end, since a closed connection gives back what it took.
    List<?> taken = does(arguments[0], socket, numbers);
    System.out.println(DONE + taken.size());
    while (System.in.read() >= 0) {
      // Nothing is told to it but the end.
      continue;
    }
    System.exit(taken.isEmpty() ? 1 : 0);
  }

  /** Harms nobody, but takes a processor until it is told to end. */
  private static void compute() throws IOException {
    System.out.println(DONE + 1);
    Thread.ofPlatform().daemon().start(Stranger::spin);
    while (System.in.read() >= 0) {
      // Nothing is told to it but the end.
      continue;
    }
  }

  private static void spin() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  private static List<?> does(String misdeed, Path socket, int... n) throws IOException {
    return switch (misdeed) {
      case "connect" -> Floods.connections(socket, n[0]);
      case "reconnect" -> Floods.succession(socket, n[0], 0);
      case "half-request" -> Floods.halfRequests(socket, n[0]);
      case "unread-calls" -> Floods.unreadCalls(socket, n[0], n[1]);
      case "greet" -> DoorFloods.greeted(socket, n[0]);
      case "texts" -> DoorFloods.texts(socket, n[0], n[1]);
      case "unfinished" -> DoorFloods.unfinished(socket, n[0], n[1]);
      case "destroyed" -> DoorFloods.destroyed(socket, n[0]);
      case "refocus" -> DoorFloods.refocused(socket);
      case "keys" -> DoorFloods.keys(socket);
      case "portal" -> DoorFloods.portal(socket, n[0], n[1]);
      case "descriptors" -> TerminalFloods.descriptors(socket, n[0], n[1]);
      case "terminals" -> TerminalFloods.terminals(socket, n[0], n[1]);
      case "stalled-root" -> StalledRoot.typing(socket, n[0], n[1]);
      default -> throw new IllegalArgumentException("unknown misdeed " + misdeed);
    };
  }
}
