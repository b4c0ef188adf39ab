package org.keywarden.conformance.exam;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is examined.
 *
 * @param id of the plugin, or of an engine of IBus
 * @param directory the plugin's; null for an engine
 * @param typed what is typed to see what it can do; a line break is Return, a backspace BackSpace
 * @param keys how many keys its memory is watched over, at least 1,000
 */
public record Candidate(String id, @Nullable Path directory, String typed, int keys) {
  /** Words for the samples, and some for others. */
  public static final String USUAL =
      "konnnichiha  \nka\b\barigatou \ntieengs Vieetj xin chaof :snowman :smile hello, world 123. ";
}
