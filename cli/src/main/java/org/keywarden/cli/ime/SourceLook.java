package org.keywarden.cli.ime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the files of an input method were last written. What packages brought, caches and hidden
 * files are left out: nobody edits those.
 *
 * @param written times and sizes, by path
 */
record SourceLook(Map<String, String> written) {
  static SourceLook at(Path directory) {
    Map<String, String> written = new TreeMap<>();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes facts) {
              String name = String.valueOf(each.getFileName());
              boolean others =
                  name.startsWith(".") || name.equals("node_modules") || name.equals("__pycache__");
              return others && !each.equals(directory)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes facts) {
              if (!String.valueOf(each.getFileName()).startsWith(".")) {
                written.put(each.toString(), facts.lastModifiedTime() + " " + facts.size());
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path each, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SourceLook(written);
  }
}
