package org.keywarden.sample.romaji;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keywarden.ime.CandidateClick;
import org.keywarden.ime.Composition;
import org.keywarden.ime.Edit;
import org.keywarden.ime.Edits;
import org.keywarden.ime.Key;
import org.keywarden.ime.Keysym;
import org.keywarden.ime.Response;

/**
 * A person, a field and its application: keys written as text ({@code kyou<Space><Return>}) go to
 * the composition, what comes back is done to the field as the broker would.
 */
final class Typist {
  private static final Pattern KEY = Pattern.compile("<([A-Za-z+0-9]+)>|.");
  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("Space", Keysym.SPACE),
          Map.entry("Return", Keysym.RETURN),
          Map.entry("Enter", Keysym.KEYPAD_ENTER),
          Map.entry("Escape", Keysym.ESCAPE),
          Map.entry("Back", Keysym.BACKSPACE),
          Map.entry("Tab", Keysym.TAB),
          Map.entry("Up", Keysym.UP),
          Map.entry("Down", Keysym.DOWN),
          Map.entry("Left", Keysym.LEFT),
          Map.entry("Right", Keysym.RIGHT),
          Map.entry("Home", Keysym.HOME),
          Map.entry("F6", Keysym.F6),
          Map.entry("F7", Keysym.F7),
          Map.entry("F1", Keysym.F1),
          Map.entry("Henkan", Keysym.HENKAN),
          Map.entry("ShiftL", 0xFFE1),
          Map.entry("ControlL", 0xFFE3),
          Map.entry("Keypad5", 0xFFB5),
          Map.entry("eacute", 0xE9));
  private static final Map<String, Integer> MODIFIERS =
      Map.of("Shift+", 1, "Control+", 4, "Alt+", 8, "Super+", 64);

  private final Composition composition;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder passed = new StringBuilder();
  private String preedit = "";
  private List<String> candidates = List.of();
  private int selected;

  Typist(Composition composition) {
    this.composition = composition;
  }

  /** Types keys; {@code <click3>} clicks the candidate of index 3. */
  Typist type(String keys) {
    Matcher matcher = KEY.matcher(keys);
    while (matcher.find()) {
      String name = matcher.group(1);
      if (name == null) {
        press(new Key(matcher.group().charAt(0), 0, 0, Key.Kind.PRESS), matcher.group());
      } else if (name.startsWith("click")) {
        apply(composition.candidateClicked(CandidateClick.on(Integer.parseInt(name.substring(5)))));
      } else {
        press(named(name), "<" + name + ">");
      }
    }
    return this;
  }

  private static Key named(String name) {
    for (Map.Entry<String, Integer> modifier : MODIFIERS.entrySet()) {
      if (name.startsWith(modifier.getKey())) {
        Key key = named(name.substring(modifier.getKey().length()));
        return new Key(key.keysym(), 0, key.modifiers() | modifier.getValue(), key.kind());
      }
    }
    Integer keysym = NAMES.get(name);
    if (keysym == null && name.length() != 1) {
      throw new IllegalArgumentException("no key is called " + name);
    }
    return Key.press(keysym == null ? name.charAt(0) : keysym);
  }

  /** Presses a key; says whether the input method used it. */
  boolean press(Key key, String name) {
    Response response = composition.onKey(key);
    apply(response.edits());
    if (!response.isHandled()) {
      passed.append(name);
    }
    return response.isHandled();
  }

  void apply(Edits edits) {
    for (Edit edit : new ArrayList<>(edits.list())) {
      switch (edit) {
        case Edit.Commit commit -> text.append(commit.text());
        case Edit.Preedit shown -> {
          if (shown.onLoss() != Edit.OnLoss.COMMIT) {
            throw new AssertionError("a preedit would be lost");
          }
          preedit = shown.text();
        }
        case Edit.Candidates shown -> {
          candidates = shown.texts();
          selected = shown.selected();
        }
        case Edit.DeleteSurrounding deletion -> throw new AssertionError("deletes in the field");
        case Edit.Auxiliary shown -> throw new AssertionError("shows an auxiliary text");
        case Edit.Properties shown -> throw new AssertionError("shows a menu");
        case Edit.ForwardKey forward -> throw new AssertionError("forwards a key");
      }
    }
  }

  /** What was committed. */
  String text() {
    return text.toString();
  }

  String preedit() {
    return preedit;
  }

  /** The keys that the application got. */
  String passed() {
    return passed.toString();
  }

  List<String> candidates() {
    return candidates;
  }

  int selected() {
    return selected;
  }
}
