package org.keywarden.broker.app;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import org.keywarden.broker.auditing.AuditTrail;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.pack.PackLabel;

/** Records which plugins are installed, and who signed them. */
final class FoundPlugins {
  private static final byte[] NONE = {};

  private FoundPlugins() {}

  /** Before the plugin is started. */
  static void record(PluginManifest manifest, AuditTrail trail) {
    Optional<PackLabel> label = label(manifest);
    trail.pluginFound(
        manifest.id(),
        manifest.version(),
        label.map(each -> Digest.sha256(each.publisher().publicKey()).bytes()).orElse(NONE),
        label.map(each -> HexFormat.of().parseHex(each.digest())).orElse(NONE));
  }

  /** Of a label that does not hold, or is another plugin's, nothing is said. */
  private static Optional<PackLabel> label(PluginManifest manifest) {
    try {
      return PackLabel.ofInstalled(manifest.directory())
          .filter(
              label ->
                  label.id().equals(manifest.id()) && label.version().equals(manifest.version()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
