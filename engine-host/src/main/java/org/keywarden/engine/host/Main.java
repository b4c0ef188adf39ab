package org.keywarden.engine.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.keywarden.engine.profile.Profiles;
import org.keywarden.ibus.component.BadComponent;
import org.keywarden.ibus.component.Component;
import org.keywarden.ibus.component.ComponentReader;
import org.keywarden.ime.Plugin;
import org.keywarden.proto.engine.v1.Profile;
import org.keywarden.proto.engine.v1.Variable;
import org.keywarden.proto.yaml.InvalidYaml;

/** {@code engine-host COMPONENT.xml [PROFILE.yaml]} serves the engines of a component. */
public final class Main {
  /** A broker answers for a plugin after 150 ms, unless it is told to wait longer. */
  private static final Duration KEY_TIME =
      Duration.ofMillis(Integer.getInteger("keywarden.engine.keyTime", 100));

  private static final int USAGE = 64;
  private static final int BAD_DATA = 65;
  private static final int CANNOT_SERVE = 71;

  private Main() {}

  @SuppressWarnings("SystemOut") // Standard error is the plugin's log; the broker keeps it.
  public static void main(String[] arguments) {
    if (arguments.length < 1 || arguments.length > 2) {
      end(USAGE, "usage: engine-host COMPONENT.xml [PROFILE.yaml]");
      return;
    }
    Path file = Path.of(arguments[0]);
    try {
      Component component = ComponentReader.component(read(file));
      // The broker has checked the profile of what it starts.
      Profile profile =
          arguments.length == 1 ? Profiles.of(file) : Profiles.readChecked(Path.of(arguments[1]));
      if (profile.getDisplay()) {
        profile = withDisplay(profile);
      }
      Path home = Path.of(System.getenv().getOrDefault("HOME", "/nonexistent"));
      Path runtime = Files.createTempDirectory("engine");
      Plugin.run(
          Serving.start(component, profile, home, runtime, KEY_TIME, System.err).inputMethod());
    } catch (BadComponent e) {
      end(BAD_DATA, file + ": " + e.getMessage());
    } catch (InvalidYaml e) {
      end(BAD_DATA, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      end(CANNOT_SERVE, String.valueOf(e.getMessage()));
    }
  }

  /** A host whose engine has lost its display begins anew: the broker starts it. */
  private static Profile withDisplay(Profile profile) throws IOException {
    String display = UnseenDisplay.start(() -> end(CANNOT_SERVE, "the engine's display is gone"));
    return profile.toBuilder()
        .addEnvironment(Variable.newBuilder().setName("DISPLAY").setValue(display))
        .build();
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ComponentReader.LARGEST + 1);
    }
  }

  @SuppressWarnings("SystemOut")
  private static void end(int status, String sentence) {
    System.err.println("keywarden: " + sentence);
    System.exit(status);
  }
}
