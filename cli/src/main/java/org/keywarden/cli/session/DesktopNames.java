package org.keywarden.cli.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What programs are called in menus, by their desktop files (Desktop Entry Specification 1.5). It
 * is shown beside a program's path and decides nothing: who may write there may call it anything.
 */
final class DesktopNames {
  private static final int MOST_FILES = 4_096;
  private static final int MOST_LINES = 400;

  private final Map<String, String> names = new HashMap<>();

  private DesktopNames() {}

  /**
   * Reads the desktop files of a session.
   *
   * @param environment for the XDG base directories
   */
  static DesktopNames read(Map<String, String> environment) {
    DesktopNames names = new DesktopNames();
    String home = environment.getOrDefault("XDG_DATA_HOME", "");
    String system = environment.getOrDefault("XDG_DATA_DIRS", "");
    List<String> directories = new ArrayList<>();
    directories.add(
        home.isEmpty() ? environment.getOrDefault("HOME", "/") + "/.local/share" : home);
    directories.addAll(
        List.of((system.isEmpty() ? "/usr/local/share:/usr/share" : system).split(":")));
    directories.forEach(each -> names.readAll(Path.of(each, "applications")));
    return names;
  }

  private void readAll(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.desktop")) {
      int left = MOST_FILES;
      for (Path file : files) {
        if (left-- > 0 && Files.isRegularFile(file)) {
          read(file);
        }
      }
    } catch (IOException unreadable) {
      // Then its programs have no name but their own.
      return;
    }
  }

  private void read(Path file) throws IOException {
    String name = "";
    String program = "";
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      boolean entry = false;
      int left = MOST_LINES;
      for (String line = lines.readLine(); line != null && left-- > 0; line = lines.readLine()) {
        if (line.startsWith("[")) {
          entry = line.equals("[Desktop Entry]");
        } else if (entry && line.startsWith("Name=")) {
          name = line.substring("Name=".length()).strip();
        } else if (entry && line.startsWith("Exec=")) {
          program = line.substring("Exec=".length()).strip().split(" ")[0].replace("\"", "");
        }
      }
    } catch (MalformedInputException noText) {
      return;
    }
    if (!name.isEmpty() && !program.isEmpty()) {
      names.putIfAbsent(program, name);
    }
  }

  /** The name of a program, by its path or by that it is found by its last part. */
  Optional<String> of(String executable) {
    String byPath = names.get(executable);
    return Optional.ofNullable(
        byPath == null ? names.get(executable.substring(executable.lastIndexOf('/') + 1)) : byPath);
  }
}
