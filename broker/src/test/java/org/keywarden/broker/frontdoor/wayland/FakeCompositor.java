package org.keywarden.broker.frontdoor.wayland;

import java.util.ArrayList;
import java.util.List;

/** Writes down what it is asked, a line for each. */
final class FakeCompositor implements Compositor {
  private final List<String> asked = new ArrayList<>();

  /** What it says before the next text or key arrives. */
  Runnable late = () -> {};

  boolean paused;

  /** What was asked since the last call. */
  List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  @Override
  public void grabKeyboard() {
    asked.add("grab");
  }

  @Override
  public void releaseKeyboard() {
    asked.add("release");
  }

  @Override
  public void commitString(String text) {
    asked.add("text " + text);
  }

  @Override
  public void preeditString(String text, int cursor) {
    asked.add("preedit " + text + "|" + cursor);
  }

  @Override
  public void deleteSurroundingText(int before, int after) {
    asked.add("delete " + before + " " + after);
  }

  @Override
  public void commit() {
    asked.add("commit");
  }

  @Override
  public void keymap(int descriptor, int size) {
    asked.add("keymap " + size);
  }

  @Override
  public void key(int time, int code, boolean down) {
    asked.add((down ? "down " : "up ") + code);
  }

  @Override
  public void modifiers(Modifiers modifiers) {
    asked.add("modifiers " + modifiers.depressed());
  }

  @Override
  public void takeWhatIsThere() {
    Runnable said = late;
    late = () -> {};
    said.run();
  }

  @Override
  public void flush() {}

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
  }
}
