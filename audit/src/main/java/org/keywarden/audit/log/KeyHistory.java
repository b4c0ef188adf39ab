package org.keywarden.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.store.LogFiles;
import org.keywarden.audit.store.LogSource;

/** The public keys of a log, oldest first; the last one signs. */
public final class KeyHistory {
  private KeyHistory() {}

  /**
   * Reads the file {@code keys}.
   *
   * @throws Damaged if a line is no verifier key
   */
  public static List<NoteKey> read(LogSource files) throws IOException {
    List<NoteKey> keys = new ArrayList<>();
    String text = new String(files.read(FileNames.KEYS), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      try {
        keys.add(NoteKey.parse(line));
      } catch (Malformed e) {
        throw new Damaged("the file keys, line " + (keys.size() + 1) + ": " + e.reason(), e);
      }
    }
    if (keys.isEmpty()) {
      throw new Damaged("the file keys has no key");
    }
    if (!text.equals(text(keys))) {
      throw new Damaged("the file keys is not one key a line");
    }
    return keys;
  }

  private static String text(List<NoteKey> keys) {
    return keys.stream().map(key -> key.text() + "\n").collect(Collectors.joining());
  }

  /** Writes the file for a new log; checks that the last key is the signing one otherwise. */
  public static void ensure(LogFiles files, NoteKey current) throws IOException {
    if (!files.exists(FileNames.KEYS)) {
      write(files, List.of(current));
    } else if (!read(files).getLast().equals(current)) {
      throw new Damaged("the last line of the file keys is not the key that signs: " + current);
    }
  }

  static void write(LogFiles files, List<NoteKey> keys) throws IOException {
    LogFiles.replace(files, FileNames.KEYS, text(keys).getBytes(StandardCharsets.UTF_8));
  }

  /** Path of the checkpoint with which key {@code number - 1} handed over to {@code number}. */
  public static String handover(int number) {
    return FileNames.HANDOVER + "/" + number;
  }
}
