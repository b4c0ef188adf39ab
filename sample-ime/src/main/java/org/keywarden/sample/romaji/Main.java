package org.keywarden.sample.romaji;

import org.keywarden.ime.Plugin;

/** The plugin's process. */
public final class Main {
  private Main() {}

  /** Runs until the broker ends the session. */
  public static void main(String[] arguments) {
    Diary diary = new Diary(System.getenv("KEYWARDEN_SAMPLE_RECORD"));
    Plugin.run(field -> new RomajiComposition(diary));
  }
}
