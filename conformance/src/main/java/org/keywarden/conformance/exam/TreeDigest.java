package org.keywarden.conformance.exam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is in a directory, so that it can be said what changed. */
record TreeDigest(Map<String, String> files) {
  private static final int MOST = 50_000;

  static TreeDigest of(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.limit(MOST).toList()) {
        if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
          files.put(directory.relativize(each).toString(), digest(Files.readAllBytes(each)));
        }
      }
    }
    return new TreeDigest(files);
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The files that are not the same in both. */
  SortedSet<String> differing(TreeDigest other) {
    SortedSet<String> names = new TreeSet<>(files.keySet());
    names.addAll(other.files.keySet());
    names.removeIf(
        name -> files.containsKey(name) && files.get(name).equals(other.files.get(name)));
    return names;
  }
}
