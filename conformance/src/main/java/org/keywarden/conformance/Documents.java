package org.keywarden.conformance;

import java.util.HashMap;
import java.util.Map;
import org.keywarden.proto.host.v1.FieldEdited;
import org.keywarden.proto.host.v1.KeyAnswered;
import org.keywarden.proto.input.v1.KeyAction;

/**
 * The texts of an application's fields: what was committed to them, and the characters of the keys
 * it was left to handle, in the order in which the broker said so. Beside them what was typed.
 */
final class Documents {
  private record Press(long field, int keysym) {}

  private final Map<Long, Press> pressed = new HashMap<>();
  private final Map<Long, StringBuilder> texts = new HashMap<>();
  private final Map<Long, StringBuilder> typed = new HashMap<>();

  void typed(long key, long field, int keysym, KeyAction action) {
    if (action == KeyAction.KEY_ACTION_PRESS) {
      pressed.put(key, new Press(field, keysym));
      of(typed, field).appendCodePoint(keysym);
    }
  }

  void answered(KeyAnswered answer) {
    Press press = pressed.remove(answer.getKeyId());
    if (press != null && !answer.getHandled()) {
      of(texts, press.field()).appendCodePoint(press.keysym());
    }
  }

  void edited(FieldEdited edit) {
    if (edit.hasCommit()) {
      of(texts, edit.getField()).append(edit.getCommit());
    }
  }

  String text(long field) {
    return of(texts, field).toString();
  }

  String typed(long field) {
    return of(typed, field).toString();
  }

  private static StringBuilder of(Map<Long, StringBuilder> all, long field) {
    return all.computeIfAbsent(field, ignored -> new StringBuilder());
  }
}
