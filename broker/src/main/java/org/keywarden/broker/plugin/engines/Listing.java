package org.keywarden.broker.plugin.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.ibus.component.BadComponent;
import org.keywarden.ibus.component.ComponentReader;
import org.keywarden.ibus.component.EngineDescription;

/**
 * What a component's program listed, kept until something changes that the list may depend on. The
 * first line says when that was.
 */
final class Listing {
  private static final int FINGERPRINT = 64;
  private static final String HOME = "~/";

  private final Path file;
  private final String fingerprint;

  /**
   * @param directory of the component, private to the broker
   * @param home the engine's
   */
  Listing(Path directory, Path home, EngineReader.Read read) {
    this.file = directory.resolve("listing");
    this.fingerprint = fingerprint(read, home);
  }

  /** What the list may depend on below the engine's home; relative, without {@code ..}. */
  static List<Path> ofHome(EngineReader.Read read) {
    return read.component().observed().stream()
        .filter(each -> each.startsWith(HOME))
        .map(each -> Path.of(each.substring(HOME.length())).normalize())
        .filter(each -> !each.isAbsolute() && !each.startsWith("..") && !each.endsWith(""))
        .toList();
  }

  /**
   * The engines listed.
   *
   * @param fresh whether nothing has changed since that the list may depend on
   */
  record Kept(List<EngineDescription> engines, boolean fresh) {
    Kept {
      engines = List.copyOf(engines);
    }
  }

  /** What the list may depend on, as it was found. */
  String fingerprint() {
    return fingerprint;
  }

  /** What was listed last, none and not fresh if nothing was. */
  Kept kept() {
    try {
      byte[] all = HeldFile.read(file, FINGERPRINT + 1 + ComponentReader.LARGEST);
      if (all.length > FINGERPRINT) {
        String first = new String(all, 0, FINGERPRINT, StandardCharsets.US_ASCII);
        byte[] listed = Arrays.copyOfRange(all, FINGERPRINT + 1, all.length);
        return new Kept(ComponentReader.engines(listed), first.equals(fingerprint));
      }
    } catch (IOException | BadComponent none) {
      return new Kept(List.of(), false);
    }
    return new Kept(List.of(), false);
  }

  /** Keeps what was listed. */
  void keep(byte[] listed) throws IOException {
    Path next = file.resolveSibling("listing.new");
    byte[] all = new byte[FINGERPRINT + 1 + listed.length];
    byte[] first = (fingerprint + "\n").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(listed, 0, all, first.length, listed.length);
    Files.write(next, all);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Of all that the list may depend on. */
  private static String fingerprint(EngineReader.Read read, Path home) {
    List<Path> observed = new ArrayList<>(List.of(read.file(), read.profile().file()));
    observed.addAll(read.programs());
    read.component().observed().stream()
        .filter(each -> each.startsWith("/"))
        .map(Path::of)
        .forEach(observed::add);
    ofHome(read).forEach(each -> observed.add(home.resolve(each)));
    StringBuilder text = new StringBuilder(read.component().lister());
    for (Path each : observed) {
      text.append('\n').append(each).append(' ').append(changed(each));
    }
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static String changed(Path path) {
    try {
      return Files.getLastModifiedTime(path).toInstant().toString();
    } catch (IOException gone) {
      return "gone";
    }
  }
}
