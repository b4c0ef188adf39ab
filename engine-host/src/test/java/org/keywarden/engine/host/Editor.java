package org.keywarden.engine.host;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keywarden.ime.CandidateClick;
import org.keywarden.ime.ChildToken;
import org.keywarden.ime.Composition;
import org.keywarden.ime.Edit;
import org.keywarden.ime.Edits;
import org.keywarden.ime.FieldInfo;
import org.keywarden.ime.InputMethod;
import org.keywarden.ime.Key;
import org.keywarden.ime.Keysym;
import org.keywarden.ime.Outbound;
import org.keywarden.ime.Property;
import org.keywarden.ime.Purpose;
import org.keywarden.ime.Response;
import org.keywarden.ime.Right;
import org.keywarden.ime.SurroundingText;

/**
 * A field and the broker before it, as far as the SDK shows them: it applies edits, and gets the
 * keys that were not used. Used on the test's thread, which is the SDK's.
 */
final class Editor {
  private static final long PATIENCE_SECONDS = 20;
  private static final List<String> ROWS =
      List.of("1234567890-=", "qwertyuiop[]", "asdfghjkl;'`", "\\zxcvbnm,./", " ");
  private static final List<Integer> FIRST_OF_ROWS = List.of(10, 24, 38, 51, 65);

  private final InputMethod method;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final StringBuilder text = new StringBuilder();
  private final List<Edit> edits = new ArrayList<>();
  private Edit.Preedit preedit = new Edit.Preedit("");
  private Edit.Candidates candidates = new Edit.Candidates(List.of(), 0);
  private String auxiliary = "";
  private List<Property> menu = List.of();
  private @Nullable Composition composition;
  private int stays;

  Editor(InputMethod method) {
    this.method = method;
  }

  static FieldInfo field(String inputMethod) {
    return new FieldInfo(
        Purpose.FREE_FORM, Set.of(), EnumSet.allOf(Right.class), true, inputMethod);
  }

  /** The focus comes into the field. */
  Editor enter(FieldInfo field) {
    Composition begun = method.begin(field);
    composition = begun;
    int stay = ++stays;
    begun.opened(
        new Outbound() {
          @Override
          public void send(Edits late) {
            locked(
                () -> {
                  if (stay == stays) {
                    apply(late);
                  }
                });
          }

          @Override
          public CompletionStage<ChildToken> derive(
              Set<Right> rights, java.time.Duration lifetime, byte[] holderKey) {
            throw new UnsupportedOperationException("the host asks for no child capability");
          }
        });
    return this;
  }

  /** The focus leaves it; the broker ends what is composed. */
  void leave() {
    locked(
        () -> {
          stays++;
          if (preedit.onLoss() == Edit.OnLoss.COMMIT) {
            text.append(preedit.text());
          }
          apply(Edits.none().preedit("").hideCandidates().auxiliary(""));
        });
    current().reset();
    composition = null;
  }

  private Composition current() {
    if (composition == null) {
      throw new IllegalStateException("no focus");
    }
    return composition;
  }

  /** Types characters; a space and a line break are the keys of that name. */
  Editor type(String characters) {
    characters.codePoints().forEach(point -> press(point == '\n' ? 0xFF0D : point));
    return this;
  }

  /** Presses a key and lets it go. */
  boolean press(int keysym) {
    Response response =
        current()
            .onKey(
                new Key(
                    keysym,
                    keycode(keysym),
                    Character.isUpperCase(keysym) ? 1 : 0,
                    Key.Kind.PRESS));
    locked(
        () -> {
          apply(response.edits());
          if (!response.isHandled()) {
            unused(keysym);
          }
        });
    return response.isHandled();
  }

  /** X11's, on a keyboard of the United States. */
  private static int keycode(int keysym) {
    for (int row = 0; row < ROWS.size(); row++) {
      int at = ROWS.get(row).indexOf(Character.toLowerCase(keysym));
      if (at >= 0) {
        return FIRST_OF_ROWS.get(row) + at;
      }
    }
    return 0;
  }

  private void unused(int keysym) {
    int point = Key.press(keysym).codePoint();
    if (point != 0) {
      text.appendCodePoint(point);
    } else if (keysym == Keysym.BACKSPACE && !text.isEmpty()) {
      text.setLength(text.offsetByCodePoints(text.length(), -1));
    }
  }

  void click(int index) {
    Edits caused = current().candidateClicked(CandidateClick.on(index));
    locked(() -> apply(caused));
  }

  void activate(String property, boolean checked) {
    Edits caused = current().propertyActivated(property, checked);
    locked(() -> apply(caused));
  }

  void surround(String around, int cursor) {
    current().surroundingChanged(new SurroundingText(around, cursor, cursor));
  }

  private void apply(Edits caused) {
    for (Edit each : caused.list()) {
      edits.add(each);
      switch (each) {
        case Edit.Commit commit -> text.append(commit.text());
        case Edit.Preedit now -> preedit = now;
        case Edit.Candidates now -> candidates = now;
        case Edit.Auxiliary now -> auxiliary = now.text();
        case Edit.Properties now -> menu = now.items();
        case Edit.DeleteSurrounding deletion -> delete(deletion);
        case Edit.ForwardKey key -> text.append("<key>");
      }
    }
    changed.signalAll();
  }

  private void delete(Edit.DeleteSurrounding deletion) {
    int end = text.codePointCount(0, text.length());
    if (end + deletion.offset() < 0) {
      return; // The broker refuses it.
    }
    int from = text.offsetByCodePoints(0, end + deletion.offset());
    text.delete(from, text.offsetByCodePoints(from, deletion.count()));
  }

  private void locked(Runnable what) {
    lock.lock();
    try {
      what.run();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the field is as the test wants it. */
  Editor await(String what, Predicate<Editor> condition) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!condition.test(this)) {
        if (left <= 0) {
          throw new AssertionError("never: " + what + "; " + this.shown());
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
    return this;
  }

  Editor awaitShown(String wanted) throws InterruptedException {
    return await(wanted, each -> each.shown().equals(wanted));
  }

  String text() {
    return text.toString();
  }

  Edit.Preedit preedit() {
    return preedit;
  }

  Edit.Candidates candidates() {
    return candidates;
  }

  String auxiliary() {
    return auxiliary;
  }

  List<Property> menu() {
    return menu;
  }

  List<Edit> edits() {
    return List.copyOf(edits);
  }

  /** Text and preedit: of tests, so it may be printed. */
  String shown() {
    return text + "[" + preedit.text() + "]";
  }
}
