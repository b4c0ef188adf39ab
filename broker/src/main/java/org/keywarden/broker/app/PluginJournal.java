package org.keywarden.broker.app;

import org.keywarden.broker.auditing.AuditTrail;
import org.keywarden.broker.plugin.PluginRoster;

/**
 * Records what is done to plugins.
 *
 * <p>Thread: the seat's.
 */
final class PluginJournal implements PluginRoster.Witness {
  private static final String WRITABLE = "can write to ";

  private final AuditTrail trail;

  PluginJournal(AuditTrail trail) {
    this.trail = trail;
  }

  @Override
  public void frozen(long instance, boolean still) {
    trail.pluginFrozen(instance, still);
  }

  @Override
  public void thawed(long instance) {
    trail.pluginThawed(instance);
  }

  @Override
  public void violated(long instance, String found) {
    trail.watchViolation(instance, kind(found));
  }

  /** Without the name, which follows a comma: a plugin could name a socket after what was typed. */
  static String kind(String found) {
    return found.startsWith(WRITABLE)
        ? WRITABLE + "a place that is not its own"
        : found.split(",", 2)[0];
  }
}
