package org.keywarden.proto.yaml;

import java.util.Comparator;

/**
 * One thing wrong with a file, and what to do about it.
 *
 * @param line from 1
 * @param column from 1, in code points
 */
public record Problem(int line, int column, String message) {
  /** By place in the file. */
  public static final Comparator<Problem> IN_FILE_ORDER =
      Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

  public Problem {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException(
          "line and column count from 1, not " + line + ":" + column);
    }
  }

  /** As compilers print it: {@code name:line:column: message}. */
  public String in(String fileName) {
    return fileName + ":" + line + ":" + column + ": " + message;
  }
}
