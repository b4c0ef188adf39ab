package org.keywarden.broker.frontdoor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.keywarden.broker.files.HeldFile;

/**
 * The programs seen since the broker started, and those the user allowed to compose although they
 * never say what their fields are for. The latter are kept in a file, a path a line. Seat's thread.
 */
public final class Applications {
  private static final int MOST_SEEN = 256;
  private static final int MOST_ALLOWED = 1_024;
  private static final int LONGEST = 4_096;

  /** What the kernel appends to a program's path once an update has replaced the file. */
  private static final String REPLACED = " (deleted)";

  private final Path file;
  private final Map<Seen, Boolean> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Seen, Boolean> eldest) {
          return size() > MOST_SEEN;
        }
      };
  private final TreeSet<String> allowed = new TreeSet<>();

  /**
   * An application that connected.
   *
   * @param name what it calls itself
   * @param executable the kernel's word for its program, empty if unknown
   */
  public record Seen(String name, String executable) {}

  private Applications(Path file) {
    this.file = file;
  }

  /**
   * Reads what was allowed before; a file that is not there allows nothing.
   *
   * @throws IOException if the file cannot be read, or a line of it is no path; the message says
   *     what to do
   */
  public static Applications read(Path file) throws IOException {
    Applications applications = new Applications(file);
    try {
      int number = 0;
      for (String line : text(file).lines().toList()) {
        number++;
        if (!isProgram(line) || applications.allowed.size() >= MOST_ALLOWED) {
          throw new IOException(
              file + ":" + number + ": not a program's path, or too many; mend or remove the file");
        }
        applications.allowed.add(line);
      }
    } catch (NoSuchFileException nothingAllowed) {
      return applications;
    }
    return applications;
  }

  private static String text(Path file) throws IOException {
    return new String(HeldFile.read(file, MOST_ALLOWED * (LONGEST + 1)), StandardCharsets.UTF_8);
  }

  /**
   * Whether it can be allowed: an absolute path of at most 4,096 bytes without control characters.
   */
  public static boolean isProgram(String path) {
    return path.startsWith("/")
        && path.getBytes(StandardCharsets.UTF_8).length <= LONGEST
        && path.codePoints().noneMatch(Character::isISOControl);
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

  /** The programs allowed, in order of their paths. */
  public List<String> allowed() {
    return new ArrayList<>(allowed);
  }

  /** Whether the user allowed the program. */
  public boolean isAllowed(String executable) {
    return allowed.contains(current(executable));
  }

  private static String current(String executable) {
    return executable.endsWith(REPLACED)
        ? executable.substring(0, executable.length() - REPLACED.length())
        : executable;
  }

  /**
   * Allows a program, or takes that back; from its next focus on.
   *
   * @throws IOException if that holds only until the broker ends, or not at all since 1,024
   *     programs are allowed already; the message says which
   * @throws IllegalArgumentException if it is no program's path
   */
  public void allow(String executable, boolean now) throws IOException {
    if (!isProgram(executable)) {
      throw new IllegalArgumentException("not a program's path");
    }
    if (now && allowed.size() >= MOST_ALLOWED && !allowed.contains(executable)) {
      throw new IOException("not allowed: " + MOST_ALLOWED + " programs are already");
    }
    if (now ? allowed.add(executable) : allowed.remove(executable)) {
      store();
    }
  }

  private void store() throws IOException {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(next, allowed);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException("kept only until the broker ends, since " + file + ": " + e, e);
    }
  }
}
