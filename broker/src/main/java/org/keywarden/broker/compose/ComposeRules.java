package org.keywarden.broker.compose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.files.HeldFile;

/**
 * The user's Compose file and all that it includes, in one text, so that the trusted keyboard needs
 * no other file of the user's. Only lines that include something are understood here (Compose(5));
 * a file that cannot be read is left out. The parts of different files are told apart by {@link
 * #SEAM}, a comment, so that one with errors can be left out as well.
 */
public final class ComposeRules {
  /** Stands alone on a line between two parts. */
  static final String SEAM = "#keywarden: another file";

  /** All files together, in bytes; beyond, files are left out. */
  private static final int MOST_BYTES = 8 << 20;

  private static final int MOST_FILES = 64;

  /** As in libxkbcommon (compose/parser.c). */
  private static final int DEEPEST = 5;

  private static final Pattern INCLUDE = Pattern.compile("\\s*include\\s+\"([^\"]*)\".*");
  private static final Pattern NUL = Pattern.compile("\0");

  private final Map<String, String> environment;

  /**
   * @param environment whose {@code XCOMPOSEFILE}, {@code XDG_CONFIG_HOME} and {@code HOME} count
   */
  public ComposeRules(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * What was found.
   *
   * @param text ISO 8859-1, each character a byte; empty if the user has no file
   * @param marks of every file that was looked for, what the file system says of it
   */
  public record Found(String text, Map<Path, String> marks) {
    public Found {
      marks = Map.copyOf(marks);
    }

    /** Whether any of the files is another one now. Waits for the file system. */
    public boolean isStale() {
      return marks.entrySet().stream()
          .anyMatch(each -> !mark(each.getKey()).equals(each.getValue()));
    }

    @Override
    public String toString() {
      return "Found[]";
    }
  }

  /** Reads the files, where libxkbcommon looks for them. Waits for the file system. */
  public Found gather() {
    Gathering gathering = new Gathering();
    for (Path each : candidates()) {
      if (gathering.add(each, 0)) {
        break;
      }
    }
    return new Found(gathering.text.toString(), gathering.marks);
  }

  private List<Path> candidates() {
    List<Path> all = new ArrayList<>();
    String named = environment.getOrDefault("XCOMPOSEFILE", "");
    String home = environment.getOrDefault("HOME", "");
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    if (!named.isEmpty()) {
      add(all, named);
    }
    if (config.startsWith("/")) {
      add(all, config + "/XCompose");
    } else if (!home.isEmpty()) {
      add(all, home + "/.config/XCompose");
    }
    if (!home.isEmpty()) {
      add(all, home + "/.XCompose");
    }
    return all;
  }

  private static void add(List<Path> all, String path) {
    if (!NUL.matcher(path).find()) {
      all.add(Path.of(path).toAbsolutePath());
    }
  }

  /** What changes when a file is written, replaced, made or removed. */
  private static String mark(Path file) {
    try {
      return Files.readAttributes(file, "unix:ino,dev,size,ctime").toString();
    } catch (IOException absent) {
      return "";
    }
  }

  private final class Gathering {
    final StringBuilder text = new StringBuilder();
    final Map<Path, String> marks = new LinkedHashMap<>();
    private int files;

    /** Adds a file; whether it can be read. */
    boolean add(Path file, int depth) {
      if (depth > DEEPEST || ++files > MOST_FILES) {
        return false;
      }
      marks.put(file, mark(file));
      try {
        byte[] bytes = HeldFile.read(file, MOST_BYTES - text.length());
        addLines(file, new String(bytes, StandardCharsets.ISO_8859_1), depth);
        return true;
      } catch (IOException unreadable) {
        return false;
      }
    }

    private void addLines(Path file, String content, int depth) {
      for (String line : content.split("\n", -1)) {
        Matcher include = INCLUDE.matcher(line);
        if (!include.matches()) {
          text.append(line).append('\n');
          continue;
        }
        seam();
        String target = include.group(1);
        if (target.contains("%L") || target.contains("%S")) {
          // Of the system's, which the keyboard can read.
          text.append("include \"").append(target).append("\"\n");
        } else {
          Path path = resolve(file, target);
          boolean unused = path == null || add(path, depth + 1);
        }
        seam();
      }
    }

    private @Nullable Path resolve(Path from, String target) {
      String expanded =
          target.replace("%H", environment.getOrDefault("HOME", "")).replace("%%", "%");
      // The text has the bytes of the name, whatever its encoding is: as the JVM's own, UTF-8.
      String name =
          new String(expanded.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      return NUL.matcher(name).find() ? null : from.resolveSibling(name).normalize();
    }

    private void seam() {
      text.append(SEAM).append('\n');
    }
  }
}
