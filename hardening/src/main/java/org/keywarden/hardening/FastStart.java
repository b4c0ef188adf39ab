package org.keywarden.hardening;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ahead-of-time caches (JEP 514) of programs. A JVM takes classes from a cache even if the program
 * has been replaced since, so one is used only if nothing of the program is younger.
 */
public final class FastStart {
  private FastStart() {}

  /**
   * The options that use a cache; none if there is no cache, or if it was made before the program
   * became what it is.
   *
   * @param lib the program's files
   */
  public static List<String> options(Path cache, Path lib) {
    return fits(cache, lib) ? List.of("-XX:AOTCache=" + cache) : List.of();
  }

  private static boolean fits(Path cache, Path lib) {
    try (Stream<Path> files = Files.list(lib)) {
      FileTime made = Files.getLastModifiedTime(cache);
      for (Path each : files.toList()) {
        // A package's files keep the time when they were built; their entries have when they came.
        if (Files.getLastModifiedTime(each).compareTo(made) > 0
            || ((FileTime) Files.getAttribute(each, "unix:ctime")).compareTo(made) > 0) {
          return false;
        }
      }
      return true;
    } catch (IOException none) {
      return false;
    }
  }
}
