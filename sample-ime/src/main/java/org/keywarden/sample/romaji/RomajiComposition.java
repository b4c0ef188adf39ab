package org.keywarden.sample.romaji;

import java.util.List;
import org.keywarden.ime.Composition;
import org.keywarden.ime.Key;
import org.keywarden.ime.Response;

/** Letters make kana; Space offers hiragana and katakana, Return puts in what is shown. */
final class RomajiComposition implements Composition {
  private static final int BACKSPACE = 0xFF08;
  private static final int RETURN = 0xFF0D;
  private static final int ESCAPE = 0xFF1B;
  private static final int F6 = 0xFFC3;
  private static final int F7 = 0xFFC4;

  private final Composer composer = new Composer();
  private final Diary diary;
  private List<String> candidates = List.of();
  private int selected;

  RomajiComposition(Diary diary) {
    this.diary = diary;
  }

  @Override
  public Response onKey(Key key) {
    if (!key.pressed()) {
      return Response.notHandled();
    }
    diary.saw(key.keysym());
    if (key.chord()) {
      return Response.notHandled();
    }
    if (!candidates.isEmpty()) {
      return choosing(key);
    }
    if (Composer.accepts(key.keysym())) {
      composer.type((char) key.keysym());
      return Response.handled().preedit(composer.shown());
    }
    return composer.isEmpty() ? Response.notHandled() : editing(key);
  }

  private Response editing(Key key) {
    return switch (key.keysym()) {
      case BACKSPACE -> {
        composer.backspace();
        yield Response.handled().preedit(composer.shown());
      }
      case ESCAPE -> {
        composer.clear();
        yield Response.handled().preedit("");
      }
      case RETURN -> put(composer.finish());
      case F6 -> put(composer.finish());
      case F7 -> put(Composer.katakana(composer.finish()));
      case ' ' -> {
        String text = composer.finish();
        candidates = List.of(text, Composer.katakana(text));
        selected = 0;
        yield showing();
      }
      default -> Response.notHandled().preedit("").commit(composer.finish());
    };
  }

  private Response choosing(Key key) {
    return switch (key.keysym()) {
      case ' ' -> {
        selected = (selected + 1) % candidates.size();
        yield showing();
      }
      case ESCAPE -> {
        candidates = List.of();
        yield Response.handled().preedit("").candidates(List.of(), 0);
      }
      case '1', '2' -> onCandidate(key.keysym() - '1');
      case RETURN -> onCandidate(selected);
      default -> {
        Response chosen = onCandidate(selected);
        if (!Composer.accepts(key.keysym())) {
          yield chosen;
        }
        composer.type((char) key.keysym());
        yield chosen.preedit(composer.shown());
      }
    };
  }

  private Response showing() {
    return Response.handled().preedit(candidates.get(selected)).candidates(candidates, selected);
  }

  @Override
  public Response onCandidate(int index) {
    if (index < 0 || index >= candidates.size()) {
      return Response.notHandled();
    }
    String text = candidates.get(index);
    candidates = List.of();
    return put(text).candidates(List.of(), 0);
  }

  private static Response put(String text) {
    return Response.handled().preedit("").commit(text);
  }
}
