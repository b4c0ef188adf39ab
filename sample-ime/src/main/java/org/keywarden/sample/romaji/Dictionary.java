package org.keywarden.sample.romaji;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Common words by their reading in hiragana. */
final class Dictionary {
  private static final String RESOURCE = "words.tsv";

  /** What often follows a noun without being part of it. */
  private static final List<String> PARTICLES =
      List.of("は", "が", "を", "に", "で", "と", "も", "の", "へ", "や", "から", "まで", "です", "さん");

  private final Map<String, List<String>> words;

  private Dictionary(Map<String, List<String>> words) {
    this.words = words;
  }

  /** The words that come with this input method. */
  static Dictionary builtIn() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Dictionary.class.getResourceAsStream(RESOURCE), RESOURCE),
                UTF_8))) {
      return parse(lines.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads lines of a reading, a tab, and words with blanks between; empty ones and those that begin
   * with # say nothing.
   *
   * @throws IllegalArgumentException if a line is of another form or gives a reading again; it
   *     names the line
   */
  static Dictionary parse(List<String> lines) {
    Map<String, List<String>> words = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int tab = line.indexOf('\t');
      if (tab < 1 || line.substring(tab).isBlank()) {
        throw new IllegalArgumentException(
            "line %d is not a reading, a tab, and words".formatted(i + 1));
      }
      List<String> known =
          words.put(
              line.substring(0, tab), List.of(line.substring(tab + 1).strip().split(" +", -1)));
      if (known != null) {
        throw new IllegalArgumentException("line %d gives a reading again".formatted(i + 1));
      }
    }
    return new Dictionary(words);
  }

  /** Words for a reading, the likeliest first; also those of a word with a particle behind it. */
  List<String> lookUp(String reading) {
    List<String> found = new ArrayList<>(words.getOrDefault(reading, List.of()));
    for (String particle : PARTICLES) {
      if (reading.endsWith(particle)) {
        String stem = reading.substring(0, reading.length() - particle.length());
        words.getOrDefault(stem, List.of()).forEach(word -> found.add(word + particle));
      }
    }
    return found;
  }

  Map<String, List<String>> all() {
    return words;
  }
}
