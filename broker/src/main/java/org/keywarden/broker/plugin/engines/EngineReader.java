package org.keywarden.broker.plugin.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.plugin.sandbox.FileErrors;
import org.keywarden.broker.plugin.sandbox.HostPaths;
import org.keywarden.ibus.component.BadComponent;
import org.keywarden.ibus.component.Component;
import org.keywarden.ibus.component.ComponentReader;
import org.keywarden.ibus.component.Words;
import org.keywarden.proto.yaml.InvalidYaml;

/** Reads a component's file and its profile, and decides whether the sandbox can run it. */
public final class EngineReader {
  private static final String ENDING = ".xml";
  private static final String PREFIX = "ibus.";

  /** What gives an engine a display that nobody sees; the host starts it. */
  private static final Path DISPLAY_SERVER = Path.of("/usr/bin/Xvfb");

  private final EngineProfiles profiles;
  private final HostPaths hosts;

  public EngineReader(EnginePlaces places, HostPaths hosts) {
    this.profiles = new EngineProfiles(places.profiles(), places.host().resolve("profile"));
    this.hosts = hosts;
  }

  /**
   * A component and what it needs.
   *
   * @param id of its plugin
   * @param file of the component
   * @param text what the file holds
   * @param profile what it needs
   * @param data files and directories of the profile that are there
   * @param programs its own and those of the profile that are there
   * @param problem why it cannot be run, empty if it can
   */
  public record Read(
      String id,
      Path file,
      byte[] text,
      Component component,
      EngineProfiles.Found profile,
      List<Path> data,
      List<Path> programs,
      String problem) {}

  /** What a component's plugin is called; empty if no plugin can be called so. */
  static Optional<String> id(Path file) {
    String name = String.valueOf(file.getFileName());
    String base = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    String id = PREFIX + base.toLowerCase(Locale.ROOT).replace('_', '-');
    return id.matches("[a-z0-9]+([.-][a-z0-9]+)*") && id.length() <= 128
        ? Optional.of(id)
        : Optional.empty();
  }

  /**
   * Reads a component.
   *
   * @throws BadComponent with the reason, if the file or the profile is not what it should be
   */
  public Read read(Path file) throws BadComponent {
    String id =
        id(file)
            .orElseThrow(() -> new BadComponent("no input method can be called like this file"));
    try {
      byte[] text = HeldFile.read(file, ComponentReader.LARGEST);
      Component component = ComponentReader.component(text);
      EngineProfiles.Found profile = profiles.of(id.substring(PREFIX.length()));
      Set<Path> programs = new LinkedHashSet<>();
      List<String> problems = new ArrayList<>();
      for (String line : List.of(component.exec(), component.lister())) {
        List<String> words = Words.of(line);
        if (!words.isEmpty()) {
          programs.add(Path.of(words.getFirst()));
        }
      }
      for (Path each : programs) {
        hosts
            .refusalOfEngineProgram(each, id)
            .ifPresent(why -> problems.add("its program " + each + " " + why));
      }
      programs.addAll(there(profile.profile().getProgramsList()));
      List<Path> data = there(profile.profile().getDataList());
      examine(id, profile, data, problems);
      return new Read(
          id,
          file,
          text,
          component,
          profile,
          data,
          List.copyOf(programs),
          problems.isEmpty() ? "" : problems.getFirst());
    } catch (IOException e) {
      throw new BadComponent(FileErrors.words(e));
    } catch (InvalidYaml e) {
      throw new BadComponent(String.valueOf(e.getMessage()));
    } catch (InvalidPathException e) {
      throw new BadComponent("no path: " + e.getReason());
    }
  }

  private void examine(
      String id, EngineProfiles.Found profile, List<Path> data, List<String> problems) {
    for (Path each : there(profile.profile().getProgramsList())) {
      hosts
          .refusalOfEngineProgram(each, id)
          .ifPresent(why -> problems.add(profile.file() + ": " + each + " " + why));
    }
    if (profile.profile().getDisplay() && !Files.exists(DISPLAY_SERVER)) {
      problems.add(
          "it does not start without an X display; for one of its own install xvfb ("
              + DISPLAY_SERVER
              + ")");
    }
    for (Path each : data) {
      hosts
          .refusalOfEngineData(each, id)
          .ifPresent(why -> problems.add(profile.file() + ": " + each + " " + why));
    }
  }

  private static List<Path> there(List<String> paths) {
    return paths.stream().map(Path::of).filter(Files::exists).toList();
  }
}
