package org.keywarden.broker.plugin.engines;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.ibus.component.BadComponent;
import org.keywarden.ibus.component.EngineDescription;
import org.keywarden.proto.engine.v1.Profile;

/** Says of one component what the sandbox would show and allow its engine, without running it. */
public final class EngineLookup {
  private final EnginePlaces places;
  private final EngineReader reader;

  public EngineLookup(EnginePlaces places, EngineReader reader) {
    this.places = places;
    this.reader = reader;
  }

  /**
   * What would be.
   *
   * @param profile the file that says what the engine needs
   * @param needs what it says
   * @param problem why it is not run, empty if it is
   */
  public record Answer(PluginManifest manifest, Path profile, Profile needs, String problem) {
    /** The names of the component's engines, as far as they are known. */
    public List<String> engines() {
      return manifest.inputMethods().stream().map(PluginManifest.InputMethod::id).toList();
    }
  }

  /**
   * Looks for an engine.
   *
   * @param name of an engine whose list is known, of its plugin, or of its component's file
   * @throws BadComponent if there is none, or its file or profile is not what it should be
   */
  public Answer of(String name) throws BadComponent {
    List<Path> files = files();
    for (Path each : files) {
      if (EngineReader.id(each).filter(id -> isCalled(id, name)).isPresent()) {
        return answer(reader.read(each));
      }
    }
    for (Path each : files) {
      EngineReader.Read read;
      try {
        read = reader.read(each);
      } catch (BadComponent other) {
        continue;
      }
      if (engines(read).stream().anyMatch(one -> one.name().equals(name))) {
        return answer(read);
      }
    }
    throw new BadComponent(
        "there is no directory and no engine "
            + name
            + " (components are in "
            + places.components()
            + "; what a program of one lists is known once the broker has run)");
  }

  private static boolean isCalled(String id, String name) {
    return id.equals(name) || id.equals("ibus." + name);
  }

  private List<Path> files() throws BadComponent {
    List<Path> files = new ArrayList<>();
    for (Path root : places.components()) {
      if (Files.isDirectory(root)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "*.xml")) {
          entries.forEach(files::add);
        } catch (IOException e) {
          throw new BadComponent(root + " cannot be read");
        }
      }
    }
    files.sort(null);
    return files;
  }

  private List<EngineDescription> engines(EngineReader.Read read) {
    List<EngineDescription> listed =
        new Listing(places.kept().resolve(read.id()), places.home(read.id()), read)
            .kept()
            .engines();
    return Stream.concat(read.component().engines().stream(), listed.stream()).toList();
  }

  private Answer answer(EngineReader.Read read) {
    List<PluginManifest.InputMethod> methods =
        engines(read).stream().map(EngineManifests::method).toList();
    return new Answer(
        EngineManifests.manifest(
            read, methods, places, places.kept().resolve(read.id()).resolve("shown")),
        read.profile().file(),
        read.profile().profile(),
        read.problem());
  }
}
