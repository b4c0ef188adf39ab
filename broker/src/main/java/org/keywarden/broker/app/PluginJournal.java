package org.keywarden.broker.app;

import org.keywarden.broker.auditing.AuditTrail;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.process.Finding;
import org.keywarden.proto.audit.v1.UndeclaredChannel;

/**
 * Records what is done to plugins.
 *
 * <p>Thread: the seat's.
 */
final class PluginJournal implements PluginRoster.Witness {
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
  public void violated(long instance, Finding found) {
    trail.watchViolation(instance, kind(found));
  }

  /** As the log has it: a kind of our own words, and nothing that the plugin could choose. */
  static UndeclaredChannel kind(Finding found) {
    return switch (found) {
      case Finding.InProcess in ->
          switch (in.thing()) {
            case PROGRAM -> UndeclaredChannel.UNDECLARED_CHANNEL_PROGRAM;
            case SOCKET -> UndeclaredChannel.UNDECLARED_CHANNEL_SOCKET;
            case NAMED_SOCKET -> UndeclaredChannel.UNDECLARED_CHANNEL_NAMED_SOCKET;
            case KERNEL_OBJECT -> UndeclaredChannel.UNDECLARED_CHANNEL_KERNEL_OBJECT;
            case MEMORY_FILE -> UndeclaredChannel.UNDECLARED_CHANNEL_MEMORY_FILE;
            case SYSTEM_V_MEMORY -> UndeclaredChannel.UNDECLARED_CHANNEL_SYSTEM_V_MEMORY;
            case FILE -> UndeclaredChannel.UNDECLARED_CHANNEL_FILE;
            case SHARED_MEMORY -> UndeclaredChannel.UNDECLARED_CHANNEL_SHARED_MEMORY;
            case WRITABLE_MOUNT -> UndeclaredChannel.UNDECLARED_CHANNEL_WRITABLE_MOUNT;
            case MOUNT -> UndeclaredChannel.UNDECLARED_CHANNEL_MOUNT;
          };
      case Finding.Shared shared ->
          switch (shared.handed()) {
            case PIPE -> UndeclaredChannel.UNDECLARED_CHANNEL_SHARED_PIPE;
            case EVENT_COUNTER -> UndeclaredChannel.UNDECLARED_CHANNEL_SHARED_EVENT_COUNTER;
            case MEMORY_FILE -> UndeclaredChannel.UNDECLARED_CHANNEL_SHARED_MEMORY_FILE;
          };
      case Finding.InFiles in ->
          switch (in.flaw()) {
            case SPECIAL -> UndeclaredChannel.UNDECLARED_CHANNEL_SPECIAL_FILE;
            case WRITABLE -> UndeclaredChannel.UNDECLARED_CHANNEL_WRITABLE_FILE;
            case FOREIGN -> UndeclaredChannel.UNDECLARED_CHANNEL_FOREIGN_FILE;
            case LINKED -> UndeclaredChannel.UNDECLARED_CHANNEL_LINKED_FILE;
            case OTHER_FILE_SYSTEM -> UndeclaredChannel.UNDECLARED_CHANNEL_MOUNT;
            case UNSEARCHABLE, TOO_DEEP, TOO_MANY ->
                UndeclaredChannel.UNDECLARED_CHANNEL_UNSEARCHABLE;
          };
      case Finding.StateTooLarge large -> UndeclaredChannel.UNDECLARED_CHANNEL_STATE_TOO_LARGE;
    };
  }
}
