package org.keywarden.cli.report;

import java.util.Set;
import java.util.TreeSet;

/** What the records of an application add up to. */
final class ApplicationTotal implements Tally.Total {
  private static final int MOST_PLUGINS = 8;

  long grants;
  long heldSeconds;
  private final Set<String> plugins = new TreeSet<>();
  private String name = "";

  void granted(String plugin) {
    grants++;
    if (plugins.size() < MOST_PLUGINS) {
      plugins.add(plugin);
    }
  }

  void named(String opened) {
    name = opened;
  }

  /** Empty if it was not opened. */
  String name() {
    return name;
  }

  /** The first few input methods it was typed into with. */
  Set<String> plugins() {
    return plugins;
  }

  @Override
  public long weight() {
    return grants;
  }
}
