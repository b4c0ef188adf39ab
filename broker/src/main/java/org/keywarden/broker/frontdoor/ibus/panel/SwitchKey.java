package org.keywarden.broker.frontdoor.ibus.panel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.keywarden.broker.seat.Key;

/**
 * The chord that switches to the next input method, and in the end to the keyboard alone. It is
 * taken before the seat sees it, so that no input method and no application does.
 */
public final class SwitchKey {
  /** X11's names of modifiers, in any case. */
  private static final Map<String, Integer> MODIFIERS =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    MODIFIERS.put("Shift", 1);
    MODIFIERS.put("Control", 1 << 2);
    MODIFIERS.put("Alt", 1 << 3);
    MODIFIERS.put("Super", 1 << 6);
  }

  private static final int ANY = 1 | 1 << 2 | 1 << 3 | 1 << 6;

  /**
   * A key and the modifiers held with it.
   *
   * @param keysym X11 keysym
   * @param modifiers X11 modifier mask, without locks
   */
  public record Chord(int keysym, int modifiers) {
    /**
     * Reads one such as {@code Super+space}: modifiers, at least one of them other than Shift, then
     * {@code space} or a character of ASCII.
     *
     * @return empty if it is none
     */
    public static Optional<Chord> parse(String text) {
      int plus = text.lastIndexOf('+', text.length() - 2);
      String last = text.substring(plus + 1);
      int keysym =
          last.equals("space") ? ' ' : last.length() == 1 && isGraphic(last) ? last.charAt(0) : 0;
      int modifiers = 0;
      for (String each :
          plus < 0 ? List.<String>of() : List.of(text.substring(0, plus).split("\\+", -1))) {
        Integer bit = MODIFIERS.get(each);
        if (bit == null) {
          return Optional.empty();
        }
        modifiers |= bit;
      }
      return keysym == 0 || (modifiers & ~1) == 0
          ? Optional.empty()
          : Optional.of(new Chord(keysym, modifiers));
    }

    private static boolean isGraphic(String one) {
      return one.charAt(0) > ' ' && one.charAt(0) < 0x7F;
    }

    private boolean is(Key key) {
      return key.keysym() == keysym && (key.modifiers() & ANY) == modifiers;
    }
  }

  /** So many switches come at once; more only as pauses end. */
  private static final int BURST = 4;

  private final Optional<Chord> chord;
  private final MethodChoice methods;
  private final Consumer<Runnable> afterPause;

  /** Switches whose pause is not over; 0 to {@link #BURST}. */
  private int recent;

  /** Presses that came above it and are still to be done, all with one choice. */
  private int waiting;

  /** Key codes of what was taken and is not let go yet. */
  private final Set<Integer> held = new HashSet<>();

  /**
   * @param chord empty for none
   * @param afterPause runs an action later: no program that plays a keyboard makes more choices
   *     than a person, since each is an entry of the grant log
   */
  SwitchKey(Optional<Chord> chord, MethodChoice methods, Consumer<Runnable> afterPause) {
    this.chord = chord;
    this.methods = methods;
    this.afterPause = afterPause;
  }

  /** Takes a key if it is the one, or what follows from its press; says whether it did. */
  boolean take(Key key) {
    return switch (key.action()) {
      case PRESS -> {
        boolean is = chord.isPresent() && chord.get().is(key);
        if (is) {
          held.add(key.keycode());
          pressed();
        } else {
          held.remove(key.keycode());
        }
        yield is;
      }
      case REPEAT -> held.contains(key.keycode());
      case RELEASE -> held.remove(key.keycode());
    };
  }

  private void pressed() {
    waiting++;
    if (recent < BURST) {
      change();
      if (++recent == 1) {
        afterPause.accept(this::pauseEnded);
      }
    }
  }

  private void pauseEnded() {
    if (waiting > 0) {
      change();
    } else {
      recent--;
    }
    if (recent > 0) {
      afterPause.accept(this::pauseEnded);
    }
  }

  /** Goes on by as many input methods as there were presses. */
  private void change() {
    List<String> ids = new ArrayList<>();
    methods.enabled().forEach(each -> ids.add(each.id()));
    ids.add(MethodChoice.KEYBOARD_ONLY);
    int from = ids.indexOf(methods.selected());
    methods.select(ids.get(Math.floorMod(from + waiting, ids.size())));
    waiting = 0;
  }
}
