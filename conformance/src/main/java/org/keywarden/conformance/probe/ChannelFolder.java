package org.keywarden.conformance.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes the directories of plugins that open a channel, and reads what they say. */
public final class ChannelFolder {
  /** What the state directories may hold. */
  public static final int STATE_MIB = 8;

  private ChannelFolder() {}

  /**
   * Makes one.
   *
   * @param dist an installation
   * @param plugin where; new
   * @param kind name of a {@link ChannelPlugin.Kind}
   * @param value from 1 to 127
   * @param declared as in a manifest, empty for none
   * @param more arguments
   */
  public static void make(
      Path dist, Path plugin, String id, String kind, int value, String declared, String... more)
      throws IOException {
    Path lib = Files.createDirectories(plugin.resolve("lib"));
    try (Stream<Path> jars = Files.list(dist.resolve("conformance/lib"))) {
      for (Path jar :
          jars.filter(path -> path.getFileName().toString().contains("conformance")).toList()) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
    }
    StringBuilder manifest = new StringBuilder();
    manifest.append("id: ").append(id).append("\nname: Channel\nversion: \"1\"\nexec:\n");
    for (String word :
        List.of(
            "${java}",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx32m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            "${plugin}/lib/*",
            ChannelPlugin.class.getName(),
            "${state}",
            kind,
            Integer.toString(value))) {
      manifest.append("  - \"").append(word).append("\"\n");
    }
    for (String word : more) {
      manifest.append("  - \"").append(word).append("\"\n");
    }
    manifest.append("rights: [receive_keys]\nlimits: {state_mib: ").append(STATE_MIB).append("}\n");
    if (!declared.isEmpty()) {
      manifest.append("channels: [").append(declared).append("]\n");
    }
    Files.writeString(plugin.resolve("manifest.yaml"), manifest);
  }

  /** Whether the channel was tried. */
  public static boolean opened(Path state) {
    return Files.exists(state.resolve(ChannelPlugin.OPENED));
  }

  /** What opening gave: 0 or more, or the negative error number. */
  public static long outcome(Path state) throws IOException {
    return Long.parseLong(Files.readString(state.resolve(ChannelPlugin.OPENED)));
  }

  /** Has it read its channel. */
  public static void go(Path state) throws IOException {
    Files.createFile(state.resolve(ChannelPlugin.GO));
  }

  /** Whether it has read. */
  public static boolean hasRead(Path state) {
    return Files.exists(state.resolve(ChannelPlugin.READ));
  }

  /** What it read. */
  public static long read(Path state) throws IOException {
    return Long.parseLong(Files.readString(state.resolve(ChannelPlugin.READ)));
  }

  /** Where a program goes that no plugin should run. */
  public static Path program(Path state) {
    return state.resolve(ChannelPlugin.PROGRAM);
  }
}
