package org.keywarden.sample.romaji;

import org.jspecify.annotations.Nullable;
import org.keywarden.ime.CandidateClick;
import org.keywarden.ime.Composition;
import org.keywarden.ime.Edits;
import org.keywarden.ime.Key;
import org.keywarden.ime.Keysym;
import org.keywarden.ime.Response;

/**
 * What each key does.
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><th>key</th><th>nothing composed</th><th>composing</th><th>choosing</th></tr>
 * <tr><td>printable ASCII</td><td>begins</td><td>adds</td><td>digit 1 to 9: takes that candidate;
 *   else takes the selected one and begins</td></tr>
 * <tr><td>Space, Henkan</td><td>application</td><td>candidates</td><td>next; with Shift:
 *   previous</td></tr>
 * <tr><td>Down, Right, Tab; Up, Left</td><td>application</td><td>commits; application</td><td>next;
 *   previous</td></tr>
 * <tr><td>Return, keypad Enter</td><td>application</td><td>commits</td><td>takes the selected
 *   one</td></tr>
 * <tr><td>Escape</td><td>application</td><td>drops all</td><td>back to composing</td></tr>
 * <tr><td>Backspace</td><td>application</td><td>takes back a letter or kana</td><td>back to
 *   composing</td></tr>
 * <tr><td>F6, F7</td><td>application</td><td>hiragana, katakana from here</td><td>back to
 *   composing, so</td></tr>
 * <tr><td>Shift, Control and other modifiers</td><td>application</td><td>application; nothing
 *   changes</td><td>the same</td></tr>
 * <tr><td>with Control, Alt or Super; any other</td><td>application</td><td>commits;
 *   application</td><td>takes the selected one; application</td></tr>
 * </table>
 */
final class RomajiComposition implements Composition {
  /** Letters; beyond, what is there is committed, so that every candidate stays within bounds. */
  private static final int LONGEST = 240;

  private final Composer composer = new Composer();
  private final Dictionary dictionary;
  private final Diary diary;
  private Script script = Script.HIRAGANA;
  private @Nullable Conversion conversion;

  RomajiComposition(Dictionary dictionary, Diary diary) {
    this.dictionary = dictionary;
    this.diary = diary;
  }

  @Override
  public Response onKey(Key key) {
    diary.saw(key.keysym());
    if (key.isModifier()) {
      return Response.notHandled();
    }
    Conversion choice = conversion;
    return choice == null ? composing(key) : choosing(choice, key);
  }

  private Response composing(Key key) {
    if (!key.isChord() && Composer.accepts(key.codePoint())) {
      return Response.handled(type((char) key.codePoint()));
    }
    if (composer.isEmpty()) {
      return Response.notHandled();
    }
    if (key.isChord()) {
      return Response.notHandled(commit());
    }
    return switch (key.keysym()) {
      case Keysym.SPACE, Keysym.HENKAN -> Response.handled(convert());
      case Keysym.RETURN, Keysym.KEYPAD_ENTER -> Response.handled(commit());
      case Keysym.BACKSPACE -> {
        composer.backspace();
        if (composer.isEmpty()) {
          clear();
        }
        yield Response.handled(shown());
      }
      case Keysym.ESCAPE -> {
        clear();
        yield Response.handled(shown());
      }
      case Keysym.F6 -> Response.handled(write(Script.HIRAGANA));
      case Keysym.F7 -> Response.handled(write(Script.KATAKANA));
      default -> Response.notHandled(commit());
    };
  }

  private Response choosing(Conversion choice, Key key) {
    if (key.isChord()) {
      return Response.notHandled(commit());
    }
    return switch (key.keysym()) {
      case Keysym.SPACE, Keysym.HENKAN -> Response.handled(move(choice, !key.hasShift()));
      case Keysym.DOWN, Keysym.RIGHT, Keysym.TAB -> Response.handled(move(choice, true));
      case Keysym.UP, Keysym.LEFT -> Response.handled(move(choice, false));
      case Keysym.RETURN, Keysym.KEYPAD_ENTER -> Response.handled(commit());
      case Keysym.ESCAPE, Keysym.BACKSPACE -> Response.handled(write(script));
      case Keysym.F6 -> Response.handled(write(Script.HIRAGANA));
      case Keysym.F7 -> Response.handled(write(Script.KATAKANA));
      default -> takeAndGoOn(key);
    };
  }

  private static Edits move(Conversion choice, boolean forward) {
    if (forward) {
      choice.next();
    } else {
      choice.previous();
    }
    return shown(choice);
  }

  private Response takeAndGoOn(Key key) {
    int character = key.codePoint();
    if (character >= '1' && character <= '9') {
      return Response.handled(take(character - '1'));
    }
    Edits taken = commit();
    if (!Composer.accepts(character)) {
      return Response.notHandled(taken);
    }
    composer.type((char) character);
    return Response.handled(taken.preedit(text()));
  }

  @Override
  public Edits candidateClicked(CandidateClick click) {
    return take(click.index());
  }

  private Edits take(int index) {
    return conversion != null && conversion.select(index) ? commit() : Edits.none();
  }

  private Edits type(char character) {
    if (composer.spelling().length() < LONGEST) {
      composer.type(character);
      return shown();
    }
    Edits committed = commit();
    composer.type(character);
    return committed.preedit(text());
  }

  private Edits convert() {
    composer.settle();
    Conversion choice = new Conversion(dictionary, composer.kana(), composer.spelling(), script);
    conversion = choice;
    return shown(choice);
  }

  /** Goes on composing in a script. */
  private Edits write(Script in) {
    script = in;
    boolean choosing = conversion != null;
    conversion = null;
    return choosing ? shown().hideCandidates() : shown();
  }

  private Edits commit() {
    Conversion choice = conversion;
    composer.settle();
    String text = choice == null ? text() : choice.text();
    clear();
    Edits edits = Edits.none().preedit("").commit(text);
    return choice == null ? edits : edits.hideCandidates();
  }

  private void clear() {
    composer.clear();
    conversion = null;
    script = Script.HIRAGANA;
  }

  private String text() {
    return script.write(composer.kana());
  }

  private Edits shown() {
    return Edits.none().preedit(text());
  }

  private static Edits shown(Conversion choice) {
    return Edits.none().preedit(choice.text()).candidates(choice.candidates(), choice.selected());
  }
}
