package org.keywarden.sample.romaji;

import org.keywarden.ime.Composition;
import org.keywarden.ime.FieldInfo;
import org.keywarden.ime.InputMethod;
import org.keywarden.ime.Response;

/** Kana where Japanese may be written; fields for numbers and addresses get their keys as typed. */
final class Romaji implements InputMethod {
  private final Dictionary dictionary = Dictionary.builtIn();
  private final Diary diary;

  Romaji(Diary diary) {
    this.diary = diary;
  }

  @Override
  public Composition begin(FieldInfo field) {
    return switch (field.purpose()) {
      case OTHER, FREE_FORM, NAME, TERMINAL -> new RomajiComposition(dictionary, diary);
      case ALPHA, DIGITS, NUMBER, PHONE, URL, EMAIL, DATE, TIME, DATETIME -> asTyped();
    };
  }

  private Composition asTyped() {
    return key -> {
      diary.saw(key.keysym());
      return Response.notHandled();
    };
  }
}
