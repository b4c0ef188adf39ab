package org.keywarden.broker.seat;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** What applications say and plugins do, drawn at random. */
final class SimulatedInput {
  private static final List<String> MENUS = List.of("mode", "", "none");

  private static final long MILLISECOND = 1_000_000L;

  private final SplittableRandom random;
  private final int hostility;

  /**
   * @param hostility how often plugins misbehave, of 16
   */
  SimulatedInput(SplittableRandom random, int hostility) {
    this.random = random;
    this.hostility = hostility;
  }

  CandidateClick click() {
    return new CandidateClick(random.nextInt(4), 1, 0);
  }

  SurroundingText around() {
    return new SurroundingText("around", random.nextInt(7), random.nextInt(7));
  }

  Action action() {
    String[] texts = {"か", "kana", "", "\u202Eevil", "\u001B[2J", "\n", "日本語"};
    boolean hostile = random.nextInt(16) < hostility;
    String text = texts[random.nextInt(hostile ? texts.length : 2)];
    return switch (random.nextInt(hostile ? 7 : 2)) {
      case 0 -> new Action.Commit(text);
      case 1 ->
          new Action.ShowPreedit(
              new Preedit(text, random.nextInt(hostile ? 4 : 2), random.nextBoolean()));
      case 2 -> new Action.ShowCandidates(new Candidates(List.of(text, "x"), random.nextInt(3)));
      case 3 -> new Action.DeleteSurrounding(random.nextInt(9) - 4, random.nextInt(5));
      case 4 -> new Action.ShowAuxiliary(text);
      case 5 -> new Action.ShowProperties(menu(text));
      default -> new Action.ForwardKey();
    };
  }

  private List<Property> menu(String label) {
    return random.nextInt(3) == 0
        ? List.of()
        : List.of(
            new Property("mode", Property.Kind.MENU, label, "", "", true, true, false, ""),
            new Property(
                "kana", Property.Kind.CHOICE, label, "", "", true, true, true, pick(MENUS)));
  }

  ContentType type() {
    Purpose[] purposes = Purpose.values();
    Purpose purpose =
        random.nextInt(6) > 0 ? Purpose.FREE_FORM : purposes[random.nextInt(purposes.length)];
    Set<Hint> hints = random.nextInt(10) == 0 ? Set.of(pick(List.of(Hint.values()))) : Set.of();
    return new ContentType(purpose, hints, random.nextInt(15) == 0);
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  Key key() {
    int[] keysyms = {
      'a', 'k', 'i', 'o', 'n', 's', 't', 'u', 'm', 'y', 'r', 'h', 'w', 'e', 'z', 'd', 'g', 'b', 'p',
      ' ', 0xFF09, 0xFF0D, 0xFF1B, 0xFF54, 0xFFE1, 0xFE51, 0xFF20
    };
    int letters = keysyms.length - 7;
    int which = random.nextInt(random.nextInt(4) == 0 ? keysyms.length : letters);
    int modifiers = random.nextInt(24) == 0 ? 4 : 0;
    KeyAction action =
        switch (random.nextInt(6)) {
          case 0 -> KeyAction.RELEASE;
          case 1 -> KeyAction.REPEAT;
          default -> KeyAction.PRESS;
        };
    return new Key(keysyms[which], 10 + which, modifiers, action);
  }

  /**
   * Draws a pause, in ns.
   *
   * @param haste the longest, in ms
   */
  long pause(long haste) {
    int kind = random.nextInt(100);
    return kind < 90
        ? random.nextLong(2 * MILLISECOND)
        : kind < 96
            ? random.nextLong(40 * MILLISECOND)
            : kind < 99 ? random.nextLong(200 * MILLISECOND) : random.nextLong(haste * MILLISECOND);
  }
}
