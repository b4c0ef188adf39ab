package org.keywarden.broker.frontdoor.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What is known of programs in terminals: {@code programs.txt}. By a name that any process can give
 * itself, so it counts for that process's own terminals only.
 */
final class Programs {
  /** What the kernel keeps of a name, in bytes (proc_pid_comm(5)). */
  private static final int LONGEST = 15;

  private static final Programs KNOWN = read();

  private final List<Entry> entries;

  private Programs(List<Entry> entries) {
    this.entries = entries;
  }

  /** What a program does in a terminal that takes single keys. */
  enum Kind {
    ASKS,
    COMPOSES,
    MULTIPLEXER
  }

  /**
   * One line.
   *
   * @param name what the process is called, or begins with
   * @param exact whether it is the whole name
   * @param word what one of its arguments has to begin with; empty if none has to
   */
  record Entry(Kind kind, String name, boolean exact, String word) {
    private static Entry parse(String line) {
      String[] words = line.split(" +", -1);
      boolean exact = !words[1].endsWith("*");
      String name = exact ? words[1] : words[1].substring(0, words[1].length() - 1);
      return new Entry(
          Kind.valueOf(words[0].toUpperCase(Locale.ROOT)),
          name.substring(0, Math.min(name.length(), LONGEST)),
          exact,
          words.length > 2 ? words[2] : "");
    }

    private boolean names(String process) {
      return exact ? process.equals(name) : process.startsWith(name);
    }
  }

  static Programs known() {
    return KNOWN;
  }

  /** What is known of a process of this name. */
  List<Entry> of(String process) {
    return entries.stream().filter(entry -> entry.names(process)).toList();
  }

  private static Programs read() {
    try (InputStream file =
            Objects.requireNonNull(Programs.class.getResourceAsStream("programs.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return new Programs(
          lines
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(Entry::parse)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
