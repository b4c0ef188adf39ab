package org.keywarden.broker.indicator;

/** What a person can do by the menu. */
public sealed interface TrayAct {
  /**
   * Whether it gives an input method something that it did not have, so that it counts only if it
   * came from a program that could ask the broker itself.
   */
  boolean widens();

  /**
   * Has an input method compose.
   *
   * @param method its id, empty for the keyboard only
   */
  record Choose(String method) implements TrayAct {
    @Override
    public boolean widens() {
      return !method.isEmpty();
    }
  }

  /** Nothing composes for now, or what did so before does again. */
  record Pause(boolean now) implements TrayAct {
    @Override
    public boolean widens() {
      return !now;
    }
  }

  /**
   * An item of the input method's own menu.
   *
   * @param checked what a toggle or a choice is to become
   */
  record Activate(String key, boolean checked) implements TrayAct {
    @Override
    public boolean widens() {
      return true;
    }
  }

  /** An input method may compose in a program that announces nothing. */
  record Allow(String executable, boolean now) implements TrayAct {
    @Override
    public boolean widens() {
      return now;
    }
  }

  /** No input method composes in a program. */
  record KeepOut(String executable, boolean now) implements TrayAct {
    @Override
    public boolean widens() {
      return !now;
    }
  }

  /** Shows what the grant log says. */
  record OpenReport() implements TrayAct {
    @Override
    public boolean widens() {
      return false;
    }
  }
}
