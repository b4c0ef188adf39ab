package org.keywarden.broker.frontdoor.field;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.accessibility.FocusedObject;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.seat.SecretBy;

/**
 * Marks a field secret while the accessibility bus calls the object that has its application's
 * focus a password. What it says comes late, or before the focus does and of the field before: so
 * only what came about in this stay of focus is sure to be of this field. No word, and no word any
 * more, changes nothing.
 */
public final class AccessibilityMark {
  private final FocusedObjects objects;
  private final Supplier<@Nullable FocusedObject> concerned;
  private final BiConsumer<SecretBy, Boolean> tell;
  private final Set<SecretBy> told = EnumSet.noneOf(SecretBy.class);
  private boolean focused;
  private long since;

  /**
   * @param concerned the newest word on the field's application
   * @param tell tells the seat of the field
   */
  public AccessibilityMark(
      FocusedObjects objects,
      Supplier<@Nullable FocusedObject> concerned,
      BiConsumer<SecretBy, Boolean> tell) {
    this.objects = objects;
    this.concerned = concerned;
    this.tell = tell;
  }

  /** The seat has a new field, of which nothing was told. */
  public void opened() {
    told.clear();
  }

  /** The field is about to gain the focus. */
  public void focus() {
    focused = true;
    since = objects.now();
    FocusedObject word = concerned.get();
    set(SecretBy.ACCESSIBILITY, false);
    set(SecretBy.ACCESSIBILITY_BEFORE, word != null && word.secret());
  }

  /** The field has the focus no more. */
  public void unfocus() {
    focused = false;
  }

  /** There is a new word, perhaps. */
  public void look() {
    FocusedObject word = concerned.get();
    if (!focused || word == null) {
      return;
    }
    boolean sure = word.secret() && word.at() - since >= 0;
    if (sure) {
      set(SecretBy.ACCESSIBILITY, true);
    }
    set(SecretBy.ACCESSIBILITY_BEFORE, word.secret() && !sure);
  }

  private void set(SecretBy by, boolean secret) {
    if (secret ? told.add(by) : told.remove(by)) {
      tell.accept(by, secret);
    }
  }
}
