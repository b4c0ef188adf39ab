package org.keywarden.engine.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keywarden.engine.component.Listing;
import org.keywarden.engine.profile.Profiles;
import org.keywarden.ibus.component.BadComponent;
import org.keywarden.ibus.component.Component;
import org.keywarden.ibus.component.ComponentReader;
import org.keywarden.ibus.component.EngineDescription;
import org.keywarden.ime.Plugin;
import org.keywarden.proto.engine.v1.Profile;
import org.keywarden.proto.text.VisibleText;
import org.keywarden.proto.yaml.InvalidYaml;

/**
 * {@code engine-host COMPONENT.xml [PROFILE.yaml]} serves the engines of a component; with {@code
 * --list} before it they are printed instead, one a line, with tabs between name, long name,
 * language, layout, variant, symbol, rank and the command of their settings.
 */
public final class Main {
  /** A broker answers for a plugin after 150 ms, unless it is told to wait longer. */
  private static final Duration KEY_TIME =
      Duration.ofMillis(Integer.getInteger("keywarden.engine.keyTime", 100));

  private static final Duration LIST_TIME = Duration.ofSeconds(15);
  private static final String LIST = "--list";
  private static final int USAGE = 64;
  private static final int BAD_DATA = 65;
  private static final int CANNOT_SERVE = 71;

  private Main() {}

  @SuppressWarnings("SystemOut") // Standard error is the plugin's log; the broker keeps it.
  public static void main(String[] arguments) {
    boolean list = arguments.length > 0 && arguments[0].equals(LIST);
    List<String> files = List.of(arguments).subList(list ? 1 : 0, arguments.length);
    if (files.isEmpty() || files.size() > 2) {
      end(USAGE, "usage: engine-host [--list] COMPONENT.xml [PROFILE.yaml]");
      return;
    }
    Path file = Path.of(files.getFirst());
    try {
      Component component = ComponentReader.component(read(file));
      Profile profile = profile(files, list);
      Path home = Path.of(System.getenv().getOrDefault("HOME", "/nonexistent"));
      Path runtime = Files.createTempDirectory("engine");
      if (list) {
        Launch launch = new Launch(component, profile, home, runtime, "", "", KEY_TIME);
        new Listing(launch.environment(), home, LIST_TIME).of(component).forEach(Main::print);
      } else {
        Plugin.run(
            Serving.start(component, profile, home, runtime, KEY_TIME, System.err).inputMethod());
      }
    } catch (BadComponent e) {
      end(BAD_DATA, file + ": " + e.getMessage());
    } catch (InvalidYaml e) {
      end(BAD_DATA, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      end(CANNOT_SERVE, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The broker has checked the profile of what it starts; a listing is short and checks it itself.
   */
  private static Profile profile(List<String> files, boolean check)
      throws IOException, InvalidYaml {
    if (files.size() == 1) {
      return Profiles.of(Path.of(files.getFirst()));
    }
    Path file = Path.of(files.get(1));
    return check ? Profiles.read(file) : Profiles.readChecked(file);
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ComponentReader.LARGEST + 1);
    }
  }

  @SuppressWarnings("SystemOut")
  private static void print(EngineDescription engine) {
    System.out.println(
        Stream.of(
                engine.name(),
                engine.longname(),
                engine.language(),
                engine.layout(),
                engine.variant(),
                engine.symbol(),
                Integer.toString(engine.rank()),
                engine.setup())
            .map(VisibleText::of)
            .collect(Collectors.joining("\t")));
  }

  @SuppressWarnings("SystemOut")
  private static void end(int status, String sentence) {
    System.err.println("keywarden: " + sentence);
    System.exit(status);
  }
}
