package org.keywarden.engine.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.keywarden.proto.engine.v1.Profile;
import org.keywarden.proto.yaml.InvalidYaml;
import org.keywarden.proto.yaml.YamlMessages;

/** Where profiles come from: those that are part of the host, and files. */
public final class Profiles {
  private static final String DEFAULT = "default";
  private static final String XML = ".xml";
  private static final String ENCODED = ".binpb";

  private Profiles() {}

  /**
   * The host's own profile for a component, by the name of its file; the default one if there is
   * none.
   */
  public static Profile of(Path component) {
    String file = String.valueOf(component.getFileName());
    String name = file.endsWith(XML) ? file.substring(0, file.length() - XML.length()) : file;
    try {
      String known = name.matches("[a-z0-9-]+") && isThere(name) ? name : DEFAULT;
      try (InputStream in = Profiles.class.getResourceAsStream(known + ".yaml")) {
        if (in == null) {
          throw new IllegalStateException("the host lacks its profile " + known);
        }
        Profile.Builder profile = Profile.newBuilder();
        var ignored = YamlMessages.readChecked(in.readAllBytes(), known + ".yaml", profile);
        return profile.build();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidYaml e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static boolean isThere(String name) {
    return Profiles.class.getResource(name + ".yaml") != null;
  }

  /** A profile in a file, checked in every respect. */
  public static Profile read(Path file) throws IOException, InvalidYaml {
    Profile.Builder profile = Profile.newBuilder();
    var ignored = YamlMessages.read(bytes(file), file.toString(), profile);
    return profile.build();
  }

  /**
   * A profile in a file that was checked before; its form is looked at all the same. What ends in
   * {@code .binpb} is the encoded message: reading YAML would be a fifth of the host.
   */
  public static Profile readChecked(Path file) throws IOException, InvalidYaml {
    if (file.toString().endsWith(ENCODED)) {
      return Profile.parseFrom(bytes(file));
    }
    Profile.Builder profile = Profile.newBuilder();
    var ignored = YamlMessages.readChecked(bytes(file), file.toString(), profile);
    return profile.build();
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(YamlMessages.MAX_BYTES + 1);
    }
  }
}
