package org.keywarden.sample.romaji;

import org.keywarden.ime.Plugin;

/** The plugin's process. */
public final class Main {
  private Main() {}

  /** Serves until the broker ends the session. */
  public static void main(String[] arguments) {
    Plugin.run(new Romaji(Diary.named(System.getenv(Diary.VARIABLE))));
  }
}
