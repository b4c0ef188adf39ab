package org.keywarden.broker.plugin;

import org.jspecify.annotations.Nullable;
import org.keywarden.broker.capability.HolderKey;
import org.keywarden.broker.capability.ImplicitContext;
import org.keywarden.broker.process.ProcessStarter.Identity;
import org.keywarden.broker.rpc.Connection;
import org.keywarden.broker.seat.PluginInstance;

/**
 * One plugin instance's standing with the broker: from its registration on a connection to that
 * connection's end.
 */
final class PluginSession {
  final PluginInstance instance;
  final PluginManifest manifest;
  final String socketPath;
  final RateLimit messages;
  final RateLimit presentations;

  /** Set at registration, for good. */
  @Nullable HolderKey holder;

  @Nullable Connection connection;

  /** Set when the process runs. */
  @Nullable Identity identity;

  PluginSession(PluginInstance instance, PluginManifest manifest, String socketPath, long now) {
    this.instance = instance;
    this.manifest = manifest;
    this.socketPath = socketPath;
    this.messages = new RateLimit(2_000, 4_000, now);
    this.presentations = new RateLimit(50, 100, now);
  }

  boolean registered() {
    return holder != null;
  }

  /** Where tokens for this session are valid: on the connection it registered on, and no other. */
  ImplicitContext contextOn(Connection used, String bootId) {
    Identity known = identity;
    return new ImplicitContext(
        socketPath,
        used.peer().pid(),
        known == null ? 0 : known.startTime(),
        known == null ? 0 : known.pidNamespace(),
        bootId,
        used.nonce());
  }
}
