package org.keywarden.broker.frontdoor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The programs seen since the broker started, those the user allowed to compose although they never
 * say what their fields are for, and those the user keeps input methods out of. Seat's thread.
 */
public final class Applications {
  private static final int MOST_SEEN = 256;

  /** What the kernel appends to a program's path once an update has replaced the file. */
  private static final String REPLACED = " (deleted)";

  private final Map<Seen, Boolean> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Seen, Boolean> eldest) {
          return size() > MOST_SEEN;
        }
      };
  private final ProgramList allowed;
  private final ProgramList keptOut;

  /**
   * An application that connected.
   *
   * @param name what it calls itself
   * @param executable the kernel's word for its program, empty if unknown
   */
  public record Seen(String name, String executable) {}

  private Applications(ProgramList allowed, ProgramList keptOut) {
    this.allowed = allowed;
    this.keptOut = keptOut;
  }

  /**
   * Reads what the user said before.
   *
   * @param directory of the files {@code allowed-applications} and {@code kept-out-applications}; a
   *     file that is not there holds none
   * @throws IOException if a file cannot be read, or a line of it is no path; the message says what
   *     to do
   */
  public static Applications read(Path directory) throws IOException {
    return new Applications(
        ProgramList.read(directory.resolve("allowed-applications")),
        ProgramList.read(directory.resolve("kept-out-applications")));
  }

  /**
   * Remembers that an application connected.
   *
   * @param announces whether it says what its fields are for
   */
  public void saw(String name, String executable, boolean announces) {
    seen.put(new Seen(name, current(executable)), announces);
  }

  /** Those seen, oldest first, with whether they say what their fields are for. */
  public Map<Seen, Boolean> seen() {
    return new LinkedHashMap<>(seen);
  }

  /** Whether one that was seen says what its fields are for; false for one that was not. */
  public boolean announces(String name, String executable) {
    return seen.getOrDefault(new Seen(name, current(executable)), false);
  }

  /** The programs allowed, in order of their paths. */
  public List<String> allowed() {
    return allowed.all();
  }

  /** The programs that input methods are kept out of, in order of their paths. */
  public List<String> keptOut() {
    return keptOut.all();
  }

  /** Whether the user allowed the program. */
  public boolean isAllowed(String executable) {
    return allowed.has(current(executable));
  }

  /** Whether the user keeps input methods out of the program. */
  public boolean isKeptOut(String executable) {
    return keptOut.has(current(executable));
  }

  /** The program's path without what the kernel says of a file that was replaced. */
  public static String current(String executable) {
    return executable.endsWith(REPLACED)
        ? executable.substring(0, executable.length() - REPLACED.length())
        : executable;
  }

  /** Whether a program can be allowed or kept out of: an absolute path of at most 4,096 bytes. */
  public static boolean isProgram(String path) {
    return ProgramList.isProgram(path);
  }

  /**
   * Allows a program, or takes that back; from its next focus on.
   *
   * @throws IOException if that holds only until the broker ends, or not at all since 1,024
   *     programs are allowed already; the message says which
   * @throws IllegalArgumentException if it is no program's path
   */
  public void allow(String executable, boolean now) throws IOException {
    allowed.set(executable, now);
  }

  /** Keeps input methods out of a program, or takes that back; as {@link #allow}. */
  public void keepOut(String executable, boolean now) throws IOException {
    keptOut.set(executable, now);
  }
}
