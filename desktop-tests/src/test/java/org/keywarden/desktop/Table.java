package org.keywarden.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a client's run showed, as rows of {@code target/desktop.md}. */
final class Table {
  private static final String HEAD =
      """
      | client | field | typed | keys the IME saw | text in the application |
      |---|---|---|---|---|
      """;

  private final Path output;
  private final String client;
  private final List<String> rows = new ArrayList<>();

  Table(Path output, String client) {
    this.output = output;
    this.client = client;
  }

  void add(String field, String typed, String seen, String text) {
    rows.add("| " + String.join(" | ", client, field, typed, seen, text) + " |");
  }

  /** Writes this client's rows, then the table of every client that ran so far. */
  void write(String order) throws IOException {
    Path parts = Files.createDirectories(output.resolve("table"));
    Files.write(parts.resolve(order + ".md"), rows);
    StringBuilder all = new StringBuilder(HEAD);
    try (Stream<Path> files = Files.list(parts)) {
      for (Path file : files.sorted().toList()) {
        all.append(Files.readString(file));
      }
    }
    Files.writeString(output.resolve("desktop.md"), all);
  }
}
