package org.keywarden.broker.frontdoor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.keywarden.broker.files.HeldFile;

/** Programs that the user said something of, kept in a file, a path a line. Seat's thread. */
final class ProgramList {
  private static final int MOST = 1_024;
  private static final int LONGEST = 4_096;

  private final Path file;
  private final TreeSet<String> programs = new TreeSet<>();

  private ProgramList(Path file) {
    this.file = file;
  }

  /**
   * Reads it; a file that is not there holds none.
   *
   * @throws IOException if the file cannot be read, or a line of it is no path; the message says
   *     what to do
   */
  static ProgramList read(Path file) throws IOException {
    ProgramList list = new ProgramList(file);
    try {
      int number = 0;
      for (String line : text(file).lines().toList()) {
        number++;
        if (!isProgram(line) || list.programs.size() >= MOST) {
          throw new IOException(
              file + ":" + number + ": not a program's path, or too many; mend or remove the file");
        }
        list.programs.add(line);
      }
    } catch (NoSuchFileException none) {
      return list;
    }
    return list;
  }

  private static String text(Path file) throws IOException {
    return new String(HeldFile.read(file, MOST * (LONGEST + 1)), StandardCharsets.UTF_8);
  }

  /** Whether it can be kept: an absolute path of at most 4,096 bytes, no control characters. */
  static boolean isProgram(String path) {
    return path.startsWith("/")
        && path.getBytes(StandardCharsets.UTF_8).length <= LONGEST
        && path.codePoints().noneMatch(Character::isISOControl);
  }

  boolean has(String program) {
    return programs.contains(program);
  }

  /** In order of their paths. */
  List<String> all() {
    return new ArrayList<>(programs);
  }

  /**
   * Adds a program, or takes it out.
   *
   * @throws IOException if that holds only until the broker ends, or not at all since there are
   *     1,024 already; the message says which
   * @throws IllegalArgumentException if it is no program's path
   */
  void set(String program, boolean there) throws IOException {
    if (!isProgram(program)) {
      throw new IllegalArgumentException("not a program's path");
    }
    if (there && programs.size() >= MOST && !programs.contains(program)) {
      throw new IOException("not kept: there are " + MOST + " programs already");
    }
    if (there ? programs.add(program) : programs.remove(program)) {
      store();
    }
  }

  private void store() throws IOException {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(next, programs);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException("kept only until the broker ends, since " + file + ": " + e, e);
    }
  }
}
