package org.keywarden.trusted;

import org.keywarden.trusted.xkb.ComposeSequences;

/** Knows one sequence, a then b, which means {@link #text}. */
final class FakeSequences implements ComposeSequences {
  private final String text;
  private boolean started;

  FakeSequences(String text) {
    this.text = text;
  }

  @Override
  public Step feed(int keysym) {
    if (!started) {
      started = keysym == 'a';
      return started ? Step.COMPOSING : Step.NOTHING;
    }
    started = false;
    return keysym == 'b' ? Step.COMPOSED : Step.CANCELLED;
  }

  @Override
  public String takeText() {
    return text;
  }

  @Override
  public void forget() {
    started = false;
  }

  @Override
  public void close() {}
}
