package org.keywarden.trusted.xkb;

/** What stands in where libxkbcommon or its tables are missing. */
final class NoSequences implements ComposeSequences {
  @Override
  public Step feed(int keysym) {
    return Step.NOTHING;
  }

  @Override
  public String takeText() {
    return "";
  }

  @Override
  public void forget() {}

  @Override
  public void close() {}
}
